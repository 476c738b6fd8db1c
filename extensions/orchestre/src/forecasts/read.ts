import { dayOf, toParis } from '../platform/time/paris.ts';
import { dayOrNull } from '../platform/columns.ts';
import { chunks, toDate, type Knex } from '../platform/directus.ts';
import type { DealHistory, DealVersion, History, MrrChange, SubscriptionHistory } from './model/types.ts';

type Moment = Date | number | string;

const dayOfMoment = (at: Moment): number => toParis(toDate(at)).day;
const dayOfDate = (value: unknown): number | null => {
	const iso = dayOrNull(value);
	return iso === null ? null : dayOf(iso);
};

type ChangeRow = { opportunity: string; at: Moment; to_stage: string; amount_cents: number | null; probability: number | null; close_date: unknown };
type DealRow = { id: string; stage: string; owner: string | null; team: string | null; amount_cents: number | null; probability: number | null; probability_source: string | null; close_date: unknown; closed_at: Moment | null; stage_since: Moment | null; date_created: Moment | null; is_won: unknown }; // prettier-ignore

const versionOf = (row: ChangeRow): DealVersion => ({
	day: dayOfMoment(row.at),
	stage: row.to_stage,
	amountCents: row.amount_cents ?? 0,
	probability: (row.probability ?? 0) / 10_000,
	closeDay: dayOfDate(row.close_date),
});

/**
 * The versions of a deal from its changes of stage; an open deal as it stands today comes last, for amount and date may have moved since.
 * A deal that came in without history has only that one.
 */
function versionsOf(deal: DealRow, changes: readonly ChangeRow[], today: number): DealVersion[] {
	const known = changes.map(versionOf);
	const current: DealVersion = {
		day: today - 1,
		stage: deal.stage,
		amountCents: deal.amount_cents ?? 0,
		probability: (deal.probability ?? 0) / 10_000,
		closeDay: dayOfDate(deal.close_date),
	};
	if (known.length === 0) {
		const since = deal.stage_since ?? deal.date_created;
		return [{ ...current, day: since === null ? today - 1 : dayOfMoment(since) }];
	}
	return deal.closed_at === null && (known.at(-1)?.day ?? today) < today ? [...known, current] : known;
}

function historyOf(deal: DealRow, changes: readonly ChangeRow[], today: number): DealHistory {
	const isGiven = deal.closed_at === null && (deal.probability_source === 'model' || deal.probability_source === 'person');
	return {
		id: deal.id,
		owner: deal.owner,
		team: deal.team,
		versions: versionsOf(deal, changes, today),
		closedDay: deal.closed_at === null ? null : dayOfMoment(deal.closed_at),
		won: deal.closed_at !== null && Boolean(deal.is_won),
		amountCents: deal.amount_cents ?? 0,
		given: isGiven && deal.probability !== null ? deal.probability / 10_000 : null,
	};
}

/** How far back the forecast and its back-test look. */
const historyDays = 3 * 365;

async function readDeals(knex: Knex, today: number, since: Date): Promise<DealHistory[]> {
	const rows = (await knex('opportunities as o')
		.join('stages as s', 's.id', 'o.stage')
		// Renewals are the recurring base's matter: counted here as well they would be counted twice.
		.whereNot({ 'o.kind': 'renewal' })
		.where((either) => void either.whereNull('o.closed_at').orWhere('o.closed_at', '>=', since))
		.orderBy('o.id')
		.select('o.id', 'o.stage', 'o.owner', 'o.team', 'o.amount_cents', 'o.probability', 'o.probability_source', 'o.close_date', 'o.closed_at', 'o.stage_since', 'o.date_created', 's.is_won')) as DealRow[]; // prettier-ignore
	const deals: DealHistory[] = [];
	for (const part of chunks(rows, 1000)) {
		const changes = (await knex('stage_changes')
			.whereIn(
				'opportunity',
				part.map(({ id }) => id),
			)
			.orderBy([{ column: 'at' }, { column: 'id' }])
			.select('opportunity', 'at', 'to_stage', 'amount_cents', 'probability', 'close_date')) as ChangeRow[];
		const byDeal = Map.groupBy(changes, ({ opportunity }) => opportunity);
		deals.push(...part.map((row) => historyOf(row, byDeal.get(row.id) ?? [], today)));
	}
	return deals;
}

type SubscriptionRow = {
	id: string;
	owner: string | null;
	team: string | null;
	mrr_cents: number | null;
	started_on: unknown;
	ends_on: unknown;
	cancelled_on: unknown;
};
type MrrRow = { subscription: string; changed_on: unknown; recorded_at: Moment; mrr_after_cents: number | null };

async function readSubscriptions(knex: Knex, since: Date): Promise<SubscriptionHistory[]> {
	const rows = (await knex('subscriptions')
		.whereNot({ status: 'trial' })
		.where((either) => void either.whereNull('ends_on').orWhere('ends_on', '>=', since))
		.orderBy('id')
		.select('id', 'owner', 'team', 'mrr_cents', 'started_on', 'ends_on', 'cancelled_on')) as SubscriptionRow[];
	const histories: SubscriptionHistory[] = [];
	for (const part of chunks(rows, 1000)) {
		const changes = (await knex('subscription_changes')
			.whereIn(
				'subscription',
				part.map(({ id }) => id),
			)
			.orderBy([{ column: 'changed_on' }, { column: 'recorded_at' }, { column: 'id' }])
			.select('subscription', 'changed_on', 'recorded_at', 'mrr_after_cents')) as MrrRow[];
		const bySubscription = Map.groupBy(changes, ({ subscription }) => subscription);
		for (const row of part) {
			const own = (bySubscription.get(row.id) ?? []).map((change): MrrChange => ({
				day: dayOfDate(change.changed_on) ?? 0,
				knownDay: dayOfMoment(change.recorded_at),
				mrrCents: change.mrr_after_cents ?? 0,
			}));
			const started = dayOfDate(row.started_on) ?? 0;
			const endsDay = dayOfDate(row.ends_on);
			histories.push({
				id: row.id,
				owner: row.owner,
				team: row.team,
				changes: own.length > 0 ? own : [{ day: started, knownDay: started, mrrCents: row.mrr_cents ?? 0 }],
				endsDay,
				endKnownDay: dayOfDate(row.cancelled_on) ?? endsDay,
			});
		}
	}
	return histories;
}

/** What happened in the last three years, as facts with their days; statements by the thousand rows, in order of ids. */
export async function readHistory(knex: Knex, today: number): Promise<History> {
	const since = new Date((today - historyDays) * 86_400_000);
	return { deals: await readDeals(knex, today, since), subscriptions: await readSubscriptions(knex, since) };
}
