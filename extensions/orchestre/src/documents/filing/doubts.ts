import { raiseAlerts } from '../../platform/alerts.ts';
import type { Knex } from '../../platform/directus.ts';
import type { DocumentRead, OwnCompany } from '../types.ts';
import { findCompany, type CompanyRow } from './records/companies.ts';
import { ibanEnd } from './records/bank-details.ts';
import { ibanOf, isOwn, partyOf } from './rules/parties.ts';
import { valuesOf } from './rules/values.ts';
import type { DocumentRow } from './types.ts';

/** Papers that say where to pay. */
const paying = new Set(['purchase_invoice', 'credit_note', 'bank_details', 'quote']);

export type BankDoubt = { company: CompanyRow; iban: string; sentence: string };

/** A known supplier with another IBAN than the one we know. */
export async function bankDoubtOf(trx: Knex, read: DocumentRead, own: OwnCompany): Promise<BankDoubt | null> {
	if (!paying.has(read.class)) return null;
	const values = valuesOf(read);
	const iban = ibanOf(values);
	const party = partyOf(values, 'supplier');
	if (!iban || isOwn(party, own)) return null;
	const company = await findCompany(trx, party);
	if (!company || company === 'ambiguous' || !company.iban || company.iban === iban) return null;
	return {
		company,
		iban,
		sentence: `L’IBAN du document (${ibanEnd(iban)}) n’est pas celui que nous connaissons de ${company.name} (${ibanEnd(company.iban)}).`,
	};
}

/** Says so, once for each supplier and account, to whoever reviews. The IBAN we know stays. */
export const raiseBankAlert = (
	trx: Knex,
	{ id }: DocumentRow,
	{ company, iban, sentence }: BankDoubt,
	assignee: string | null,
	team: string | null,
): Promise<Set<string>> =>
	raiseAlerts(trx, [
		{
			key: `bank_details:${company.id}:${iban}`,
			kind: 'bank_details',
			severity: 'critical',
			title: `Coordonnées bancaires différentes : ${company.name}`,
			reason: `${sentence} Un faux RIB est la fraude la plus courante.`,
			action: 'Ne payez pas sur ce compte avant d’avoir appelé le fournisseur à un numéro que vous connaissiez déjà.',
			assignee,
			team,
			subject: { document: id },
		},
	]);
