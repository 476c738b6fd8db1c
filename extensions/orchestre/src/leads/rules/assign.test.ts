import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOwner, takeSlot, type AssignedLead, type AssignmentContext } from './assign.ts';
import { candidate, daysBefore, lead, monday, settings } from './test-leads.ts';
import type { Candidate } from './types.ts';

const context = (changes: Partial<AssignmentContext> = {}): AssignmentContext => ({
	settings: settings(),
	now: monday,
	accountOwner: null,
	requestedOwner: null,
	recentAssignments: { total: 0, toNewcomers: 0 },
	dueAt: null,
	...changes,
});
const choose = (people: Candidate[], changes: Partial<AssignmentContext> = {}, of: Partial<AssignedLead> = {}) =>
	chooseOwner(lead(of), people, context(changes));
const lea = (changes: Partial<Candidate> = {}): Candidate => candidate({ user: 'lea', name: 'Léa Martin', ...changes });
const tom = (changes: Partial<Candidate> = {}): Candidate => candidate({ user: 'tom', name: 'Tom Petit', ...changes });
const away = { absences: [{ from: '2026-11-16', to: '2026-12-04' }] };
const excluded = (user: string, result: ReturnType<typeof choose>): string | null | undefined => result.candidates.find((line) => line.user === user)?.excluded;

describe('who gets a lead', () => {
	it('is who a person asked for, whatever the figures', () => {
		const full = tom({ openLeads: 10, ...away });
		expect(choose([lea(), full], { requestedOwner: 'tom', accountOwner: 'lea' })).toMatchObject({
			owner: 'tom',
			kind: 'manual',
			sentence: 'Tom Petit : choisi à la main. Attention : 10 leads ouverts pour une capacité de 10.',
		});
		expect(choose([lea()], { requestedOwner: 'boss' })).toMatchObject({ owner: 'boss', kind: 'manual', sentence: 'Choisi à la main.' });
		expect(choose([lea()], { requestedOwner: 'lea', settings: settings({ assignment_enabled: false }) }).owner).toBe('lea');
	});
	it('is nobody while assignment is switched off', () =>
		expect(choose([lea()], { settings: settings({ assignment_enabled: false }) })).toMatchObject({ owner: null, kind: 'off' }));
	it('is the owner of the account, before somebody better placed', () =>
		expect(choose([lea({ openLeads: 9 }), tom({ industries: ['health'] })], { accountOwner: 'lea' }, { industry: 'health', language: 'en' })).toMatchObject({
			owner: 'lea',
			kind: 'continuity',
			sentence: 'Léa Martin suit déjà ce compte.',
		}));
	it('is somebody else when the owner of the account is full, away or gets no leads, and says so', () => {
		expect(choose([lea({ openLeads: 10 }), tom()], { accountOwner: 'lea' })).toMatchObject({
			owner: 'tom',
			sentence: 'Léa Martin suit ce compte mais n’a plus de place. Tom Petit : 100 % de charge libre.',
		});
		expect(choose([lea(away), tom()], { accountOwner: 'lea' }).sentence).toContain('Léa Martin suit ce compte mais ne sera pas là à temps.');
		expect(choose([tom()], { accountOwner: 'lea' }).sentence).toContain('Le responsable du compte ne reçoit pas de leads.');
	});
	it('is told in one sentence with the reasons', () => {
		const people = [
			lea({ openLeads: 4, industries: ['health'], regions: ['bretagne'], languages: ['fr', 'en'], convertedLeads: 17, lostLeads: 30 }),
			tom({ openLeads: 9, convertedLeads: 9, lostLeads: 37 }),
		];
		expect(choose(people, {}, { industry: 'health', region: 'bretagne', language: 'en' }).sentence).toBe(
			'Léa Martin : 60 % de charge libre, connaît le secteur Santé et la région Bretagne, parle anglais, 34 % de conversion (moyenne 28 %).',
		);
	});
	it('is who waited longest when the figures are equal, then the smaller id', () => {
		expect(choose([lea({ lastAssignedAt: monday }), tom({ lastAssignedAt: daysBefore(monday, 1) })]).owner).toBe('tom');
		expect(choose([lea({ lastAssignedAt: monday }), tom()]).owner).toBe('tom');
		expect(choose([tom(), lea()]).owner).toBe('lea');
	});
	it('is nobody when everybody is full or away, with the count of each', () => {
		expect(choose([lea({ openLeads: 10 }), tom(away)])).toMatchObject({
			owner: null,
			kind: 'none',
			sentence: 'Personne n’est disponible : 1 personne sans place libre et 1 personne absente ou écartée.',
		});
		expect(choose([])).toMatchObject({ owner: null, kind: 'none' });
	});
});

describe('the figures', () => {
	it('load is the free share of the capacity', () => {
		const { candidates } = choose([lea({ openLeads: 4 }), tom({ openLeads: 15 }), candidate({ user: 'x', capacity: 0 })]);
		expect(candidates.map(({ load }) => load)).toEqual([0.6, 0, 0]);
	});
	it('expertise is the share of the lead’s known traits that somebody masters', () => {
		const { candidates } = choose([lea({ industries: ['health'], sizes: ['10-49'] })], {}, { industry: 'health', size_band: '50-249', language: 'fr' });
		expect(candidates[0]?.expertise).toBeCloseTo(2 / 3, 4);
	});
	it('performance draws few cases to the mean', () => {
		const { candidates } = choose([lea({ convertedLeads: 1 }), tom({ convertedLeads: 60, lostLeads: 40 }), candidate({ user: 'x', lostLeads: 100 })]);
		const [once, often, never] = candidates.map(({ performance }) => performance);
		expect(often).toBe(1);
		expect(once).toBeLessThan(0.7);
		expect(never).toBeLessThan(once ?? 0);
	});
	it('availability is the share of the next five working days', () => {
		const { candidates } = choose([lea({ absences: [{ from: '2026-11-25', to: '2026-11-26' }] }), tom({ workingDays: [1, 2, 3, 4] })]);
		expect(candidates.map(({ availability }) => availability)).toEqual([0.6, 0.8]);
	});
	it('weights count as the settings say; all zero is the plain mean', () => {
		const people = [lea({ openLeads: 5 })];
		expect(
			choose(people, { settings: settings({ weight_load: 100, weight_expertise: 0, weight_performance: 0, weight_availability: 0 }) }).candidates[0]?.total,
		).toBe(0.5);
		expect(
			choose(people, { settings: settings({ weight_load: 0, weight_expertise: 0, weight_performance: 0, weight_availability: 0 }) }).candidates[0]?.total,
		).toBe(0.375);
	});
});

describe('who is left out, and why', () => {
	it('is full, or has no capacity', () => {
		expect(excluded('lea', choose([lea({ openLeads: 10 })]))).toBe('plus de place (10 leads ouverts pour une capacité de 10)');
		expect(excluded('lea', choose([lea({ capacity: 0 })]))).toBe('ne reçoit pas de leads (capacité nulle)');
	});
	it('is away until after the first contact is due, but not who is back by then', () => {
		const back = { absences: [{ from: '2026-11-16', to: '2026-11-24' }] };
		expect(excluded('lea', choose([lea(back)], { dueAt: new Date('2026-11-24T09:00:00Z') }))).toBe('absence jusqu’après le délai de premier contact');
		expect(excluded('lea', choose([lea(back)], { dueAt: new Date('2026-11-25T09:00:00Z') }))).toBeNull();
	});
	it('on a Friday night is who will not be there on Monday', () => {
		const friday = new Date('2026-11-20T20:00:00Z');
		const onMonday = { now: friday, dueAt: new Date('2026-11-23T09:00:00Z') };
		expect(excluded('lea', choose([lea({ absences: [{ from: '2026-11-23', to: '2026-11-23' }] })], onMonday))).toContain('absence');
		expect(excluded('lea', choose([lea({ absences: [{ from: '2026-11-20', to: '2026-11-22' }] })], onMonday))).toBeNull();
	});
	it('does not speak the lead’s language, unless nobody who could take it does', () => {
		const german = { language: 'de' };
		const result = choose([lea(), tom({ openLeads: 9, languages: ['fr', 'de'] })], {}, german);
		expect(result.owner).toBe('tom');
		expect(excluded('lea', result)).toBe('ne parle pas allemand');
		expect(choose([lea(), tom({ openLeads: 10, languages: ['de'] })], {}, german)).toMatchObject({
			owner: 'lea',
			sentence: expect.stringContaining('Personne de disponible ne parle allemand.') as string,
		});
	});
	it('had the lead before and did not contact it', () => {
		const result = choose([lea(), tom({ openLeads: 5 })], { escalatedFrom: 'lea', accountOwner: 'lea' });
		expect(result).toMatchObject({ owner: 'tom', kind: 'escalation', sentence: 'Tom Petit reprend ce lead resté sans contact : 50 % de charge libre.' });
		expect(excluded('lea', result)).toBe('n’a pas contacté ce lead à temps');
	});
});

describe('newcomers', () => {
	const fresh = tom({ hiredOn: '2026-10-01', openLeads: 8 });
	it('come first while they are below their share', () => {
		const result = choose([lea(), fresh], { recentAssignments: { total: 20, toNewcomers: 1 } });
		expect(result).toMatchObject({ owner: 'tom', kind: 'newcomer', sentence: 'Tom Petit (part réservée aux nouveaux venus) : 20 % de charge libre.' });
	});
	it('compete like anybody else once they have it', () => {
		expect(choose([lea(), fresh], { recentAssignments: { total: 20, toNewcomers: 2 } })).toMatchObject({ owner: 'lea', kind: 'best' });
		expect(choose([lea(), fresh])).toMatchObject({ owner: 'lea', kind: 'best' });
	});
	it('get nothing beyond their last slot nor before their first day', () => {
		const behind = { recentAssignments: { total: 20, toNewcomers: 0 } };
		expect(choose([lea(), tom({ hiredOn: '2026-10-01', openLeads: 10 })], behind).owner).toBe('lea');
		expect(choose([lea(), tom({ hiredOn: '2026-12-01', openLeads: 8 })], behind).kind).toBe('best');
	});
	it('have their share after a batch', () => {
		const people = [lea({ capacity: 1000 }), candidate({ user: 'ana', capacity: 1000 }), tom({ hiredOn: '2026-10-01', capacity: 1000, openLeads: 600 })];
		const shared = context();
		for (let count = 0; count < 200; count++) takeSlot(people, chooseOwner(lead(), people, shared), shared);
		expect(shared.recentAssignments).toEqual({ total: 200, toNewcomers: 20 });
	});
});

describe('whatever the team', () => {
	const someone = fc.record({
		user: fc.uuid(),
		openLeads: fc.nat(12),
		capacity: fc.nat(12),
		convertedLeads: fc.nat(50),
		lostLeads: fc.nat(50),
		languages: fc.subarray(['fr', 'en', 'de']),
		industries: fc.subarray(['health', 'tech']),
		workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
		hiredOn: fc.constantFrom(null, '2026-10-01', '2020-01-01'),
		absences: fc.constantFrom<Candidate['absences']>([], [{ from: '2026-11-20', to: '2026-11-27' }]),
	});
	const teams = fc.uniqueArray(someone, { selector: ({ user }) => user, maxLength: 8 }).map((people) => people.map((person) => candidate(person)));
	const someLead = fc.record({
		industry: fc.constantFrom(null, 'health'),
		language: fc.constantFrom(null, 'fr', 'de'),
		size_band: fc.constant(null),
		region: fc.constant(null),
	});

	it('fifty leads at once never go beyond anybody’s last slot, and none is left while somebody can take it', () => {
		fc.assert(
			fc.property(teams, fc.array(someLead, { minLength: 50, maxLength: 50 }), fc.nat(7), (people, leads, keeper) => {
				const shared = context({ accountOwner: people[keeper]?.user ?? null });
				const free = new Map(people.map(({ user, openLeads, capacity }) => [user, capacity - openLeads]));
				for (const one of leads) {
					const decision = chooseOwner(one, people, shared);
					takeSlot(people, decision, shared);
					if (decision.owner) free.set(decision.owner, (free.get(decision.owner) ?? 0) - 1);
					else expect(decision.candidates.every((line) => line.excluded !== null)).toBe(true);
					if (decision.owner) expect(free.get(decision.owner)).toBeGreaterThanOrEqual(0);
				}
			}),
			{ numRuns: 60 },
		);
	});
	it('every candidate’s figures are there, within 0 to 1, and the order of the list does not matter', () => {
		fc.assert(
			fc.property(teams, someLead, (people, one) => {
				const decision = chooseOwner(one, people, context());
				expect(decision.candidates.map(({ user }) => user)).toEqual(people.map(({ user }) => user));
				for (const { load, expertise, performance, availability, total } of decision.candidates)
					for (const part of [load, expertise, performance, availability, total]) expect(part >= 0 && part <= 1).toBe(true);
				expect(chooseOwner(one, people.toReversed(), context())).toMatchObject({ owner: decision.owner, kind: decision.kind, sentence: decision.sentence });
			}),
		);
	});
	it('less load never makes somebody lose the lead', () => {
		fc.assert(
			fc.property(teams, someLead, (people, one) => {
				const decision = chooseOwner(one, people, context());
				const lighter = people.map((person) => (person.user === decision.owner ? { ...person, openLeads: Math.max(0, person.openLeads - 1) } : person));
				expect(chooseOwner(one, lighter, context()).owner).toBe(decision.owner);
			}),
		);
	});
});
