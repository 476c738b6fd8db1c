import { dayOrNull } from '../../../platform/columns.ts';
import { dayOf, dayMs, fromParis } from '../../../platform/time/paris.ts';
import { groupedBy, momentOf, type Row } from '../../../predictions/data/rows.ts';
import type { Spell, Step } from '../rules/spells.ts';

/** A `date` column as the beginning of that day in Paris, in ms. */
export function beginningOf(value: unknown): number | null {
	const day = dayOrNull(value);
	const number = day === null ? null : dayOf(day);
	return number === null ? null : fromParis(number, 0).getTime();
}

const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/** The notice that stands: the last one asked for that was not withdrawn; without a history, what the subscription itself says. */
function noticeOf(subscription: Row, changes: readonly Row[]): number | null {
	const last = changes.findLast(({ kind }) => kind === 'cancellation' || kind === 'retention' || kind === 'reactivation');
	if (last) return last['kind'] === 'cancellation' ? beginningOf(last['changed_on']) : null;
	return subscription['status'] === 'cancelled' || subscription['status'] === 'ended' ? beginningOf(subscription['cancelled_on']) : null;
}

function revenueOf(subscription: Row, changes: readonly Row[], start: number): Step[] {
	const steps = changes.map((row) => ({ at: beginningOf(row['changed_on']) ?? start, known: momentOf(row['recorded_at']), cents: Number(row['mrr_after_cents'] ?? 0) }));
	if (steps.length > 0) return steps;
	const billed = Math.round(Number(subscription['period_net_cents'] ?? 0) / (months[String(subscription['period'])] ?? 1));
	return [{ at: start, known: start, cents: Number(subscription['mrr_cents'] ?? 0) || billed }];
}

/** Rows of one day in the order in which they took effect: a renewal comes before what it changed. */
const inOrder = (one: Row, two: Row): number =>
	(beginningOf(one['changed_on']) ?? 0) - (beginningOf(two['changed_on']) ?? 0) || Number(two['kind'] === 'renewal') - Number(one['kind'] === 'renewal');

function subscriptionSpell(subscription: Row, unordered: readonly Row[]): Spell | null {
	const start = beginningOf(subscription['started_on']);
	if (start === null) return null;
	const changes = unordered.toSorted(inOrder);
	const cuts = changes.flatMap((row) => (row['kind'] === 'contraction' ? [momentOf(row['recorded_at'])] : []));
	const isBack = changes.findLast(({ kind }) => kind === 'end' || kind === 'reactivation')?.['kind'] === 'reactivation';
	const end = isBack && subscription['status'] === 'active' ? null : beginningOf(subscription['ends_on']);
	return { start, gone: noticeOf(subscription, changes), end, isContract: false, revenue: revenueOf(subscription, changes, start), cuts };
}

/** A contract that nobody renewed ends; one that another follows within two months does not. */
const successionMs = 60 * dayMs;

function contractSpell(contract: Row, all: readonly Row[]): Spell | null {
	const start = beginningOf(contract['starts_on'] ?? contract['signed_on']);
	if (start === null) return null;
	const ends = beginningOf(contract['ends_on']);
	const isFollowed = ends !== null && all.some((other) => {
		const begins = beginningOf(other['starts_on'] ?? other['signed_on']);
		return other['id'] !== contract['id'] && begins !== null && begins > start && Math.abs(begins - ends) <= successionMs;
	}); // prettier-ignore
	const end = contract['renewal'] === 'tacit' || isFollowed ? null : ends;
	return { start, gone: contract['status'] === 'terminated' ? beginningOf(contract['terminated_on']) : null, end, isContract: true, revenue: [], cuts: [] };
}

/** Subscriptions with their changes, and recurring contracts without a subscription of their own, by client. */
export function spellsOf(subscriptions: readonly Row[], changes: readonly Row[], contracts: readonly Row[]): Map<string, Spell[]> {
	const changesOf = groupedBy(changes, ({ subscription }) => subscription);
	const spells = new Map<string, Spell[]>();
	const add = (company: unknown, spell: Spell | null): void => {
		if (spell) spells.set(String(company), [...(spells.get(String(company)) ?? []), spell]);
	};
	for (const row of subscriptions) add(row['company'], subscriptionSpell(row, changesOf.get(String(row['id'])) ?? []));
	for (const [company, own] of groupedBy(contracts, (row) => row['company'])) for (const row of own) add(company, contractSpell(row, own));
	return spells;
}
