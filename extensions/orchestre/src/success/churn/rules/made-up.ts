import { randomFrom } from '../../../learners/random.ts';
import { momentsOf, type ClientHistory } from '../../../predictions/rules/churn.ts';
import { dayMs } from '../../../platform/time/paris.ts';
import type { ClientFacts } from './facts.ts';
import { indexFromSigns } from './risk.ts';
import { shippedWeights } from './signals.ts';
import type { Spell } from './spells.ts';

/** For tests: clients of which the outcome is known to depend on their usage, or on nothing. */
export const start = Date.parse('2023-01-02T08:00:00Z');

/** A client about whom nothing is remarkable. */
export const calm: ClientFacts = {
	since: start,
	modules: 1,
	mrr: 50_000,
	mrrChange: 1,
	contractions: 0,
	toRenewal: 200,
	usage: 20,
	usageBefore: 20,
	users: 4,
	usersBefore: 4,
	lastUsage: start,
	tickets: 1,
	ticketsBurning: 0,
	ticketsOpen: 0,
	overdue: 0,
	overdueDays: 0,
	paidLate: 0,
	contacts: 2,
	lastContact: start,
	satisfaction: null,
	milestonesLate: 0,
	health: null,
};

export const spell = (over: Partial<Spell> = {}): Spell => ({
	start,
	since: over.start ?? start,
	gone: null,
	withdrawn: [],
	end: null,
	followed: null,
	renews: null,
	renewalMonths: 12,
	isContract: false,
	revenue: [{ at: start, known: start, cents: 50_000 }],
	cuts: [],
	...over,
});

/** Clients that begin one after the other and are followed for three years. `strength`: how much more likely those leave whose usage has fallen, in log-odds. */
export function madeUpClients(
	count: number,
	strength: number,
	{ seed = 13, base = -2.6, horizonMs = 90 * dayMs, until = start + 1095 * dayMs } = {},
): ClientHistory[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, (_, index) => {
		const begun = start + Math.floor((index * 500 * dayMs) / count) + Math.floor(random() * 3_600_000);
		const looks = new Map<number, { facts: ClientFacts; points: number }>();
		let gone: number | null = null;
		for (const at of momentsOf([spell({ start: begun })], { horizonMs, until })) {
			const isFalling = random() < 0.25;
			const facts: ClientFacts = {
				...calm,
				since: begun,
				lastUsage: at - dayMs,
				usage: isFalling ? 4 : 18 + Math.floor(random() * 6),
				tickets: Math.floor(random() * 4),
				mrr: 20_000 + Math.floor(random() * 80_000),
				lastContact: at - Math.floor(random() * 40) * dayMs,
			};
			looks.set(at, { facts, points: indexFromSigns(facts, at, { ...shippedWeights, usage: 0 }).index });
			if (random() < 1 / (1 + Math.exp(-(base + strength * (isFalling ? 0.75 : -0.25))))) {
				gone = at + Math.floor((0.1 + 0.8 * random()) * horizonMs);
				break;
			}
		}
		return { id: `client-${index}`, spells: [spell({ start: begun, gone })], looks };
	});
}
