import { UserError } from '../../../platform/errors.ts';
import { frenchDay } from '../rules/days.ts';
import { shorten } from '../../../platform/text.ts';
import type { Filing } from '../context.ts';
import { isOwn, partyOf } from '../rules/parties.ts';
import type { Filed } from '../types.ts';
import { companyFor } from './companies.ts';

const types = ['service', 'subscription', 'maintenance', 'framework', 'reseller', 'supplier', 'nda', 'data_processing', 'other'];
const renewals = ['none', 'tacit', 'explicit'];

const oneOf = (choices: readonly string[], value: string | null): string | null => (value !== null && choices.includes(value) ? value : null);

/** A contract with its term: the notice date and the reminders of flow 42 follow from it (docs/decisions/113). The same term of the same company is joined. */
export async function fileContract(filing: Filing): Promise<Filed> {
	const { trx, writer, document, values, own } = filing;
	const starts = values.day('starts_on');
	const ends = values.day('ends_on');
	if (!starts && !ends) throw new UserError('Il manque les dates du contrat.');
	if (starts && ends && ends < starts) throw new UserError('Le contrat finit avant de commencer : vérifiez ses dates.');
	const supplier = partyOf(values, 'supplier');
	const weSell = isOwn(supplier, own);
	const { company, record } = await companyFor(filing, weSell ? partyOf(values, 'buyer') : supplier, weSell ? 'is_prospect' : 'is_supplier');
	const notice = values.number('notice_days');
	const number = values.text('number')?.slice(0, 64) ?? null;
	const taken = number ? ((await trx('contracts').where({ reference: number }).first('id', 'name', 'company')) as { id: string; name: string; company: string } | undefined) : undefined; // prettier-ignore
	const dates = { datedOn: values.day('issued_on') ?? starts, expiresOn: ends };
	if (taken && taken.company === company.id)
		return {
			records: [{ collection: 'contracts', id: taken.id, name: taken.name, created: false }, record],
			notes: [`Rattaché au contrat « ${taken.name} », qui porte la même référence. Ses dates n’ont pas été changées.`],
			...dates,
		};
	const name = shorten(`Contrat – ${company.name}`, 255);
	const id = await writer.create('contracts', {
		name,
		reference: taken ? null : number,
		company: company.id,
		type: oneOf(types, values.text('contract_kind')) ?? (weSell ? 'service' : 'supplier'),
		status: 'signed',
		starts_on: starts,
		ends_on: ends,
		notice_days: notice !== null && notice >= 0 ? notice : null,
		renewal: oneOf(renewals, values.text('renewal')) ?? 'none',
		value_cents: Math.max(0, values.number('amount') ?? 0) || null,
		document: document.id,
		owner: document.owner,
		team: document.team,
		description: `Enregistré à partir du document « ${document.title} ». Les signatures ne sont pas contrôlées.`,
	});
	return {
		records: [{ collection: 'contracts', id, name, created: true }, record],
		notes: [`Contrat avec ${company.name} enregistré${ends ? `, jusqu’au ${frenchDay(ends)} : les rappels suivent` : ', sans date de fin : aucun rappel'}.`],
		...dates,
	};
}
