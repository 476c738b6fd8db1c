import { formatAmount } from '../../../platform/amount.ts';
import { dayOrNull } from '../../../platform/columns.ts';
import type { Knex } from '../../../platform/directus.ts';
import { UserError } from '../../../platform/errors.ts';
import { counted, shorten } from '../../../platform/text.ts';
import type { Filing } from '../context.ts';
import { frenchDay } from '../rules/days.ts';
import { compact, isOwn, partyOf } from '../rules/parties.ts';
import type { Filed } from '../types.ts';
import { companyFor, type Found } from './companies.ts';

const types = ['service', 'subscription', 'maintenance', 'framework', 'reseller', 'supplier', 'nda', 'data_processing', 'other'];
const renewals: Readonly<Record<string, string>> = { none: 'sans', tacit: 'tacite', explicit: 'par accord exprès' };

const oneOf = (choices: readonly string[], value: string | null): string | null => (value !== null && choices.includes(value) ? value : null);

type Known = Record<string, unknown> & { id: string; name: string; reference: string | null; type: string; starts_on: unknown };
type Term = { starts_on: string | null; ends_on: string | null; notice_days: number | null; renewal: string | null; value_cents: number | null };

const labels: Readonly<Record<keyof Term, string>> = { starts_on: 'début', ends_on: 'fin', notice_days: 'préavis', renewal: 'renouvellement', value_cents: 'montant' }; // prettier-ignore

function shown(column: keyof Term, value: string | number): string {
	if (column === 'notice_days') return counted(Number(value), 'jour', 'jours');
	if (column === 'renewal') return renewals[value] ?? String(value);
	return column === 'value_cents' ? formatAmount(Number(value), 'eur', 'fr') : frenchDay(String(value));
}

function storedValue(row: Known, column: keyof Term): string | number | null {
	const value = row[column];
	if (value === null || value === undefined || value === '') return null;
	if (column === 'starts_on' || column === 'ends_on') return dayOrNull(value);
	return column === 'renewal' ? String(value) : Number(value);
}

/** The same contract of the same company: by its reference, else by the day it starts and its kind, where no reference says otherwise. */
async function findContract(trx: Knex, company: string, number: string | null, starts: string | null, kind: string | null): Promise<Known | null> {
	const rows = (await trx('contracts')
		.where({ company })
		.where((either) => void either.whereNull('archived').orWhere('archived', false))
		.whereNotIn('status', ['terminated', 'cancelled'])
		.orderBy(['date_created', 'id'])) as Known[];
	const named = number === null ? undefined : rows.find(({ reference }) => reference !== null && compact(reference) === compact(number));
	const begun = rows.find(
		({ reference, type, starts_on }) => !(reference && number) && starts !== null && dayOrNull(starts_on) === starts && (kind === null || type === kind),
	);
	return named ?? begun ?? null;
}

/** Completes the contract that is there; what the document says otherwise is changed only where a person accepted it. */
async function updateContract(filing: Filing, row: Known, term: Term): Promise<string[]> {
	const { writer, document, person } = filing;
	const change: Record<string, string | number> = {};
	const filled: string[] = [];
	const differences: string[] = [];
	for (const column of Object.keys(labels) as (keyof Term)[]) {
		const [said, kept] = [term[column], storedValue(row, column)];
		if (said === null || said === kept) continue;
		change[column] = said;
		if (kept === null) filled.push(labels[column]);
		else differences.push(`${labels[column]} ${shown(column, said)} (fiche : ${shown(column, kept)})`);
	}
	if (differences.length > 0 && !person)
		throw new UserError(
			`Le contrat « ${row.name} » est déjà enregistré ; ce document dit autre chose : ${differences.join(', ')}. Accepter met la fiche à jour.`,
		);
	await writer.update('contracts', [row.id], { ...change, ...(!row['document'] && { document: document.id }) });
	return [
		`Rattaché au contrat « ${row.name} »${filled.length > 0 ? `, complété : ${filled.join(', ')}` : ''}.`,
		...(differences.length > 0 ? [`Mis à jour : ${differences.join(', ')}.`] : []),
	];
}

async function createContract(filing: Filing, { company }: Found, weSell: boolean, term: Term): Promise<{ id: string; name: string }> {
	const { trx, writer, document, values } = filing;
	const number = values.text('number')?.slice(0, 64) ?? null;
	// A reference is one contract's: another company's has it already.
	const isTaken = number !== null && Boolean(await trx('contracts').where({ reference: number }).first('id'));
	const name = shorten(`Contrat – ${company.name}`, 255);
	const id = await writer.create('contracts', {
		name,
		reference: isTaken ? null : number,
		company: company.id,
		type: oneOf(types, values.text('contract_kind')) ?? (weSell ? 'service' : 'supplier'),
		status: 'signed',
		...term,
		renewal: term.renewal ?? 'none',
		document: document.id,
		owner: document.owner,
		team: document.team,
		description: `Enregistré à partir du document « ${document.title} ». Les signatures ne sont pas contrôlées.`,
	});
	return { id, name };
}

/** A contract with its term: the notice date and the reminders of flow 42 follow from it (docs/decisions/113). One that is there is completed, never doubled. */
export async function fileContract(filing: Filing): Promise<Filed> {
	const { trx, values, own } = filing;
	const starts = values.day('starts_on');
	const ends = values.day('ends_on');
	if (!starts && !ends) throw new UserError('Il manque les dates du contrat.');
	if (starts && ends && ends < starts) throw new UserError('Le contrat finit avant de commencer : vérifiez ses dates.');
	const supplier = partyOf(values, 'supplier');
	const weSell = isOwn(supplier, own);
	const found = await companyFor(filing, weSell ? partyOf(values, 'buyer') : supplier, weSell ? 'is_prospect' : 'is_supplier');
	const { company, record } = found;
	const notice = values.number('notice_days');
	const term: Term = {
		starts_on: starts,
		ends_on: ends,
		notice_days: notice !== null && notice >= 0 ? notice : null,
		renewal: oneOf(Object.keys(renewals), values.text('renewal')),
		value_cents: Math.max(0, values.number('amount') ?? 0) || null,
	};
	const dates = { datedOn: values.day('issued_on') ?? starts, expiresOn: ends };
	const number = values.text('number')?.slice(0, 64) ?? null;
	const known = await findContract(trx, company.id, number, starts, oneOf(types, values.text('contract_kind')));
	if (known) {
		const notes = await updateContract(filing, known, term);
		return { records: [{ collection: 'contracts', id: known.id, name: known.name, created: false }, record], notes, ...dates };
	}
	const made = await createContract(filing, found, weSell, term);
	return {
		records: [{ collection: 'contracts', ...made, created: true }, record],
		notes: [`Contrat avec ${company.name} enregistré${ends ? `, jusqu’au ${frenchDay(ends)} : les rappels suivent` : ', sans date de fin : aucun rappel'}.`],
		...dates,
	};
}
