import { dayMs } from '../../platform/time/paris.ts';
import { usageChange, usageState, type ClientFacts } from '../../success/churn/rules/facts.ts';
import { isLeftBetween, runningAt, type Spell } from '../../success/churn/rules/spells.ts';
import { luck } from './draw.ts';
import type { Feature, Subject } from './types.ts';

/** A client in time: subscriptions and contracts, and what was known of it at each moment at which it is looked at (`points`: warning signs, of 100). */
export type ClientHistory = { id: string; spells: readonly Spell[]; looks: ReadonlyMap<number, { facts: ClientFacts; points: number }> };

const featureOf = (name: string, kind: Feature<ClientHistory>['kind'], of: (facts: ClientFacts) => number | string | null): Feature<ClientHistory> => ({
	name,
	kind,
	of: ({ looks }, at) => {
		const look = looks.get(at);
		return look ? of(look.facts) : null;
	},
});

const features: readonly Feature<ClientHistory>[] = [
	featureOf('client_since', 'date', ({ since }) => since),
	featureOf('modules', 'number', ({ modules }) => modules),
	featureOf('mrr', 'number', ({ mrr }) => mrr),
	featureOf('mrr_change', 'number', ({ mrrChange }) => mrrChange),
	featureOf('contractions', 'number', ({ contractions }) => contractions),
	featureOf('to_renewal', 'number', ({ toRenewal }) => toRenewal),
	featureOf('usage', 'number', ({ usage }) => usage),
	featureOf('usage_change', 'number', usageChange),
	featureOf('product_users', 'number', ({ users }) => users),
	featureOf('users_change', 'number', ({ users, usersBefore }) => (usersBefore > 0 ? users / usersBefore : null)),
	featureOf('last_usage', 'date', ({ lastUsage }) => lastUsage),
	featureOf('tickets', 'number', ({ tickets }) => tickets),
	featureOf('tickets_burning', 'number', ({ ticketsBurning }) => ticketsBurning),
	featureOf('tickets_open', 'number', ({ ticketsOpen }) => ticketsOpen),
	featureOf('overdue', 'number', ({ overdue }) => overdue),
	featureOf('overdue_days', 'number', ({ overdueDays }) => overdueDays),
	featureOf('paid_late', 'number', ({ paidLate }) => paidLate),
	featureOf('client_contacts', 'number', ({ contacts }) => contacts),
	featureOf('last_exchange', 'date', ({ lastContact }) => lastContact),
	featureOf('satisfaction', 'number', ({ satisfaction }) => satisfaction),
	featureOf('milestones_late', 'number', ({ milestonesLate }) => milestonesLate),
	featureOf('health', 'number', ({ health }) => health),
];

/** A client that has just begun says little yet. */
const firstLookDays = 30;

/**
 * The moments up to `until` at which a client is looked at: every horizon from one that is drawn from its beginning, as long as something
 * runs of which nobody has said that it stops. So a departure counts once, no two outcomes overlap, and when a client is looked at does not
 * depend on how it ended.
 */
export function momentsOf(spells: readonly Spell[], { horizonMs, until }: { horizonMs: number; until: number }): number[] {
	const begun = Math.min(...spells.map(({ start }) => start));
	const moments: number[] = [];
	for (let at = begun + firstLookDays * dayMs + Math.floor(luck(begun, 0) * horizonMs); at <= until; at += horizonMs)
		if (runningAt(spells, at).length > 0) moments.push(at);
	return moments;
}

/** Clients: will a subscription or contract be given up, or not renewed, within the horizon? Looked at where the reader found them (`momentsOf`). */
export const churnSubject: Subject<ClientHistory> = {
	target: 'churn',
	features,
	cutOffs: ({ looks }) => [...looks.keys()],
	isWonAt: ({ spells }, at, from) => isLeftBetween(spells, from, at),
	pointsAt: ({ looks }, at) => looks.get(at)?.points ?? 0,
	groupAt: ({ looks }, at) => {
		const look = looks.get(at);
		return look ? usageState(look.facts) : 'unknown';
	},
};
