import { now as clockNow } from '../../platform/clock.ts';
import { isPostgres, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { conflict } from '../../platform/errors.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import { tell } from '../../platform/notices.ts';
import { touchedSince } from '../../platform/touched.ts';
import { lockLead, refuseUnlessConverter, type StoredLead } from './lead.ts';
import { moveBack } from './moves.ts';
import { isTooLate, undoDays, type ConversionRecord } from './rules/record.ts';
import type { Values } from './rules/types.ts';
import { undoneSentence, type Kept } from './rules/words.ts';
import { Writer } from './writer.ts';

/** `kept`: what the conversion had made and somebody has worked with since. */
export type Undone = { lead: string; leadStatus: string; kept: Kept[]; report: string };

type Undo = { trx: Knex; writer: Writer; lead: StoredLead; record: ConversionRecord };

function refuseUnlessUndoable(lead: StoredLead): ConversionRecord {
	if (lead.status !== 'converted' || !lead.converted_at) throw conflict('Ce lead n’est pas converti.');
	if (!lead.record) throw conflict('Cette conversion n’a pas été faite par le bouton « Convertir en affaire » : elle ne peut pas être annulée.');
	if (isTooLate(lead.converted_at, clockNow())) throw conflict(`Une conversion s’annule pendant ${undoDays} jours : celle-ci est plus ancienne.`);
	return lead.record;
}

/** The lead stands as before: status, tasks of the prospecting, and the links that the conversion made. */
async function reopenLead({ trx, writer, lead, record }: Undo): Promise<void> {
	await moveBack(trx, writer, record.moved);
	const news = { converted_at: null, converted_opportunity: null };
	await writer.stampLead(lead.id, { ...news, conversion: null }, news);
	await writer.update('leads', [lead.id], {
		status: record.from.status,
		...(lead.company === record.to.company && lead.company !== record.from.company && { company: record.from.company }),
		...(lead.person === record.to.person && lead.person !== record.from.person && { person: record.from.person }),
	});
	for (const { id, status } of record.cancelled)
		if (await trx('tasks').where({ id, lead: lead.id, status: 'cancelled' }).first('id')) await writer.update('tasks', [id], { status, outcome: null });
}

/** What was filled in is taken out again where it still says the same; dates are compared as moments. */
async function emptyFilled({ trx, writer, record }: Undo): Promise<void> {
	const same = (stored: unknown, written: unknown): boolean =>
		stored === written ||
		(stored !== null &&
			typeof stored !== 'string' &&
			typeof written === 'string' &&
			!Number.isNaN(Date.parse(written)) &&
			new Date(stored as number | Date).getTime() === Date.parse(written));
	for (const { collection, id, values } of record.filled) {
		const row = (await trx(collection).where({ id }).first()) as Values | undefined;
		const still = row ? Object.keys(values).filter((field) => same(row[field], values[field])) : [];
		await writer.update(collection, [id], Object.fromEntries(still.map((field) => [field, field.endsWith('_consent') ? 'unknown' : null])));
	}
}

/** Tables that say by themselves that people work with a row, although nobody is noted as their author. */
const joins: Readonly<Record<string, readonly { table: string; field: string }[]>> = {
	opportunities: [{ table: 'opportunity_contacts', field: 'opportunity' }],
	people: [
		{ table: 'opportunity_contacts', field: 'person' },
		{ table: 'planning_guests', field: 'person' },
	],
};

async function reasonToKeep({ trx, writer, record }: Undo, collection: string, id: string): Promise<string | null> {
	const touched = (await touchedSince(trx, await writer.schema(), collection, [id], 'la conversion')).get(id);
	if (touched) return touched;
	for (const { table, field } of joins[collection] ?? []) {
		const query = trx(table).where({ [field]: id });
		if (
			await (record.contact && table === 'opportunity_contacts' && collection === 'opportunities' ? query.whereNot({ id: record.contact }) : query).first('id')
		)
			return 'liée depuis à un autre élément';
	}
	return null;
}

/** Deletes what the conversion made and nobody has worked with since; the deal first, for it holds on to the others. */
async function removeCreated(undo: Undo): Promise<Kept[]> {
	const { trx, writer, record } = undo;
	const kept: Kept[] = [];
	const made = [
		{ part: 'opportunity', collection: 'opportunities', id: record.to.opportunity },
		{ part: 'person', collection: 'people', id: record.to.person },
		{ part: 'company', collection: 'companies', id: record.to.company },
	] as const;
	for (const { part, collection, id } of made) {
		const query = trx(collection).where({ id });
		const row = id ? ((await (isPostgres(trx) ? query.forUpdate() : query).first()) as Values | undefined) : undefined;
		if (!id || !row || !record.created.includes(part)) continue;
		const reason = await reasonToKeep(undo, collection, id);
		if (reason === null) await writer.remove(collection, id);
		else kept.push({ collection, item: id, name: String(row['name'] ?? [row['first_name'], row['last_name']].filter(Boolean).join(' ')), reason });
	}
	const isOurs = record.contact && !record.created.includes('opportunity');
	if (isOurs && (await trx('opportunity_contacts').where({ id: record.contact }).first('id')))
		await writer.remove('opportunity_contacts', record.contact as string);
	return kept;
}

/**
 * Takes a conversion back within 30 days: the lead is reopened with what was moved, and what the conversion made is deleted unless
 * somebody has worked with it since; that stays, and the report says why. All at once or nothing, in the caller's name.
 */
export async function undoConversion(host: Host, accountability: Accountability | null, id: string): Promise<Undone> {
	const actor = await refuseUnlessConverter(host, accountability, id);
	const actions = new LaterActions();
	const undone = await host.database.transaction(async (trx) => {
		const lead = await lockLead(trx, id);
		const record = refuseUnlessUndoable(lead);
		const undo: Undo = { trx, lead, record, writer: new Writer(host, trx, actor, actions) };
		await reopenLead(undo);
		await emptyFilled(undo);
		const kept = await removeCreated(undo);
		const report = undoneSentence(kept);
		const recipients = [actor.user, ...(lead.owner ? [lead.owner] : [])];
		await tell(trx, [{ recipients, subject: 'Conversion annulée', message: report, collection: 'leads', item: id }]);
		return { lead: id, leadStatus: record.from.status, kept, report };
	});
	actions.emit();
	return undone;
}
