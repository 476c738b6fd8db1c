import { describe, expect, it } from 'vitest';
import { churnSubject, momentsOf } from '../../../predictions/rules/churn.ts';
import { looksOf, sampleOf } from '../../../predictions/rules/training.ts';
import { dayMs, dayOf, fromParis, toParis, weekday } from '../../../platform/time/paris.ts';
import { isWorkingDayNumber, workingCalendar } from '../../../platform/time/working-time.ts';
import { usageState } from './facts.ts';
import { atStake, episodeKey, expectedCents, isHeldOut } from './episode.ts';
import { incentiveFor } from './incentive.ts';
import { calm, madeUpClients, spell, start } from './made-up.ts';
import { ofName } from '../churn-interface/texts.ts';
import { planFault, stepsFor, stepsOf } from './plan.ts';
import { indexFromSigns, indexOf } from './risk.ts';
import { shippedWeights, signsOf } from './signals.ts';
import { firstFree } from './slot.ts';
import { isLeftBetween, isRunning } from './spells.ts';
import { wilson } from '../../interval.ts';
import { upliftOf } from './uplift.ts';

const horizonMs = 90 * dayMs;

describe('the label', () => {
	it('is a subscription or contract that ran then and was given up or ended within the horizon', () => {
		const gone = [spell({ gone: start + 100 * dayMs })];
		expect(isLeftBetween(gone, start + 20 * dayMs, start + 110 * dayMs)).toBe(true);
		expect(isLeftBetween(gone, start + 5 * dayMs, start + 95 * dayMs)).toBe(false);
		expect(isLeftBetween([spell({ end: start + 100 * dayMs })], start + 20 * dayMs, start + 110 * dayMs)).toBe(true);
		expect(isLeftBetween([spell(), spell({ gone: start + 30 * dayMs })], start, start + 90 * dayMs), 'one of two').toBe(true);
		expect(isLeftBetween([spell({ start: start + 10 * dayMs, gone: start + 20 * dayMs })], start, start + 90 * dayMs), 'begun after the look').toBe(false);
	});

	it('counts each departure once: the looks at a client lie a horizon apart and stop with its notice', () => {
		const clients = madeUpClients(300, 3);
		const { matured } = looksOf(churnSubject, clients, { now: start + 1095 * dayMs, horizonMs });
		const { labels } = sampleOf(churnSubject, matured, horizonMs);
		const left = clients.filter(({ spells: [own] }) => own?.gone !== null && (own?.gone ?? Infinity) <= start + 1095 * dayMs).length;
		const positives = Array.from(labels).filter((label) => label === 1).length;
		expect(positives).toBeGreaterThan(50);
		expect(positives).toBeLessThanOrEqual(left);
		for (const { spells, looks } of clients) {
			const moments = [...looks.keys()];
			expect(moments.every((at, index) => index === 0 || at - (moments[index - 1] as number) === horizonMs)).toBe(true);
			expect(moments.every((at) => spells.some((own) => isRunning(own, at)))).toBe(true);
		}
	});

	it('is looked at when its end has no say: the same client that stays is looked at at the same moments, and longer', () => {
		const [stays, goes] = [[spell()], [spell({ gone: start + 400 * dayMs })]].map((own) => momentsOf(own, { horizonMs, until: start + 800 * dayMs }));
		expect(goes?.length).toBeGreaterThan(2);
		expect(stays?.slice(0, goes?.length)).toEqual(goes);
		expect(stays?.length).toBeGreaterThan(goes?.length ?? 0);
	});
});

describe('the index', () => {
	it('grows with the probability and with nothing else, and is the chance of leaving within a year', () => {
		const all = Array.from({ length: 1001 }, (_, step) => indexOf(step / 1000, 90));
		expect(all.every((index, place) => place === 0 || index >= (all[place - 1] as number))).toBe(true);
		expect([all[0], all[1000], indexOf(0.1, 90), indexOf(0.26, 90), indexOf(0.44, 90)]).toEqual([0, 100, 35, 71, 90]);
		expect(indexOf(0.3, 365)).toBe(30);
	});

	it('without a model is the sum of its reasons, at most 100', () => {
		const bad = { ...calm, usage: 0, ticketsBurning: 3, overdue: 2, overdueDays: 40, satisfaction: 20, contractions: 1, mrrChange: 0.5, toRenewal: 10 };
		for (const facts of [calm, bad, { ...calm, usage: 8 }, { ...calm, overdue: 1, overdueDays: 1 }]) {
			const { index, signs, capped } = indexFromSigns(facts, start + 20 * dayMs, shippedWeights);
			expect(signs.reduce((sum, { points }) => sum + points, 0) + capped).toBe(index);
			expect(index).toBeGreaterThanOrEqual(0);
			expect(index).toBeLessThanOrEqual(100);
		}
		expect(indexFromSigns(calm, start + 20 * dayMs, shippedWeights).index).toBe(0);
		expect(indexFromSigns(bad, start + 20 * dayMs, shippedWeights)).toMatchObject({ index: 100, capped: expect.any(Number) });
	});

	it('follows the weights of the settings: no weight, no sign', () => {
		const facts = { ...calm, usage: 0, overdue: 1, overdueDays: 30 };
		expect(signsOf(facts, start, shippedWeights).map(({ signal, points }) => [signal, points])).toEqual([
			['usage', 45],
			['payments', 25],
		]);
		expect(signsOf(facts, start, { ...shippedWeights, usage: 0, payments: 33 })).toMatchObject([{ signal: 'payments', points: 33 }]);
	});

	it('says in French what it stands on', () => {
		const texts = signsOf(
			{ ...calm, usage: 8, ticketsOpen: 1, ticketsBurning: 2, lastContact: start - 100 * dayMs, milestonesLate: 2 },
			start,
			shippedWeights,
		).map(({ text }) => text);
		expect(texts).toEqual(
			expect.arrayContaining([
				'Usage en baisse de 60 % sur 30 jours',
				'2 tickets hors délai, 1 ticket ouvert (90 jours)',
				'Aucun échange depuis 100 jours',
				'2 jalons en retard',
			]),
		);
	});

	it('knows a client without any usage record from one that has stopped', () => {
		expect([{ usage: 0, usageBefore: 0, lastUsage: null }, { usage: 0, usageBefore: 9, lastUsage: 1 }, { usage: 5, usageBefore: 10, lastUsage: 1 }, { usage: 9, usageBefore: 10, lastUsage: 1 }].map(usageState)).toEqual(['unknown', 'none', 'down', 'steady']); // prettier-ignore
	});
});

describe('an episode', () => {
	it('is held out by its own key alone, in about the share that is set', () => {
		const keys = Array.from({ length: 4000 }, (_, index) => episodeKey(`company-${index}`, '2026-11-22'));
		expect(keys.some((key) => isHeldOut(key, 0))).toBe(false);
		expect(keys.every((key) => isHeldOut(key, 10_000))).toBe(true);
		const held = keys.filter((key) => isHeldOut(key, 2000));
		expect(held.length / keys.length).toBeCloseTo(0.2, 1);
		expect(
			held.every((key) => isHeldOut(key, 3000)),
			'a larger share keeps who was held out',
		).toBe(true);
	});

	it('is worth a year’s revenue, times the chance of losing it, times what such work saves', () => {
		expect(atStake(100_000)).toBe(1_200_000);
		expect(expectedCents({ mrrCents: 100_000, index: 80, probability: null, horizonDays: 90, saveRate: 2000 })).toBe(192_000);
		expect(expectedCents({ mrrCents: 100_000, index: 35, probability: 0.1, horizonDays: 365, saveRate: 2000 })).toBe(24_000);
	});

	it('asks for a discount on some months, which a manager may grant up to a limit', () => {
		expect(incentiveFor(90_000, { rate: 1000, months: 3 })).toMatchObject({
			cents: 27_000,
			text: expect.stringMatching(/^Remise de 10.% pendant 3 mois, soit 270.€ HT$/),
		});
		expect([incentiveFor(0, { rate: 1000, months: 3 }), incentiveFor(90_000, { rate: 0, months: 3 })]).toEqual([null, null]);
	});

	it('takes its steps from the settings, whatever somebody wrote there', () => {
		expect(
			stepsFor(
				[{ title: 'Appeler {client}', kind: 'call', priority: 'urgent', delay: 2, minutes: 15 }, { title: '  ' }, { title: 'Écrire', kind: 'fax', delay: -4 }],
				'Durand',
			),
		).toEqual([
			{ title: 'Appeler Durand', kind: 'call', priority: 'urgent', days: 2, minutes: 15 },
			{ title: 'Écrire', kind: 'todo', priority: 'high', days: 0, minutes: 30 },
		]);
	});
});

describe('a check-in', () => {
	const calendar = workingCalendar({ opens_at: '09:00:00', closes_at: '18:00:00', alsace_moselle: false });
	const free = { busy: [], awayOn: () => false, workingDays: [1, 2, 3, 4, 5] };
	const day = (iso: string): number => dayOf(iso) ?? 0;
	const hour = 3_600_000;

	it('is on a French working day within working hours', () => {
		// Christmas 2026 is a Friday.
		const slot = firstFree(fromParis(day('2026-12-24'), 17 * hour), 30, free, calendar);
		expect(toParis(slot?.from ?? new Date(0))).toEqual({ day: day('2026-12-28'), time: 10 * hour });
		for (let asked = day('2026-11-20'); asked < day('2027-01-10'); asked++) {
			const { from, to } = firstFree(fromParis(asked, 8 * hour), 30, free, calendar) as { from: Date; to: Date };
			expect(isWorkingDayNumber(toParis(from).day, calendar) && weekday(toParis(from).day) <= 5).toBe(true);
			expect(toParis(from).time >= 9 * hour && toParis(to).time <= 18 * hour).toBe(true);
		}
	});

	it('is not on what is booked, not on an absence, not on a day off', () => {
		const monday = day('2026-11-23');
		const busy = [{ from: fromParis(monday, 10 * hour).getTime(), to: fromParis(monday, 10.5 * hour).getTime() }];
		const first = (over: object) => toParis(firstFree(fromParis(monday, 9 * hour), 30, { ...free, ...over }, calendar)?.from ?? new Date(0));
		expect(first({ busy })).toEqual({ day: monday, time: 10.5 * hour });
		expect(first({ awayOn: (one: number) => one <= monday + 1 }).day).toBe(monday + 2);
		expect(first({ workingDays: [4, 5] }).day).toBe(monday + 3);
		expect(firstFree(fromParis(monday, 9 * hour), 30, { ...free, awayOn: () => true }, calendar)).toBeNull();
	});
});

describe('the effect', () => {
	it('has the intervals of Wilson and Newcombe', () => {
		// Newcombe 1998, table II, example (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339.
		expect(wilson(56 / 70, 70)).toMatchObject({ low: expect.closeTo(0.6921, 3), high: expect.closeTo(0.8771, 3) });
		expect(upliftOf({ n: 70, saved: 56 }, { n: 80, saved: 48 })).toMatchObject({
			difference: expect.closeTo(0.2, 6),
			low: expect.closeTo(0.0524, 4),
			high: expect.closeTo(0.3339, 4),
		});
	});

	it('is not told of few', () => {
		expect([upliftOf({ n: 19, saved: 10 }, { n: 200, saved: 20 }), upliftOf({ n: 200, saved: 10 }, { n: 19, saved: 2 })]).toEqual([null, null]);
	});
});

describe('the panel', () => {
	it('writes names as French does', () => {
		expect(['Inès', 'Hélène', 'Émile', 'Paul', 'Zoé'].map(ofName)).toEqual(['d’Inès', 'd’Hélène', 'd’Émile', 'de Paul', 'de Zoé']);
	});
});

describe('a stored plan', () => {
	it('is read as far as it is one, and its faults are told by the task', () => {
		expect(stepsOf({ a: 1 })).toEqual([]);
		expect(stepsOf([null, { title: 'x', delay: 'y' }])).toEqual([{ title: 'x', kind: null, priority: null, delay: null, minutes: null }]);
		expect([planFault(null), planFault([]), planFault([{ title: 'x' }]), planFault('[{"title":"x"}]')]).toEqual([null, null, null, null]);
		expect(planFault([{ title: 'x' }, { title: 'y', minutes: 0 }])).toBe('Plan de rétention, tâche 2 : la durée va de 1 à 480 minutes.');
	});
});
