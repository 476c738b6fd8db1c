import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull, dayOrNull, readLocked, saveSettled } from '../platform/columns.ts';
import { chunks, parseJson, type Knex } from '../platform/directus.ts';
import { refuseFaults, type FieldFault } from '../platform/errors.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import type { NewJob } from '../platform/jobs/types.ts';
import type { Written } from '../platform/written.ts';
import { silentFields } from './fields.ts';
import { occasionsOf } from './health/occasions.ts';
import { hasMoved, missingFor, missingSentence, settleDeal, type Counts, type Deal, type Settled, type Stage } from './rules.ts';

type Row = Record<string, unknown>;
type Move = { deal: Deal; from: string | null; settled: Settled; closeDate: unknown; by: string | null };

const settledOf = (row: Row): Settled => ({
	team: row['team'] as string | null,
	probability: row['probability'] as number | null,
	probability_source: row['probability_source'] as string | null,
	close_date_pushes: Number(row['close_date_pushes'] ?? 0),
	stage_since: dateOrNull(row['stage_since']),
	closed_at: dateOrNull(row['closed_at']),
	treated_stage: row['treated_stage'] as string | null,
	treated_close_date: row['treated_close_date'] as string | null,
});

const dealOf = (row: Row): Deal => ({
	id: row['id'] as string,
	stage: row['stage'] as string,
	owner: row['owner'] as string | null,
	amount_cents: row['amount_cents'] as number | null,
	close_date: dayOrNull(row['close_date']),
	next_step: row['next_step'] as string | null,
	next_step_at: dateOrNull(row['next_step_at']),
	competitor: row['competitor'] as string | null,
	lost_reason: row['lost_reason'] as string | null,
	settled: settledOf(row),
});

/** Stages by id. They are few, and read in the transaction: a stage that was just changed holds at once. */
async function readStages(trx: Knex): Promise<Map<string, Stage & { won: boolean }>> {
	const rows = (await trx('stages').select('id', 'name', 'probability', 'is_won', 'is_lost', 'required_fields')) as Row[];
	return new Map(
		rows.map((row) => [
			row['id'] as string,
			{
				id: row['id'] as string,
				name: row['name'] as string,
				probability: row['probability'] as number | null,
				closed: Boolean(row['is_won']) || Boolean(row['is_lost']),
				won: Boolean(row['is_won']),
				requiredFields: parseJson<string[] | null>(row['required_fields']) ?? [],
			},
		]),
	);
}

async function readPushesFrom(trx: Knex): Promise<number> {
	const row = (await trx('settings').first('health_pushes')) as { health_pushes: number } | undefined;
	return row?.health_pushes ?? 2;
}

async function readTeams(trx: Knex, deals: readonly Deal[]): Promise<Map<string, string | null>> {
	const owners = [...new Set(deals.flatMap(({ owner }) => owner ?? []))];
	if (owners.length === 0) return new Map();
	return new Map(
		((await trx('directus_users').whereIn('id', owners).select('id', 'team')) as { id: string; team: string | null }[]).map(({ id, team }) => [id, team]),
	);
}

/** Rows that came in past this hook (SQL, restore, demo) have no `treated_*`: the last stage change says what was known. */
async function fillTreated(trx: Knex, deals: readonly Deal[], written: ReadonlyMap<string, Written>): Promise<void> {
	const unknown = deals.filter(({ id, settled }) => settled.treated_stage === null && !written.get(id)?.created);
	if (unknown.length === 0) return;
	const changes = (await trx('stage_changes')
		.whereIn(
			'opportunity',
			unknown.map(({ id }) => id),
		)
		.orderBy('at', 'asc')
		.select('opportunity', 'to_stage', 'close_date')) as { opportunity: string; to_stage: string; close_date: unknown }[];
	const last = new Map(changes.map((change) => [change.opportunity, change]));
	for (const { id, settled } of unknown) {
		const change = last.get(id);
		settled.treated_stage = change?.to_stage ?? null;
		settled.treated_close_date ??= dayOrNull(change?.close_date);
	}
}

async function countOf(trx: Knex, table: string, opportunity: string): Promise<number> {
	const [row] = (await trx(table).where({ opportunity }).count({ n: '*' })) as { n: number | string }[];
	return Number(row?.n ?? 0);
}

/** Contacts and lines, only where the stage asks for them. */
async function readCounts(trx: Knex, id: string, stage: Stage): Promise<Counts> {
	return {
		contacts: stage.requiredFields.includes('contacts') ? await countOf(trx, 'opportunity_contacts', id) : 0,
		lines: stage.requiredFields.includes('lines') ? await countOf(trx, 'line_items', id) : 0,
	};
}

async function missingFaults(trx: Knex, deal: Deal, stage: Stage): Promise<FieldFault[]> {
	const missing = missingFor(deal, stage, await readCounts(trx, deal.id, stage));
	const message = missingSentence(stage, missing);
	return missing.map((field) => ({ collection: 'opportunities', field, message }));
}

async function recordMoves(trx: Knex, moves: readonly Move[], now: Date): Promise<void> {
	const rows = moves.map(({ deal, from, settled, closeDate, by }) => ({
		id: randomUUID(),
		opportunity: deal.id,
		at: now,
		from_stage: from,
		to_stage: deal.stage,
		by,
		amount_cents: deal.amount_cents,
		probability: settled.probability,
		close_date: closeDate,
	}));
	for (const part of chunks(rows)) await trx('stage_changes').insert(part);
}

/**
 * Treats the deals that a transaction wrote: refuses a move to a stage whose required fields are missing, notes each change of
 * stage with what the deal was worth, and keeps dates, pushes, probability and team in step. What the changes give occasion to (pushed
 * dates, wins, losses) becomes jobs.
 */
export async function treatDeals(trx: Knex, written: readonly Written[]): Promise<void> {
	const now = clockNow();
	const writtenById = new Map(written.map((one) => [one.id, one]));
	const stages = await readStages(trx);
	const pushesFrom = await readPushesFrom(trx);
	for (const ids of chunks([...writtenById.keys()], 200)) {
		const rows = await readLocked(trx, 'opportunities', ids);
		const before = new Map(rows.map((row) => [row['id'] as string, settledOf(row)]));
		const deals = rows.map(dealOf);
		await fillTreated(trx, deals, writtenById);
		const teams = await readTeams(trx, deals);
		const names = new Map(rows.map((row) => [row['id'] as string, row['name'] as string]));
		const closeDates = new Map(rows.map((row) => [row['id'] as string, row['close_date']]));
		const [faults, moves, after, jobs]: [FieldFault[], Move[], Map<string, Settled>, NewJob[]] = [[], [], new Map(), []];
		for (const deal of deals) {
			const stage = stages.get(deal.stage);
			const one = writtenById.get(deal.id);
			if (!stage || !one) continue;
			const settled = settleDeal(deal, stage, { created: one.created, set: one.set, ownersTeam: teams.get(deal.owner ?? '') ?? null, now });
			after.set(deal.id, settled);
			jobs.push(...occasionsOf({ deal, name: names.get(deal.id) ?? '', stage, before: deal.settled, after: settled, pushesFrom, now }));
			if (!hasMoved(deal)) continue;
			faults.push(...(await missingFaults(trx, deal, stage)));
			moves.push({ deal, from: deal.settled.treated_stage, settled, closeDate: closeDates.get(deal.id) ?? null, by: one.user });
		}
		refuseFaults(faults);
		await recordMoves(trx, moves, now);
		await saveSettled(
			trx,
			'opportunities',
			[...after].map(([id, settled]) => ({ id, before: before.get(id) ?? {}, after: settled })),
			silentFields,
		);
		await enqueue(trx, jobs);
	}
}
