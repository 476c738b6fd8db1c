import { randomFrom } from '../../learners/random.ts';
import type { DealHistory, History } from './types.ts';

/** Tests: the first day of the made-up company, and a later one that is the first of a month (1 June 2026). */
export const firstDay = 20_000;
export const someMonday = 20_605;

const [stages, chances] = [['one', 'two'] as const, [0.3, 0.6] as const];

/**
 * Tests: a company with a steady pace: deals come at `perWeek`, are expected to close 60 days later, move to a second stage halfway, and are won with 45 % in
 * the end, some time around the expected date; one in eight is never closed.
 */
export function steadyCompany({ seed = 1, days = 800, perWeek = 4, amountCents = 1_000_000 } = {}): History {
	const random = randomFrom(seed);
	const deals: DealHistory[] = [];
	for (let born = firstDay; born < firstDay + days; born++) {
		if (random() >= perWeek / 7) continue;
		const closes = born + 60 + Math.floor((random() - 0.4) * 50);
		const [isWon, rots] = [random() < 0.45, random() < 0.125];
		const owner = random() < 0.6 ? 'lea' : 'paul';
		const expected = { amountCents, closeDay: born + 60 };
		deals.push({
			id: `deal-${born}`,
			owner,
			team: owner === 'lea' ? 'north' : 'south',
			versions: [
				{ day: born, stage: stages[0], probability: chances[0], ...expected },
				...(closes > born + 30 ? [{ day: born + 25, stage: stages[1], probability: chances[1], ...expected }] : []),
			],
			closedDay: rots && !isWon ? null : closes,
			won: isWon,
			amountCents,
			given: null,
		});
	}
	return {
		deals,
		subscriptions: Array.from({ length: 20 }, (_, index) => ({
			id: `sub-${index}`,
			owner: 'lea',
			team: 'north',
			changes: [{ day: firstDay, knownDay: firstDay, mrrCents: 50_000 }],
			endsDay: null,
			endKnownDay: null,
		})),
	};
}
