import { raiseAlerts } from '../../platform/alerts.ts';
import { parseJson, type Knex } from '../../platform/directus.ts';
import { maskedIban } from '../../platform/input/iban.ts';
import type { DocumentRead, OwnCompany } from '../types.ts';
import { findCompany, type CompanyRow } from './records/companies.ts';
import { compact, ibanOf, isIban, isOwn, partyOf } from './rules/parties.ts';
import { valuesOf } from './rules/values.ts';
import type { DocumentRow, Extracted } from './types.ts';

/** Papers that say where to pay. */
const paying = new Set(['purchase_invoice', 'credit_note', 'bank_details', 'quote']);

export type BankDoubt = { company: CompanyRow; iban: string; sentence: string };

/** Papers of a supplier that are looked at, the newest first. */
const mostPapers = 50;

/** The accounts on a supplier's papers that were filed: its own bank details come by a RIB alone, which most suppliers never send. The newest first. */
async function ibansOnPapers(trx: Knex, company: string, document: string): Promise<string[]> {
	const rows = (await trx('documents')
		.where({ company, status: 'filed' })
		.whereNot({ id: document })
		.whereNotNull('extracted')
		.orderBy([{ column: 'read_at', order: 'desc', nulls: 'last' }, 'id'])
		.limit(mostPapers)
		.select('extracted')) as { extracted: unknown }[];
	return rows.flatMap(({ extracted }) => {
		const { class: kind, fields } = parseJson<Extracted>(extracted);
		const field = paying.has(kind) ? fields.find(({ name }) => name === 'iban') : undefined;
		// A supplier that prints two accounts may name either first.
		return [field?.value, ...(field?.alternatives ?? []).map(({ value }) => value)].map((value) => compact(String(value ?? ''))).filter(isIban);
	});
}

/**
 * What is said of an account that is the first we see of this supplier, whoever it is: nobody has vouched for it yet. It files, for each new
 * supplier has a first account, and is named wherever the invoice is decided on.
 */
export async function firstAccount(
	trx: Knex,
	document: string,
	{ id, name, iban: known }: Pick<CompanyRow, 'id' | 'name' | 'iban'>,
	iban: string | null,
): Promise<string | null> {
	if (!iban || known || (await ibansOnPapers(trx, id, document)).length > 0) return null;
	return `${firstAccountWords} ${name} (${maskedIban(iban)}) : confirmez-le auprès du fournisseur avant de payer.`;
}
export const firstAccountWords = 'Premier IBAN connu de';

/** A known supplier with another IBAN than the one we know, or, without one, than its papers so far had. */
export async function bankDoubtOf(trx: Knex, document: string, read: Pick<DocumentRead, 'class' | 'fields'>, own: OwnCompany): Promise<BankDoubt | null> {
	if (!paying.has(read.class)) return null;
	const values = valuesOf(read);
	const iban = ibanOf(values);
	const party = partyOf(values, 'supplier');
	if (!iban || isOwn(party, own)) return null;
	const company = await findCompany(trx, party);
	if (!company || company === 'ambiguous') return null;
	const known = company.iban ? [company.iban] : await ibansOnPapers(trx, company.id, document);
	const [last] = known;
	if (!last || known.includes(iban)) return null;
	const whose = company.iban ? `celui que nous connaissons de ${company.name}` : `celui des documents précédents de ${company.name}`;
	return { company, iban, sentence: `L’IBAN du document (${maskedIban(iban)}) n’est pas ${whose} (${maskedIban(last)}).` };
}

/**
 * Why a person who files an invoice must say how they made sure of its account: it is not the usual one, or its page prints another than its
 * file says, which is how a fraud looks. Null when there is nothing to ask; bank details themselves ask in their own way.
 */
export async function accountToConfirm(
	trx: Knex,
	document: string,
	read: Pick<DocumentRead, 'class' | 'fields' | 'checks'>,
	own: OwnCompany,
): Promise<string | null> {
	const isKept = read.fields.some(({ name, source }) => name === 'iban' && source !== 'person');
	if (isKept && read.checks.some(({ code, passed }) => code === 'PRINTED-IBAN' && !passed)) return 'La page imprime un autre IBAN que le fichier.';
	if (read.class !== 'purchase_invoice' && read.class !== 'credit_note') return null;
	return (await bankDoubtOf(trx, document, read, own))?.sentence ?? null;
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
