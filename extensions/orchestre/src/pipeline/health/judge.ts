import { isDeepStrictEqual } from 'node:util';
import { fromParis, isoOf, toParis } from '../../platform/time/paris.ts';
import { closeAlerts, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { writeTrail, type TrailEntry } from '../../platform/trail.ts';
import { readOpenDeals, type OpenDeal } from './facts.ts';
import { stageLimit } from './rules/limits.ts';
import type { Action, Reason, StageLimit, Verdict } from './rules/types.ts';
import { isWorse, verdictOn } from './rules/verdict.ts';
import type { Ground } from './settings.ts';

/** What stands in `opportunities.health_reasons`: the form shows it, the timeline may take the action from it. */
export type StoredReasons = { reasons: Reason[]; action: Action | null; limit: StageLimit };

export type Judged = { deals: number; worse: number; better: number };

type Finding = { deal: OpenDeal; verdict: Verdict; stored: StoredReasons };

const partSize = 400;

/** Alerts that stand for a deal's state, and those that its own events raised. */
export const stateKind = 'deal_stalled';
export const dealKinds = [stateKind, 'deal_pushed', 'deal_next_step'] as const;

const titles = { watch: 'À surveiller', bad: 'Affaire en danger' } as const;

function alertOf({ deal, verdict }: Finding, day: string): NewAlert | null {
	const { state, reasons, action, atRiskCents } = verdict;
	if (state === 'good') return null;
	return {
		key: `deal_health:${deal.id}:${state}:${day}`,
		kind: stateKind,
		severity: state === 'bad' ? 'critical' : 'warning',
		title: `${titles[state]} : ${deal.name}`,
		reason: reasons.map(({ text }) => text).join('\n'),
		action: action?.text ?? null,
		valueCents: Math.min(atRiskCents, 2_147_483_647),
		assignee: deal.owner,
		team: deal.team,
		subject: { opportunity: deal.id },
	};
}

async function save(trx: Knex, findings: readonly Finding[], now: Date): Promise<void> {
	const trail: TrailEntry[] = [];
	const same: string[] = [];
	for (const { deal, verdict, stored } of findings) {
		const { state, atRiskCents, idleSince } = verdict;
		const stalledSince = idleSince === null ? null : deal.activityAt;
		const { before } = deal;
		const isSame = before.health === state && before.atRiskCents === atRiskCents && isDeepStrictEqual(before.stalledSince, stalledSince) && isDeepStrictEqual(before.reasons, stored); // prettier-ignore
		if (isSame) {
			// Seen today already: a second run changes nothing.
			if (!before.at || toParis(before.at).day !== toParis(now).day) same.push(deal.id);
			continue;
		}
		const change = { health: state, health_reasons: JSON.stringify(stored), at_risk_cents: atRiskCents, stalled_since: stalledSince, health_at: now };
		await trx('opportunities').where({ id: deal.id }).update(change);
		if ((before.health ?? 'good') !== state)
			trail.push({ action: 'update', collection: 'opportunities', item: deal.id, data: { health: state, at_risk_cents: atRiskCents } });
	}
	for (const part of chunks(same, 500)) await trx('opportunities').whereIn('id', part).update({ health_at: now });
	await writeTrail(trx, {}, trail);
}

/** One alert per change of state: a worse one raises it, a better one closes what was open. */
async function announce(trx: Knex, findings: readonly Finding[], now: Date): Promise<Pick<Judged, 'worse' | 'better'>> {
	const changed = findings.filter(({ deal, verdict }) => verdict.state !== (deal.before.health ?? 'good'));
	const worse = changed.filter(({ deal, verdict }) => isWorse(verdict.state, deal.before.health));
	const better = changed.filter((one) => !worse.includes(one));
	const idsOf = (some: readonly Finding[]): string[] => some.map(({ deal }) => deal.id);
	const planned = findings.filter(({ deal }) => deal.facts.plannedDay !== null);
	await closeAlerts(trx, [stateKind], 'opportunity', idsOf(worse), 'L’état de l’affaire a empiré : une nouvelle alerte la remplace.');
	await closeAlerts(trx, [stateKind], 'opportunity', idsOf(better), 'L’affaire va mieux.');
	await closeAlerts(trx, ['deal_next_step'], 'opportunity', idsOf(planned), 'Une prochaine activité est prévue.');
	const day = isoOf(toParis(now).day);
	await raiseAlerts(
		trx,
		worse.flatMap((finding) => alertOf(finding, day) ?? []),
	);
	return { worse: worse.length, better: better.length };
}

/**
 * Judges the open deals among these ids anew and writes what changed: state, reasons, money at risk and, on a change of state, its alert.
 * Closed deals lose their state and their alerts. The same day, with nothing changed, it writes nothing.
 */
export async function judgeDeals(trx: Knex, ids: readonly string[], ground: Ground, now: Date = clockNow()): Promise<Judged> {
	const today = toParis(now).day;
	const total: Judged = { deals: 0, worse: 0, better: 0 };
	for (const part of chunks([...new Set(ids)].toSorted(), partSize)) {
		await forgetClosed(trx, part);
		const deals = await readOpenDeals(trx, part, now, fromParis(today, 0));
		const findings = deals.map((deal): Finding => {
			const limit = ground.limits.get(deal.stage) ?? stageLimit({ targetDays: null, winnerDays: null, winnerCount: null }, ground.settings);
			const verdict = verdictOn(deal.facts, limit, ground.settings, today);
			return { deal, verdict, stored: { reasons: verdict.reasons, action: verdict.action, limit } };
		});
		await save(trx, findings, now);
		const { worse, better } = await announce(trx, findings, now);
		total.deals += deals.length;
		total.worse += worse;
		total.better += better;
	}
	return total;
}

/** A deal that is won or lost has no health any more. */
export async function forgetClosed(trx: Knex, ids: readonly string[]): Promise<void> {
	const closed = (await trx('opportunities')
		.whereIn('id', [...ids])
		.whereNotNull('closed_at')
		.whereNotNull('health')
		.pluck('id')) as string[];
	if (closed.length === 0) return;
	await trx('opportunities').whereIn('id', closed).update({ health: null, health_reasons: null, at_risk_cents: null, stalled_since: null, health_at: null });
	await closeAlerts(trx, dealKinds, 'opportunity', closed, 'L’affaire est close.');
}
