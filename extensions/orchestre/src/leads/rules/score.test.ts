import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leadFacts, type LeadFacts } from './facts.ts';
import { compileRules, decayed, gradeOf, scoreLead } from './score.ts';
import { alone, daysBefore, lead, monday, rule, settings } from './test-leads.ts';
import type { Lead, Operator, ScoringRule, Surroundings } from './types.ts';

const thresholds = settings();
const facts = (changes: Partial<Lead> = {}, around: Surroundings = alone): LeadFacts => leadFacts(lead(changes), around);
const score = (rules: ScoringRule[], changes: Partial<Lead> = {}, around: Surroundings = alone) =>
	scoreLead(facts(changes, around), compileRules(rules), thresholds, monday);
const meets = (changes: Partial<ScoringRule>, of: Partial<Lead>): boolean => {
	const compiled = compileRules([rule(changes)]);
	expect(compiled.faults).toEqual([]);
	return scoreLead(facts(of), compiled, thresholds, monday).reasons.length > 0;
};
const faultOf = (changes: Partial<ScoringRule>): string | undefined => compileRules([rule(changes)]).faults[0]?.message;

describe('a condition', () => {
	it('"est égal à" ignores case and accents', () => {
		expect(meets({ field: 'source', value: 'Referral' }, { source: 'referral' })).toBe(true);
		expect(meets({ field: 'company_name', value: 'Société Générale' }, { company_name: 'SOCIETE GENERALE' })).toBe(true);
		expect(meets({ field: 'employees', value: '50' }, { employees: 50 })).toBe(true);
	});
	it('"est différent de" needs a value to differ from', () => {
		expect(meets({ field: 'country', operator: 'not_equals', value: 'FR' }, { country: 'BE' })).toBe(true);
		expect(meets({ field: 'country', operator: 'not_equals', value: 'FR' }, { country: 'FR' })).toBe(false);
		expect(meets({ field: 'country', operator: 'not_equals', value: 'FR' }, { country: null })).toBe(false);
	});
	it('"est l’un de" takes words and numbers', () => {
		expect(meets({ operator: 'one_of', value: 'health, tech ;retail' }, { industry: 'retail' })).toBe(true);
		expect(meets({ field: 'employees', operator: 'one_of', value: '10,20' }, { employees: 20 })).toBe(true);
	});
	it('"contient" finds whole words, plurals and beginnings marked with a star', () => {
		const title = { field: 'job_title', operator: 'contains' } as const;
		expect(meets({ ...title, value: 'directeur' }, { job_title: 'Directeurs régionaux' })).toBe(true);
		expect(meets({ ...title, value: 'DG' }, { job_title: 'Budget' })).toBe(false);
		expect(meets({ ...title, value: 'DG' }, { job_title: 'PDG / DG' })).toBe(true);
		expect(meets({ ...title, value: 'direct*' }, { job_title: 'Direction générale' })).toBe(true);
		expect(meets({ ...title, value: 'chef d’entreprise' }, { job_title: "Chef  d'entreprise" })).toBe(true);
		expect(meets({ ...title, value: 'c++, (r&d)' }, { job_title: 'Ingénieur C++' })).toBe(true);
	});
	it('on numbers includes its bounds and reads them as people type them', () => {
		expect(meets({ field: 'budget', operator: 'at_least', value: '10 000 €' }, { budget_cents: 1_000_000 })).toBe(true);
		expect(meets({ field: 'budget', operator: 'at_least', value: '10 000' }, { budget_cents: 999_999 })).toBe(false);
		expect(meets({ field: 'budget', operator: 'at_most', value: '0,5' }, { budget_cents: 50 })).toBe(true);
		expect(meets({ field: 'employees', operator: 'between', value: '200, 30' }, { employees: 200 })).toBe(true);
		expect(meets({ field: 'employees', operator: 'between', value: '30,200' }, { employees: 29 })).toBe(false);
	});
	it('on dates counts from the moment of scoring; a date to come is recent', () => {
		const demo = { field: 'demo_requested_at', value: '30' } as const;
		expect(meets({ ...demo, operator: 'within_days' }, { demo_requested_at: daysBefore(monday, 30) })).toBe(true);
		expect(meets({ ...demo, operator: 'within_days' }, { demo_requested_at: daysBefore(monday, 30.01) })).toBe(false);
		expect(meets({ ...demo, operator: 'older_than_days' }, { demo_requested_at: daysBefore(monday, 30.01) })).toBe(true);
		expect(meets({ ...demo, operator: 'within_days' }, { demo_requested_at: daysBefore(monday, -5) })).toBe(true);
	});
	it('on a missing fact is never met, except "est vide"', () => {
		const values: Record<Operator, [string, string | null]> = {
			equals: ['industry', 'health'],
			not_equals: ['industry', 'health'],
			one_of: ['industry', 'health'],
			contains: ['need', 'stock'],
			at_least: ['employees', '0'],
			at_most: ['employees', '10'],
			between: ['employees', '0,10'],
			filled: ['siren', null],
			empty: ['siren', null],
			within_days: ['last_activity_at', '10'],
			older_than_days: ['last_activity_at', '10'],
		};
		for (const [operator, [field, value]] of Object.entries(values))
			expect([operator, meets({ operator: operator as Operator, field, value }, {})]).toEqual([operator, operator === 'empty']);
		expect(meets({ field: 'pages_viewed', operator: 'empty' }, { pages_viewed: 0 })).toBe(false);
	});
});

describe('a criterion that makes no sense', () => {
	it.each<[string, Partial<ScoringRule>]>([
		['Le champ « banana » n’existe pas.', { field: 'banana', operator: 'filled' }],
		['Le champ « toString » n’existe pas.', { field: 'toString', operator: 'filled' }],
		['La valeur manque.', { operator: 'equals', value: ' ' }],
		['« beaucoup » n’est pas un nombre.', { field: 'employees', operator: 'at_least', value: 'beaucoup' }],
		['Il faut deux nombres séparés par une virgule.', { field: 'employees', operator: 'between', value: '10' }],
		['Cette condition ne convient pas à ce champ.', { field: 'industry', operator: 'at_least', value: '3' }],
		['Cette condition ne convient pas à ce champ.', { field: 'employees', operator: 'within_days', value: '3' }],
		['Cette condition ne convient pas à ce champ.', { field: 'demo_requested_at', operator: 'equals', value: '2026-01-01' }],
		['La condition « like » n’existe pas.', { operator: 'like' as Operator, value: 'x' }],
		['Les points doivent être un nombre entier.', { points: 1.5, value: 'x' }],
		['La demi-vie est d’au moins un jour.', { half_life_days: 0, value: 'x' }],
		['Une étoile seule ne veut rien dire.', { field: 'need', operator: 'contains', value: '*' }],
	])('is left out and says why: %s', (message, changes) => expect(faultOf(changes)).toBe(message));
	it('does not keep the others from counting', () => {
		const compiled = compileRules([rule({ id: 'bad', field: 'banana' }), rule({ id: 'good', value: 'health', points: 7 })]);
		expect(compiled.count).toBe(1);
		expect(scoreLead(facts({ industry: 'health' }), compiled, thresholds, monday).points).toBe(7);
	});
	it('words with the signs of regular expressions are only words', () => {
		expect(compileRules([rule({ field: 'need', operator: 'contains', value: '(((((a+)+)+, [z-, \\, $^' })]).faults).toEqual([]);
	});
});

describe('caps', () => {
	const group = (points: number, id: string, cap: number | null, side: 'fit' | 'engagement' = 'fit') =>
		rule({ id, side, operator: 'filled', points, cap_group: 'Taille', cap });
	it('take away what the group has above its smallest cap, as a line of its own', () => {
		const { fit, reasons } = score([group(8, 'a', 20), group(9, 'b', 10), group(5, 'c', null)], { industry: 'health' });
		expect(fit).toBe(10);
		expect(reasons.at(-1)).toEqual({ rule: 'cap:Taille', name: 'Plafond du groupe « Taille »', side: 'fit', points: -12, fact: null, at: null });
	});
	it('bite from the first point above', () => expect(score([group(6, 'a', 5)], { industry: 'health' }).fit).toBe(5));
	it('leave negative criteria of the group as they are', () => expect(score([group(8, 'a', 5), group(-20, 'b', 5)], { industry: 'health' }).fit).toBe(-12));
	it('hold for each side when a group mixes them, and say so', () => {
		const rules = [group(8, 'a', 5), group(9, 'b', 5, 'engagement')];
		expect(score(rules, { industry: 'health' })).toMatchObject({ fit: 5, engagement: 5 });
		expect(compileRules(rules).faults[0]?.message).toContain('mêle adéquation et intérêt');
	});
});

describe('decay', () => {
	it('halves the points every half-life, rounded, and never adds any', () => {
		expect([0, 30, 60, 90, 3000].map((days) => decayed(30, days * 86_400_000, 30))).toEqual([30, 15, 8, 4, 0]);
		expect(decayed(-5, 30 * 86_400_000, 30)).toBe(-3);
		expect(decayed(30, -10 * 86_400_000, 30)).toBe(30);
		expect(Object.is(decayed(-1, 1e12, 1), 0)).toBe(true);
	});
	it('goes by the fact’s own date, else by the last activity, else by the creation', () => {
		const demo = rule({ side: 'engagement', field: 'demo_requested_at', operator: 'filled', points: 20, half_life_days: 30 });
		expect(score([demo], { demo_requested_at: daysBefore(monday, 30), last_activity_at: monday }).points).toBe(10);
		const pages = rule({ side: 'engagement', field: 'pages_viewed', operator: 'at_least', value: '1', points: 20, half_life_days: 30 });
		expect(score([pages], { pages_viewed: 3, last_activity_at: daysBefore(monday, 60) }).points).toBe(5);
		expect(score([pages], { pages_viewed: 3, date_created: daysBefore(monday, 30) }).points).toBe(10);
		const meetings = rule({ side: 'engagement', field: 'interactions_meetings', operator: 'at_least', value: '1', points: 20, half_life_days: 30 });
		const around = { account: 'none', interactions: { inbound: 0, meetings: 1, lastInboundAt: null, lastMeetingAt: daysBefore(monday, 30) } } as const;
		expect(score([meetings], { last_activity_at: monday }, around)).toMatchObject({ points: 10, reasons: [{ at: daysBefore(monday, 30).toISOString() }] });
	});
	it('leaves out what has faded to nothing', () => {
		const old = rule({ side: 'engagement', field: 'demo_requested_at', operator: 'filled', points: 20, half_life_days: 1 });
		expect(score([old], { demo_requested_at: daysBefore(monday, 100) }).reasons).toEqual([]);
	});
});

describe('the explanation', () => {
	it('tells the facts in French', () => {
		const words = (changes: Partial<ScoringRule>, of: Partial<Lead>): string | null | undefined =>
			score([rule({ operator: 'filled', ...changes })], of).reasons[0]?.fact;
		expect(words({}, { industry: 'health' })).toBe('Santé');
		expect(words({ field: 'employees' }, { employees: 12 })).toBe('12 salariés');
		expect(words({ field: 'employees' }, { employees: 1 })).toBe('1 salarié');
		expect(words({ field: 'budget' }, { budget_cents: 1_500_050 })).toMatch(/^15\s000,5 €$/u);
		expect(words({ field: 'completeness' }, { siren: '1' })).toMatch(/^fiche remplie à \d+ %$/);
		expect(words({ field: 'demo_requested_at' }, { demo_requested_at: new Date('2026-03-01T10:00:00Z') })).toBe('le 1er mars 2026');
		expect(words({ field: 'email_kind' }, { email: 'x@gmail.com' })).toBe('adresse personnelle');
		expect(words({ field: 'product' }, { product: '5c000000-0000-4000-8000-000000000001' })).toBe('renseigné');
		expect(words({ field: 'siren', operator: 'empty' }, {})).toBe('non renseigné');
		expect(words({ field: 'need', operator: 'contains', value: 'tableur' }, { need: `${'Bonjour. '.repeat(30)}Nous avons des Tableurs partout.` })).toBe(
			'contient « tableurs »',
		);
	});
	it('dates what has a date, whether or not it decays', () => {
		const asked = daysBefore(monday, 3);
		expect(score([rule({ field: 'demo_requested_at', operator: 'filled' })], { demo_requested_at: asked }).reasons[0]?.at).toBe(asked.toISOString());
		expect(score([rule({ operator: 'filled' })], { industry: 'health' }).reasons[0]?.at).toBeNull();
	});
	it('of a text of 100 000 characters stays short', () => {
		const { reasons } = score([rule({ field: 'need', operator: 'filled' })], { need: 'long '.repeat(20_000) });
		expect(reasons[0]?.fact?.length).toBeLessThanOrEqual(80);
	});
	it('follows the order of the criteria', () => {
		const rules = ['source', 'industry', 'source', 'siren'].map((field, index) => rule({ id: String(index), field, operator: 'filled' }));
		expect(score(rules, { industry: 'tech', source: 'website', siren: '1' }).reasons.map(({ rule: id }) => id)).toEqual(['0', '1', '2', '3']);
	});
});

describe('the grade', () => {
	it('is the letter of the fit and the digit of the engagement, bounds included', () => {
		expect(gradeOf(60, 50, thresholds)).toBe('A1');
		expect(gradeOf(59, 49, thresholds)).toBe('B2');
		expect(gradeOf(20, 12, thresholds)).toBe('C3');
		expect(gradeOf(-5, -5, thresholds)).toBe('D4');
	});
});

describe('whatever the criteria and the lead', () => {
	const someRule = fc.record({
		id: fc.uuid(),
		name: fc.string(),
		side: fc.constantFrom('fit', 'engagement'),
		field: fc.constantFrom('industry', 'employees', 'need', 'demo_requested_at', 'pages_viewed', 'budget', 'siren', 'last_activity_at'),
		operator: fc.constantFrom<Operator>(
			'equals',
			'not_equals',
			'one_of',
			'contains',
			'at_least',
			'at_most',
			'between',
			'filled',
			'empty',
			'within_days',
			'older_than_days',
		),
		value: fc.constantFrom('health', '10', '10,100', 'stock, tableur', null),
		points: fc.integer({ min: -100, max: 100 }),
		cap_group: fc.constantFrom(null, 'a', 'b'),
		cap: fc.option(fc.nat(40)),
		half_life_days: fc.option(fc.integer({ min: 1, max: 400 })),
	}) as fc.Arbitrary<ScoringRule>;
	const someLead: fc.Arbitrary<Partial<Lead>> = fc.record({
		industry: fc.constantFrom(null, 'health', 'tech'),
		employees: fc.option(fc.nat(500)),
		need: fc.option(fc.constantFrom('un tableur', 'rien', '')),
		siren: fc.constantFrom(null, '552100554'),
		pages_viewed: fc.option(fc.nat(30)),
		budget_cents: fc.option(fc.nat(10_000_000)),
		demo_requested_at: fc.option(fc.integer({ min: -10, max: 900 }).map((days) => daysBefore(monday, days))),
		last_activity_at: fc.option(fc.integer({ min: -10, max: 900 }).map((days) => daysBefore(monday, days))),
	});
	it('the reasons sum exactly to the points, all whole', () => {
		fc.assert(
			fc.property(fc.array(someRule, { maxLength: 40 }), someLead, (rules, changes) => {
				const { fit, engagement, points, reasons } = score(rules, changes);
				const sum = (side?: string): number => reasons.filter((reason) => !side || reason.side === side).reduce((total, reason) => total + reason.points, 0);
				expect([sum('fit'), sum('engagement'), sum()]).toEqual([fit, engagement, points]);
				expect(points).toBe(fit + engagement);
				expect(reasons.every((reason) => Number.isInteger(reason.points) && reason.points !== 0)).toBe(true);
			}),
		);
	});
	it('no group ends above its cap', () => {
		fc.assert(
			fc.property(fc.array(someRule, { maxLength: 40 }), someLead, (rules, changes) => {
				const compiled = compileRules(rules);
				const { reasons } = scoreLead(facts(changes), compiled, thresholds, monday);
				for (const { side, group, cap } of compiled.caps) {
					const ids = new Set(rules.filter((one) => one.side === side && one.cap_group === group).map(({ id }) => id));
					const sum = reasons
						.filter((reason) => ids.has(reason.rule) || (reason.rule === `cap:${group}` && reason.side === side))
						.reduce((total, { points }) => total + points, 0);
					expect(sum).toBeLessThanOrEqual(cap);
				}
			}),
		);
	});
	it('the same input gives the same score, and time never raises what decays', () => {
		fc.assert(
			fc.property(fc.array(someRule, { maxLength: 20 }), someLead, (rules, changes) => {
				expect(score(rules, changes)).toEqual(score(rules, changes));
			}),
		);
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 400 }), fc.nat(2000), fc.nat(500), (points, halfLife, age, more) => {
				return decayed(points, (age + more) * 86_400_000, halfLife) <= decayed(points, age * 86_400_000, halfLife);
			}),
		);
	});
});
