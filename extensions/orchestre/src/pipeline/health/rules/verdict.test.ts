import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { healthyDeal, shipped, today, twentyDays } from './made-up.ts';
import { states, type DealFacts, type Verdict } from './types.ts';
import { isWorse, verdictOn } from './verdict.ts';

const look = (over: Partial<DealFacts> = {}, settings = shipped, limit = twentyDays): Verdict => verdictOn(healthyDeal(over), limit, settings, today);
const codes = (verdict: Verdict): string[] => verdict.reasons.map(({ code }) => code);

const anyDeal: fc.Arbitrary<DealFacts> = fc.record({
	amountCents: fc.option(fc.integer({ min: 0, max: 2_000_000_000 })),
	probability: fc.integer({ min: 0, max: 10_000 }),
	stageDay: fc.integer({ min: today - 400, max: today }),
	activityDay: fc.integer({ min: today - 400, max: today }),
	plannedDay: fc.option(fc.integer({ min: today, max: today + 400 })),
	closeDay: fc.option(fc.integer({ min: today - 200, max: today + 400 })),
	pushes: fc.integer({ min: 0, max: 9 }),
	contacts: fc.integer({ min: 0, max: 5 }),
	contact: fc.option(fc.constant('Ana Roux')),
});
const rank = (deal: DealFacts): number => states.indexOf(verdictOn(deal, twentyDays, shipped, today).state);

describe('a deal that moves', () => {
	it('is well, has nothing at risk and asks for nothing', () =>
		expect(look()).toMatchObject({ state: 'good', reasons: [], atRiskCents: 0, action: null, idleSince: null }));
});

describe('each thing that is wrong is said', () => {
	it.each<[string, Partial<DealFacts>, string]>([
		['idle', { activityDay: today - 14, plannedDay: null }, 'Aucune activité depuis 14 jours, et rien de prévu (seuil : 14 jours).'],
		[
			'aged',
			{ stageDay: today - 21 },
			'Dans cette étape depuis 21 jours : la durée cible de l’étape est de 20 jours (3 gains seulement, trop peu pour s’y fier).',
		],
		['overdue', { closeDay: today - 1 }, 'La signature était prévue il y a 1 jour, et l’affaire est toujours ouverte.'],
		['pushed', { pushes: 2 }, 'Signature repoussée 2 fois.'],
		['no_next_step', { plannedDay: null }, 'Aucune activité n’est prévue dans les 30 jours qui viennent.'],
		['single_contact', { contacts: 1 }, 'Un seul contact chez le client : s’il part, l’affaire part avec lui.'],
		['single_contact', { contacts: 0, amountCents: 100 }, 'Aucun contact n’est rattaché à l’affaire.'],
		['no_amount', { amountCents: null }, 'Aucun montant : l’affaire ne compte pas dans la prévision.'],
	])('%s', (code, over, text) => expect(look(over).reasons).toContainEqual(expect.objectContaining({ code, text })));

	it('and only from the threshold on', () => {
		expect(codes(look({ activityDay: today - 13, plannedDay: null }))).toEqual(['no_next_step']);
		expect(codes(look({ stageDay: today - 20, closeDay: today, pushes: 1 }))).toEqual([]);
		expect(codes(look({ contacts: 1, amountCents: 999_999 }))).toEqual([]);
	});
	it('with the share of winners where there are enough of them', () =>
		expect(look({ stageDay: today - 41 }, shipped, { days: 19, winners: 64, source: 'winners' }).reasons[0]?.text).toBe(
			'Dans cette étape depuis 41 jours : 80 % des affaires gagnées en sortent en 19 jours au plus (64 gains).',
		));
});

describe('a planned activity is respected', () => {
	const stuck = { activityDay: today - 60, stageDay: today - 60, plannedDay: null };
	it('nobody is called idle while something is planned', () => {
		expect(look(stuck)).toMatchObject({ state: 'bad', idleSince: today - 60 });
		expect(look({ ...stuck, plannedDay: today + 2 })).toMatchObject({ state: 'good', idleSince: null });
	});
	it('unless it is planned for next year', () => expect(look({ ...stuck, plannedDay: today + 31 }).state).toBe('bad'));
});

describe('money at risk', () => {
	it('is what the deal may still bring, when it is not well', () => {
		expect(look({ pushes: 3 })).toMatchObject({ state: 'watch', atRiskCents: 1_000_000 });
		expect(look({ pushes: 2 })).toMatchObject({ state: 'good', atRiskCents: 0 });
	});
});

describe('the action', () => {
	it('is one, for the cause that comes first, with the name of the contact', () => {
		expect(look({ activityDay: today - 40, plannedDay: null, pushes: 4 }).action).toEqual({
			kind: 'call',
			title: 'Relancer Ana Roux',
			text: 'Appelez Ana Roux, notez l’échange et fixez une prochaine étape datée.',
			days: 1,
		});
		expect(look({ plannedDay: null, contact: null }).action).toMatchObject({ title: 'Convenir de la prochaine étape avec le client', days: 3 });
	});
});

describe('whatever the deal', () => {
	it('more amount never lowers the money at risk', () =>
		fc.assert(
			fc.property(anyDeal, fc.integer({ min: 1, max: 100_000_000 }), (deal, more) => {
				const [less, richer] = [deal, { ...deal, amountCents: (deal.amountCents ?? 0) + more }].map((one) => verdictOn(one, twentyDays, shipped, today));
				// Giving a deal its first amount takes one fault away: it may then be well, and had nothing at risk before.
				expect(richer?.atRiskCents ?? 0).toBeGreaterThanOrEqual(less?.atRiskCents ?? 0);
			}),
		));
	it('a planned activity or a contact more, and a push less, never make it worse', () =>
		fc.assert(
			fc.property(anyDeal, (deal) => {
				for (const better of [{ plannedDay: today + 1 }, { contacts: deal.contacts + 1 }, { pushes: Math.max(0, deal.pushes - 1) }, { activityDay: today }])
					expect(rank({ ...deal, ...better })).toBeLessThanOrEqual(rank(deal));
			}),
		));
	it('one more day never makes it better while nothing is planned', () =>
		fc.assert(
			fc.property(anyDeal, (deal) => {
				const idle = { ...deal, plannedDay: null };
				const [now, later] = [today, today + 1].map((day) => states.indexOf(verdictOn(idle, twentyDays, shipped, day).state));
				expect(later).toBeGreaterThanOrEqual(now ?? 0);
			}),
		));
	it('who is not well has something to do, who has nothing wrong has nothing to do', () =>
		fc.assert(
			fc.property(anyDeal, (deal) => {
				const { reasons, action, atRiskCents, state } = verdictOn(deal, twentyDays, shipped, today);
				expect(action === null).toBe(reasons.length === 0);
				expect(atRiskCents === 0 || state !== 'good').toBe(true);
			}),
		));
});

it('a state is worse than better ones, and than none when it is not good', () => {
	expect(isWorse('watch', null)).toBe(true);
	expect(isWorse('good', null)).toBe(false);
	expect(isWorse('bad', 'watch')).toBe(true);
	expect(isWorse('watch', 'bad')).toBe(false);
});
