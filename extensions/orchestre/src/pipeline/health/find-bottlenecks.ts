import { randomUUID } from 'node:crypto';
import { dayMs, isoOf, toParis } from '../../platform/time/paris.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { orchestreUserId, parseJson, type Knex } from '../../platform/directus.ts';
import type { StoredReasons } from './judge.ts';
import { managersByTeam } from './recipients.ts';
import { bottleneckOf, type Bottleneck, type StageLoad } from './rules/bottleneck.ts';
import type { ReasonCode } from './rules/types.ts';
import { expectedCents } from './rules/verdict.ts';
import type { Ground } from './settings.ts';

/** Departures are counted over this many days (rules/bottleneck.ts says so in words), and advice that was answered is not repeated within. */
const [exitsDays, quietDays] = [90, 30];

type DealRow = { stage: string; team: string | null; amount_cents: number | null; probability: number | null; health_reasons: unknown };
type Exit = { stage: string; team: string | null; n: number | string };
type Scope = { team: string | null };

const inScope =
	({ team }: Scope) =>
	(row: { team: string | null }): boolean =>
		team === null || row.team === team;

function loadsOf(deals: readonly DealRow[], exits: readonly Exit[], stages: readonly { id: string; name: string; sort: number | null }[], ground: Ground): StageLoad[] {
	const byStage = Map.groupBy(deals, ({ stage }) => stage);
	return stages.flatMap(({ id, name, sort }) => {
		const limit = ground.limits.get(id);
		const own = byStage.get(id);
		if (!limit || !own) return [];
		const reasons = own.map((deal) => ({ deal, codes: (parseJson<StoredReasons | null>(deal.health_reasons ?? null)?.reasons ?? []).map(({ code }) => code) }));
		const slow = reasons.filter(({ codes }) => codes.includes('aged'));
		const causes: Partial<Record<ReasonCode, number>> = {};
		for (const { codes } of slow) for (const code of codes) causes[code] = (causes[code] ?? 0) + 1;
		const slowCents = slow.reduce((sum, { deal }) => sum + expectedCents({ amountCents: deal.amount_cents, probability: deal.probability ?? 0 }), 0);
		const left = exits.filter(({ stage }) => stage === id).reduce((sum, { n }) => sum + Number(n), 0);
		return [{ stage: id, name, sort: sort ?? 0, open: own.length, slow: slow.length, slowCents, causes, exits: left, limit }];
	});
} // prettier-ignore

type Known = { id: string; stage: string | null; state: string; computed_at: unknown };

const figuresOf = ({ title, action, reasons, slow, open, slowCents }: Bottleneck, now: Date): Record<string, unknown> => ({
	title,
	recommended_action: action,
	action_kind: 'review',
	reasons: JSON.stringify(reasons.map((text) => ({ text }))),
	score: Math.round((100 * slow) / open),
	expected_value_cents: Math.min(slowCents, 2_147_483_647),
	computed_at: now,
});

/** Keeps one open insight a scope: the same stage is brought up to date, another one replaces it, none closes it. */
async function record(trx: Knex, { team }: Scope, owner: string | null, found: Bottleneck | null, now: Date): Promise<void> {
	const known = (await trx('insights')
		.where({ kind: 'bottleneck', team })
		.where('computed_at', '>=', new Date(now.getTime() - 400 * dayMs))
		.orderBy('computed_at', 'desc')
		.select('id', 'stage', 'state', 'computed_at')) as Known[];
	const isOpen = ({ state }: Known): boolean => state === 'open' || state === 'snoozed';
	const gone = known.filter((one) => isOpen(one) && one.stage !== found?.stage).map(({ id }) => id);
	if (gone.length > 0) await trx('insights').whereIn('id', gone).update({ state: 'closed', date_updated: now, user_updated: orchestreUserId });
	if (!found) return;
	const current = known.find((one) => isOpen(one) && one.stage === found.stage);
	if (current) {
		await trx('insights').where({ id: current.id }).update(figuresOf(found, now));
		return;
	}
	const answered = known.find(({ stage, state }) => stage === found.stage && (state === 'done' || state === 'refused'));
	if (answered && new Date(answered.computed_at as Date).getTime() > now.getTime() - quietDays * dayMs) return;
	await trx('insights')
		.insert({
			id: randomUUID(),
			kind: 'bottleneck',
			state: 'open',
			stage: found.stage,
			team,
			owner,
			...figuresOf(found, now),
			episode_key: `bottleneck:${team ?? 'company'}:${found.stage}:${isoOf(toParis(now).day)}`,
			date_created: now,
			user_created: orchestreUserId,
		})
		.onConflict('episode_key')
		.ignore();
}

/** Bottlenecks by team; under null that of the company. */
export type Bottlenecks = ReadonlyMap<string | null, Bottleneck | null>;

/** Names the bottleneck of the company and of each team with deals, from the reasons that the last check left on them. */
export async function findBottlenecks(trx: Knex, ground: Ground): Promise<Bottlenecks> {
	const now = clockNow();
	const deals = (await trx('opportunities').whereNull('closed_at').select('stage', 'team', 'amount_cents', 'probability', 'health_reasons')) as DealRow[];
	const exits = (await trx('stage_changes as c')
		.join('opportunities as o', 'o.id', 'c.opportunity')
		.whereNotNull('c.from_stage')
		.where('c.at', '>=', new Date(now.getTime() - exitsDays * dayMs))
		.groupBy('c.from_stage', 'o.team')
		.select({ stage: 'c.from_stage' }, 'o.team')
		.count({ n: '*' })) as Exit[];
	const stages = (await trx('stages').orderBy('sort').select('id', 'name', 'sort')) as { id: string; name: string; sort: number | null }[];
	const managers = await managersByTeam(trx);
	const teams = [...new Set([...deals.flatMap(({ team }) => team ?? []), ...managers.keys()])].toSorted();
	const found = new Map<string | null, Bottleneck | null>();
	for (const team of [null, ...teams]) {
		const mine = inScope({ team });
		const bottleneck = bottleneckOf(loadsOf(deals.filter(mine), exits.filter(mine), stages, ground));
		found.set(team, bottleneck);
		await record(trx, { team }, managers.get(team ?? '') ?? null, bottleneck, now);
	}
	return found;
}
