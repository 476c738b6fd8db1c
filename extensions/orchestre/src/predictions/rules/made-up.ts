import { randomFrom } from '../../learners/random.ts';
import { dayMs } from '../../platform/time/paris.ts';
import type { LeadHistory } from './leads.ts';
import type { DealHistory } from './deals.ts';

/** For tests: histories of which the outcome is known to depend on one thing, or on nothing. */
export const start = Date.parse('2025-01-06T08:00:00Z');

const logistic = (evidence: number): number => 1 / (1 + Math.exp(-evidence));

/** Leads, one every eight hours. `strength`: how much more likely those of the planted source (points 30 against 0) are converted, in log-odds. */
export function madeUpLeads(count: number, strength: number, { seed = 7, base = -1.4 } = {}): LeadHistory[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, (_, index) => {
		const created = start + index * (dayMs / 3) + Math.floor(random() * 3_600_000);
		const isGood = random() < 0.4;
		const fit = Math.floor(random() * 60);
		const isConverted = random() < logistic(base + strength * (isGood ? 0.6 : -0.4));
		const closed = created + (2 + random() * 30) * dayMs;
		const met = { source: { points: isGood ? 30 : 0, names: isGood ? ['Recommandé par quelqu’un'] : [] } };
		return {
			id: `lead-${index}`,
			created,
			scores: [{ at: created, points: fit, fit, engagement: 10, grade: 'ABCD'.charAt(3 - Math.floor(fit / 15)) + '2', met }],
			statuses: [
				{ at: created, to: 'new' },
				{ at: closed, to: isConverted ? 'converted' : 'lost' },
			],
			contacts: [],
			tasksDone: [],
		};
	});
}

/** Deals that go through four open stages; `strength`: how much several people that we talked to weigh, in log-odds. */
export function madeUpDeals(count: number, strength: number, { seed = 11 } = {}): DealHistory[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, (_, index) => {
		const created = start + index * (dayMs / 3) + Math.floor(random() * 3_600_000);
		const people = 1 + Math.floor(random() * 3);
		const isWon = random() < logistic(strength * (people - 2));
		const reached = isWon ? 4 : 1 + Math.floor(random() * 4);
		const amount = 500_000 + Math.floor(random() * 5_000_000);
		const closeDate = created + 40 * dayMs;
		const entry = { amount, closeDate, isWon: false };
		const entries = Array.from({ length: reached }, (_unused, step) => ({
			...entry,
			at: created + step * 8 * dayMs,
			position: step + 1,
			probability: 1000 + 2000 * step,
		}));
		const contacts = Array.from({ length: people }, (_unused, person) => ({
			at: created,
			knownAt: created,
			isInbound: false,
			isMeeting: false,
			isReached: true,
			person: `person-${index}-${person}`,
		}));
		return {
			id: `deal-${index}`,
			created,
			kind: 'new',
			source: 'website',
			isFromLead: true,
			openStages: 4,
			entries: [...entries, { ...entry, at: created + (reached * 8 + 3) * dayMs, position: null, isWon, probability: isWon ? 10_000 : 0 }],
			contacts,
			tasksDone: [],
			companyWon: [],
			companyLost: [],
		};
	});
}
