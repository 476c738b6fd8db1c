import { dayOf, toParis } from '../../platform/time/paris.ts';
import { dateOrNull, dayOrNull } from '../../platform/columns.ts';
import { parseJson, toDate, type Knex } from '../../platform/directus.ts';
import type { DealFacts, HealthState } from './rules/types.ts';

type Moment = Date | number | string | null;

/** An open deal with what the rules ask of it and what was decided last. */
export type OpenDeal = {
	id: string;
	name: string;
	stage: string;
	owner: string | null;
	team: string | null;
	facts: DealFacts;
	activityAt: Date;
	before: { health: HealthState | null; reasons: unknown; atRiskCents: number | null; stalledSince: Date | null; at: Date | null };
};

type Row = Record<string, unknown> & { id: string; name: string; stage: string; owner: string | null; team: string | null };

const dayOfMoment = (at: Date): number => toParis(at).day;

/** The latest (or earliest) moment per deal of a small query; `into` gathers them over several queries. */
async function gather(into: Map<string, Date>, better: (one: Date, other: Date) => boolean, query: Knex.QueryBuilder): Promise<void> {
	for (const { opportunity, at } of (await query) as { opportunity: string; at: Moment }[]) {
		if (at === null) continue;
		const moment = toDate(at);
		const known = into.get(opportunity);
		if (!known || better(moment, known)) into.set(opportunity, moment);
	}
}

async function readActivity(trx: Knex, ids: readonly string[], now: Date): Promise<Map<string, Date>> {
	const last = new Map<string, Date>();
	const later = (one: Date, other: Date): boolean => one > other;
	const latest = (table: string, column: string): Knex.QueryBuilder =>
		trx(table).whereIn('opportunity', [...ids]).where(column, '<=', now).groupBy('opportunity').select('opportunity').max({ at: column }); // prettier-ignore
	await gather(last, later, latest('interactions', 'at'));
	await gather(last, later, latest('tasks', 'done_at').where({ status: 'done' }));
	await gather(last, later, latest('planning', 'ends_at').whereIn('status', ['confirmed', 'done']));
	return last;
}

/** From the beginning of today: what is due this morning is still planned this evening. */
async function readPlanned(trx: Knex, ids: readonly string[], dayStart: Date): Promise<Map<string, Date>> {
	const next = new Map<string, Date>();
	const sooner = (one: Date, other: Date): boolean => one < other;
	const first = (table: string, column: string, states: readonly string[]): Knex.QueryBuilder =>
		trx(table).whereIn('opportunity', [...ids]).whereIn('status', [...states]).where(column, '>=', dayStart).groupBy('opportunity').select('opportunity').min({ at: column }); // prettier-ignore
	await gather(next, sooner, first('tasks', 'due_at', ['todo', 'in_progress']));
	await gather(next, sooner, first('planning', 'starts_at', ['tentative', 'confirmed']));
	return next;
}

type Contacts = { count: number; main: string | null };

async function readContacts(trx: Knex, ids: readonly string[]): Promise<Map<string, Contacts>> {
	const rows = (await trx('opportunity_contacts as c')
		.join('people as p', 'p.id', 'c.person')
		.whereIn('c.opportunity', [...ids])
		.orderBy('c.id')
		.select('c.opportunity', 'c.is_primary', 'p.first_name', 'p.last_name')) as {
		opportunity: string;
		is_primary: unknown;
		first_name: string | null;
		last_name: string | null;
	}[];
	return new Map(
		[...Map.groupBy(rows, ({ opportunity }) => opportunity)].map(([opportunity, own]) => {
			const main = own.find(({ is_primary }) => Boolean(is_primary)) ?? own[0];
			return [opportunity, { count: own.length, main: [main?.first_name, main?.last_name].filter(Boolean).join(' ') || null }];
		}),
	);
}

function dealOf(row: Row, activity: Date | undefined, planned: Date | undefined, contacts: Contacts | undefined, dayStart: Date): OpenDeal {
	const stageSince = dateOrNull(row['stage_since']) ?? dateOrNull(row['date_created']) ?? dayStart;
	const nextStepAt = dateOrNull(row['next_step_at']);
	const steps = [planned, nextStepAt && nextStepAt >= dayStart ? nextStepAt : undefined].filter((one) => one !== undefined);
	const [next] = steps.toSorted((one, other) => one.getTime() - other.getTime());
	const activityAt = new Date(Math.max(stageSince.getTime(), activity?.getTime() ?? 0));
	const closeDate = dayOrNull(row['close_date']);
	return {
		...row,
		activityAt,
		facts: {
			amountCents: row['amount_cents'] as number | null,
			probability: Number(row['probability'] ?? 0),
			stageDay: dayOfMoment(stageSince),
			activityDay: dayOfMoment(activityAt),
			plannedDay: next ? dayOfMoment(next) : null,
			closeDay: closeDate === null ? null : dayOf(closeDate),
			pushes: Number(row['close_date_pushes'] ?? 0),
			contacts: contacts?.count ?? 0,
			contact: contacts?.main ?? null,
		},
		before: {
			health: row['health'] as HealthState | null,
			reasons: parseJson(row['health_reasons'] ?? null),
			atRiskCents: row['at_risk_cents'] as number | null,
			stalledSince: dateOrNull(row['stalled_since']),
			at: dateOrNull(row['health_at']),
		},
	};
}

const columns = ['id', 'name', 'stage', 'owner', 'team', 'amount_cents', 'probability', 'stage_since', 'date_created', 'next_step_at', 'close_date', 'close_date_pushes', 'health', 'health_reasons', 'at_risk_cents', 'stalled_since', 'health_at']; // prettier-ignore

/** The deals of these ids that are open, with their facts: seven statements whatever their number (at most some hundreds at a time). */
export async function readOpenDeals(trx: Knex, ids: readonly string[], now: Date, dayStart: Date): Promise<OpenDeal[]> {
	const rows = (await trx('opportunities')
		.whereIn('id', [...ids])
		.whereNull('closed_at')
		.orderBy('id')
		.select(columns)) as Row[];
	const open = rows.map(({ id }) => id);
	if (open.length === 0) return [];
	const [activity, planned, contacts] = [await readActivity(trx, open, now), await readPlanned(trx, open, dayStart), await readContacts(trx, open)];
	return rows.map((row) => dealOf(row, activity.get(row.id), planned.get(row.id), contacts.get(row.id), dayStart));
}
