import { randomUUID } from 'node:crypto';
import { dayMs, isoOf, toParis } from '../../platform/time/paris.ts';
import { closeAlerts, type NewAlert } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, orchestreUserId, type Knex } from '../../platform/directus.ts';
import { storedDay } from '../../platform/columns.ts';
import { clientsOf, readClients } from './facts.ts';
import { announce } from './announce.ts';
import { learn, readGround } from './ground.ts';
import { closeInsights, isChanged, readStored, updateInsights, type Figures, type Stored, type Update } from './insights.ts';
import { liftsByOffer, proposalsFor } from './rules/proposals.ts';
import type { Client, Ground, Proposal } from './rules/types.ts';

/** Clients in one transaction: few large reads cost less than many small ones. */
export const partSize = 3000;
/** What it takes to prepare and make an offer. */
const minutes = 30;

export type Found = { clients: number; proposed: number; updated: number; closed: number };

type Plan = { inserts: Record<string, unknown>[]; updates: Update[]; closes: Stored[]; alerts: NewAlert[] };

const points = (share: number | undefined): number | null => (share === undefined ? null : Math.round(share * 10_000));

const figuresOf = ({ title, action, odds, expectedCents, reasons }: Proposal): Figures => ({
	title,
	recommended_action: action,
	expected_value_cents: odds ? expectedCents : null,
	score: odds ? Math.round(odds.probability * 100) : null,
	probability: points(odds?.probability),
	probability_low: points(odds?.low),
	probability_high: points(odds?.high),
	reasons,
});

/** A worthwhile proposal is announced once an episode; whoever dealt with the alert is not asked again. */
function alertOf(client: Client, proposal: Proposal, key: string, { alertCents }: Ground['settings']): NewAlert[] {
	if (proposal.expectedCents < alertCents) return [];
	return [
		{
			key: `alert:${key}`,
			kind: 'upsell',
			severity: 'info',
			title: proposal.title,
			reason: proposal.reasons.map(({ text }) => text).join('\n'),
			action: proposal.action,
			valueCents: proposal.expectedCents,
			assignee: client.owner,
			team: client.team,
			subject: { company: client.id },
		},
	];
}

/** What is to be written for one client: new proposals, changed ones, and those that no longer hold. */
function planFor(client: Client, proposals: readonly Proposal[], stored: readonly Stored[], ground: Ground, now: Date): Plan {
	const plan: Plan = { inserts: [], updates: [], closes: [], alerts: [] };
	const open = stored.filter(({ state }) => state === 'open' || state === 'snoozed');
	for (const proposal of proposals) {
		const figures = figuresOf(proposal);
		const known = open.find(({ product }) => product === proposal.product);
		if (known) {
			const isDue = known.state === 'snoozed' && known.snoozedUntil !== null && known.snoozedUntil <= now;
			const [state, owner] = [isDue ? 'open' : known.state, known.owner ?? client.owner] as const;
			if (isDue || owner !== known.owner || isChanged(known.figures, figures)) plan.updates.push({ id: known.id, state, owner, ...figures });
			if (known.episodeKey) plan.alerts.push(...alertOf(client, proposal, known.episodeKey, ground.settings));
			continue;
		}
		const episode = stored.filter(({ product }) => product === proposal.product).length + 1;
		const key = `upsell:${client.id}:${proposal.product}:${episode}`;
		plan.inserts.push({
			id: randomUUID(),
			kind: 'upsell',
			state: 'open',
			...figures,
			reasons: JSON.stringify(figures.reasons),
			action_kind: 'call',
			minutes,
			company: client.id,
			product: proposal.product,
			subscription: proposal.subscription,
			owner: client.owner,
			team: client.team,
			due_on: storedDay(proposal.dueDay),
			computed_at: now,
			episode_key: key,
			date_created: now,
			user_created: orchestreUserId,
		});
		plan.alerts.push(...alertOf(client, proposal, key, ground.settings));
	}
	const kept = new Set(proposals.map(({ product }) => product));
	for (const one of open) {
		if (kept.has(one.product ?? '')) continue;
		// Somebody put it off: what stands against it today may be gone by then.
		const sleeps = one.state === 'snoozed' && client.blocks.length > 0 && one.snoozedUntil !== null && one.snoozedUntil > now;
		if (!sleeps) plan.closes.push(one);
	}
	return plan;
}

async function insert(trx: Knex, rows: readonly Record<string, unknown>[]): Promise<number> {
	let count = 0;
	for (const part of chunks(rows)) count += ((await trx('insights').insert(part).onConflict('episode_key').ignore().returning('id')) as unknown[]).length;
	return count;
}

/** Products that somebody answered "no" to, or ticked off, too short a time ago. */
const refusedOf = (stored: ReadonlyMap<string, readonly Stored[]>, { refusalDays }: Ground['settings'], now: Date): Map<string, Set<string>> =>
	new Map(
		[...stored].map(([company, list]) => [
			company,
			new Set(
				list.flatMap(({ state, product, answeredAt }) =>
					(state === 'refused' || state === 'done') && product && answeredAt.getTime() > now.getTime() - refusalDays * dayMs ? [product] : [],
				),
			),
		]),
	);

/**
 * Brings the upsell proposals of these clients up to date: what is new, what changed, what no longer holds. Reads all of them at once and
 * writes a handful of statements; with nothing changed, none.
 */
export async function findFor(trx: Knex, ids: readonly string[], ground: Ground, now: Date = clockNow()): Promise<Found> {
	const stored = await readStored(trx, ids);
	const refused = refusedOf(stored, ground.settings, now);
	const clients = await readClients(trx, ids, { now, refusalDays: ground.settings.refusalDays, refused });
	const lifts = liftsByOffer(ground);
	const today = toParis(now).day;
	const plan: Plan = { inserts: [], updates: [], closes: [], alerts: [] };
	for (const client of clients) {
		const one = planFor(client, proposalsFor(client, ground, lifts, today), stored.get(client.id) ?? [], ground, now);
		plan.inserts.push(...one.inserts);
		plan.updates.push(...one.updates);
		plan.closes.push(...one.closes);
		plan.alerts.push(...one.alerts);
	}
	// Who is no client any more has nothing to be sold.
	const still = new Set(clients.map(({ id }) => id));
	for (const [company, list] of stored) if (!still.has(company)) plan.closes.push(...list.filter(({ state }) => state === 'open' || state === 'snoozed'));
	const proposed = await insert(trx, plan.inserts);
	await updateInsights(trx, plan.updates, now);
	await closeInsights(trx, plan.closes.map(({ id }) => id), now);
	const ended = plan.closes.flatMap(({ episodeKey }) => (episodeKey ? [`alert:${episodeKey}`] : []));
	await closeAlerts(trx, ['upsell'], 'dedupe_key', ended, 'La proposition n’a plus lieu d’être.');
	await announce(trx, plan.alerts);
	return { clients: clients.length, proposed, updated: plan.updates.length, closed: plan.closes.length };
} // prettier-ignore

/**
 * Whom a run is about: all clients on Mondays, on other days those with an open proposal, which may no longer hold. An owner's clients come
 * together, so that the most valuable of them are found in one part.
 */
export async function clientsDue(trx: Knex, scope: 'all' | 'open'): Promise<string[]> {
	const open = (await trx('insights').where({ kind: 'upsell' }).whereIn('state', ['open', 'snoozed']).whereNotNull('company').distinct('company').pluck('company')) as string[]; // prettier-ignore
	if (scope === 'open') return open.toSorted();
	const all = (await clientsOf(trx).orderBy(['owner', 'id']).pluck('id')) as string[];
	return [...new Set([...all, ...open.toSorted()])];
}

/** The whole weekly run at once, in parts of their own transaction; for the bench and for scripts. The flow does the same by jobs. */
export async function growthNightly(knex: Knex, now: Date = clockNow()): Promise<Found & { day: string }> {
	const ground = await readGround(knex, await learn(knex, now));
	const total: Found = { clients: 0, proposed: 0, updated: 0, closed: 0 };
	for (const part of chunks(await clientsDue(knex, 'all'), partSize)) {
		const found = await knex.transaction((trx) => findFor(trx, part, ground, now));
		for (const key of Object.keys(total) as (keyof Found)[]) total[key] += found[key];
	}
	return { ...total, day: isoOf(toParis(now).day) };
}
