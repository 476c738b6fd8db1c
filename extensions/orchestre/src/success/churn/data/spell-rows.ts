import { dayNumberOrNull } from '../../../platform/columns.ts';
import { plusMonths } from '../../../platform/time/months.ts';
import { dayMs, fromParis, toParis } from '../../../platform/time/paris.ts';
import { groupedBy, momentOf, msOf, type Row } from '../../../predictions/data/rows.ts';
import type { Spell, Step } from '../rules/spells.ts';

/** A `date` column as the beginning of that day in Paris, in ms. */
export function beginningOf(value: unknown): number | null {
	const number = dayNumberOrNull(value);
	return number === null ? null : fromParis(number, 0).getTime();
}

const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/**
 * What the row says now, for a subscription without a history: it was known from its last change on, and of the time before nothing is known
 * (docs/decisions/112). The product writes a history since, see ../changes.ts.
 */
function revenueNow(subscription: Row, start: number): Step[] {
	const billed = Math.round(Number(subscription['period_net_cents'] ?? 0) / (months[String(subscription['period'])] ?? 1));
	const known = msOf(subscription['date_updated']) ?? msOf(subscription['date_created']) ?? start;
	return [{ at: start, known, cents: Number(subscription['mrr_cents'] ?? 0) || billed }];
}

function revenueOf(subscription: Row, changes: readonly Row[], start: number): Step[] {
	if (changes.length === 0) return revenueNow(subscription, start);
	return changes.map((row) => ({ at: beginningOf(row['changed_on']) ?? start, known: momentOf(row['recorded_at']), cents: Number(row['mrr_after_cents'] ?? 0) }));
}

/** Rows of one day in the order in which they took effect: a renewal comes before what it changed. */
const inOrder = (one: Row, two: Row): number =>
	(beginningOf(one['changed_on']) ?? 0) - (beginningOf(two['changed_on']) ?? 0) ||
	Number(two['kind'] === 'renewal') - Number(one['kind'] === 'renewal') ||
	momentOf(one['recorded_at']) - momentOf(two['recorded_at']);

type Stretch = { start: number; gone: number | null; withdrawn: { from: number; to: number }[]; end: number | null };

/** The times for which a subscription ran: notices that were withdrawn stay known, and who comes back after an end begins anew. */
function stretchesOf(changes: readonly Row[], start: number): [Stretch, ...Stretch[]] {
	const stretches: [Stretch, ...Stretch[]] = [{ start, gone: null, withdrawn: [], end: null }];
	for (const row of changes) {
		const at = beginningOf(row['changed_on']) ?? start;
		const last = stretches.at(-1) ?? stretches[0];
		const isBack = row['kind'] === 'reactivation' || row['kind'] === 'retention';
		if (row['kind'] === 'cancellation') last.gone ??= at;
		else if (row['kind'] === 'end') last.end = at;
		else if (isBack && last.end !== null) stretches.push({ start: at, gone: null, withdrawn: [], end: null });
		else if (isBack && last.gone !== null) {
			last.withdrawn.push({ from: last.gone, to: at });
			last.gone = null;
		}
	}
	return stretches;
}

/** What the subscription itself says of its last stretch, where its history does not. */
function complete(last: Stretch, subscription: Row): void {
	const since = last.withdrawn.at(-1)?.to ?? last.start;
	const isOver = subscription['status'] === 'cancelled' || subscription['status'] === 'ended';
	const [cancelled, ends] = [beginningOf(subscription['cancelled_on']), beginningOf(subscription['ends_on'])];
	if (isOver && cancelled !== null && cancelled >= since) last.gone ??= cancelled;
	if (ends !== null && ends > since) last.end ??= ends;
}

function subscriptionSpells(subscription: Row, unordered: readonly Row[]): Spell[] {
	const start = beginningOf(subscription['started_on']);
	if (start === null) return [];
	const changes = unordered.toSorted(inOrder);
	const stretches = stretchesOf(changes, start);
	complete(stretches.at(-1) ?? stretches[0], subscription);
	const revenue = revenueOf(subscription, changes, start);
	const cuts = changes.flatMap((row) => (row['kind'] === 'contraction' ? [momentOf(row['recorded_at'])] : []));
	const own = (index: number): number[] =>
		cuts.filter((cut) => (index === 0 || cut >= (stretches[index]?.start ?? 0)) && cut < (stretches[index + 1]?.start ?? Infinity));
	return stretches.map((stretch, index) => {
		const renews = plusMonths(toParis(new Date(stretch.start)).day, 12);
		return { ...stretch, since: stretch.start, followed: null, renews, renewalMonths: 12, isContract: false, revenue, cuts: own(index) };
	});
}

/** A contract that begins this near to the end of another follows it. */
const successionMs = 60 * dayMs;

type Contract = { row: Row; begins: number; signed: number; ends: number | null };

function contractOf(row: Row): Contract[] {
	const begins = beginningOf(row['starts_on'] ?? row['signed_on']);
	return begins === null ? [] : [{ row, begins, signed: beginningOf(row['signed_on']) ?? begins, ends: beginningOf(row['ends_on']) }];
}

const followerOf = ({ row, begins, ends }: Contract, all: readonly Contract[]): Contract | undefined =>
	ends === null
		? undefined
		: all.filter((other) => other.row['id'] !== row['id'] && other.begins > begins && Math.abs(other.begins - ends) <= successionMs).toSorted((one, two) => one.signed - two.signed)[0]; // prettier-ignore

/** The contracts of one client. One that is followed has its own end; that it is followed is known from the other's signature on. */
function contractSpells(rows: readonly Row[]): Spell[] {
	const contracts = rows.flatMap(contractOf).toSorted((one, two) => one.begins - two.begins);
	const since = new Map<unknown, number>();
	return contracts.map((contract): Spell => {
		const { row, begins, signed, ends } = contract;
		// Nobody knew of a contract before it was signed.
		const start = Math.max(begins, signed);
		const follower = followerOf(contract, contracts);
		const isTacit = row['renewal'] === 'tacit';
		const first = since.get(row['id']) ?? start;
		if (follower && !since.has(follower.row['id'])) since.set(follower.row['id'], first);
		return {
			start,
			since: first,
			gone: row['status'] === 'terminated' ? beginningOf(row['terminated_on']) : null,
			withdrawn: [],
			// One that goes on by itself lasts until the other has begun.
			end: !isTacit ? ends : follower && ends !== null ? Math.max(ends, follower.begins, follower.signed) : null,
			followed: follower?.signed ?? null,
			renews: isTacit && !follower ? dayNumberOrNull(row['ends_on']) : null,
			renewalMonths: Number(row['renewal_months'] ?? 0) || 12,
			isContract: true,
			revenue: [],
			cuts: [],
		};
	});
}

/** Subscriptions with their changes, and recurring contracts without a subscription of their own, by client. */
export function spellsOf(subscriptions: readonly Row[], changes: readonly Row[], contracts: readonly Row[]): Map<string, Spell[]> {
	const changesOf = groupedBy(changes, ({ subscription }) => subscription);
	const spells = new Map<string, Spell[]>();
	const add = (company: unknown, own: readonly Spell[]): void => {
		if (own.length > 0) spells.set(String(company), [...(spells.get(String(company)) ?? []), ...own]);
	};
	for (const row of subscriptions) add(row['company'], subscriptionSpells(row, changesOf.get(String(row['id'])) ?? []));
	for (const [company, own] of groupedBy(contracts, (row) => row['company'])) add(company, contractSpells(own));
	return spells;
}
