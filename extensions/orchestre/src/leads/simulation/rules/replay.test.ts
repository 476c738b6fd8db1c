import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Person } from '../../people.ts';
import { settings as shipped } from '../../rules/test-leads.ts';
import { replay } from './replay.ts';
import { compare } from './report.ts';
import type { Past, PastLead } from './types.ts';

const hour = 3_600_000;
const baseSettings = shipped();
const monday = new Date('2026-03-02T08:00:00Z');
const after = (hours: number): Date => new Date(monday.getTime() + hours * hour);
const person = (user: string, over: Partial<Person> = {}): Person => ({
	user,
	name: user.toUpperCase(),
	team: null,
	capacity: 10,
	hiredOn: '2020-01-06',
	industries: [],
	sizes: [],
	regions: [],
	languages: ['fr'],
	workingDays: [1, 2, 3, 4, 5],
	absences: [],
	...over,
});
const lead = (id: string, hours: number, over: Partial<PastLead> = {}): PastLead => ({
	id,
	arrivedAt: after(hours),
	endedAt: null,
	traits: { industry: 'tech', size_band: null, region: null, language: 'fr' },
	dueAt: null,
	accountOwner: null,
	fixedOwner: null,
	decidedOwner: null,
	owner: null,
	inTime: null,
	...over,
});
const past = (over: Partial<Past>): Past => ({ from: monday, leads: [], people: [person('a'), person('b')], held: [], closings: [], given: [], ...over });
const only = (name: 'load' | 'expertise' | 'performance' | 'availability') => ({
	...baseSettings,
	assignment_enabled: true,
	newcomer_share: 0,
	weight_load: 0,
	weight_expertise: 0,
	weight_performance: 0,
	weight_availability: 0,
	[`weight_${name}`]: 100,
});
const owners = async (given: Past, settings = only('load')): Promise<(string | null)[]> => {
	const { decisions } = await replay(given, settings);
	return given.leads.map(({ id }) => decisions.get(id)?.owner ?? null);
};
const several = (count: number, over: Partial<PastLead> = {}): PastLead[] => Array.from({ length: count }, (_, index) => lead(`l${index}`, index, over));

describe('a replay', () => {
	it('fills slots as it goes, and gives them back when a lead ended', async () => {
		expect(await owners(past({ leads: several(4) }))).toEqual(['a', 'b', 'a', 'b']);
		const leads = [lead('l0', 0), lead('l1', 1, { endedAt: after(2) }), lead('l2', 3)];
		expect(await owners(past({ leads }))).toEqual(['a', 'b', 'b']);
	});

	it('begins with the slots that were taken, until they came free', async () => {
		const held = [
			{ user: 'a', until: after(2) },
			{ user: 'a', until: after(2) },
		];
		expect(await owners(past({ leads: several(2), held }))).toEqual(['b', 'b']);
		expect(await owners(past({ leads: [lead('l0', 3)], held }))).toEqual(['a']);
	});

	it('looks at absences and at what was won on the day, not at what is so today', async () => {
		const people = [person('a', { absences: [{ from: '2026-03-02', to: '2026-03-06' }] }), person('b')];
		expect(await owners(past({ people, leads: [lead('l0', 0, { dueAt: after(24) }), lead('l1', 24 * 7)] }))).toEqual(['b', 'a']);
		const closings = Array.from({ length: 30 }, () => ({ user: 'b', at: after(5), won: true })).concat(
			Array.from({ length: 30 }, () => ({ user: 'a', at: after(5), won: false })),
		);
		expect(await owners(past({ leads: [lead('l0', 0), lead('l1', 6)], closings }), only('performance'))).toEqual(['a', 'b']);
	});

	it('gives nobody a lead before their first day', async () => {
		const people = [person('a', { hiredOn: '2026-03-03' }), person('b', { capacity: 1 })];
		expect(await owners(past({ people, leads: several(2) }))).toEqual(['b', null]);
	});

	it('lets a lead wait that nobody can take, and gives it to the first free slot; one that ended in between goes', async () => {
		const people = [person('a', { capacity: 1 })];
		const leads = [lead('l0', 0, { endedAt: after(5) }), lead('l1', 1), lead('l2', 2, { endedAt: after(4) }), lead('l3', 6)];
		const { decisions } = await replay(past({ people, leads }), only('load'));
		expect(decisions.get('l1')).toMatchObject({ owner: 'a', waitedMs: 5 * hour });
		expect([decisions.get('l2')?.owner, decisions.get('l3')?.owner]).toEqual([null, null]);
	});

	it('keeps whom a person had chosen, and the owner of the account', async () => {
		const leads = [lead('l0', 0, { fixedOwner: 'b' }), lead('l1', 1, { accountOwner: 'b' }), lead('l2', 2)];
		expect(await owners(past({ leads }))).toEqual(['b', 'b', 'a']);
	});

	it('keeps the newcomers’ share of the last 30 days', async () => {
		const people = [person('a'), person('n', { hiredOn: '2026-02-20' })];
		const settings = { ...only('performance'), newcomer_share: 5000, newcomer_days: 90 };
		const closings = Array.from({ length: 40 }, () => ({ user: 'a', at: new Date(0), won: true }));
		const given = [
			{ user: 'a', at: after(-24) },
			{ user: 'a', at: after(-24 * 40) },
		];
		expect(await owners(past({ people, leads: several(5), closings, given }), settings)).toEqual(['n', 'a', 'n', 'a', 'n']);
	});

	it('is the same whatever the order of its input, and never fills more than the slots', async () => {
		const some = fc.array(
			fc.record({ hours: fc.integer({ min: 0, max: 200 }), lasts: fc.option(fc.integer({ min: 1, max: 90 })), industry: fc.constantFrom('tech', 'retail') }),
			{ maxLength: 40 },
		);
		await fc.assert(
			fc.asyncProperty(some, async (drafts) => {
				const leads = drafts.map(({ hours, lasts, industry }, index) =>
					lead(`l${index}`, hours, {
						endedAt: lasts === null ? null : after(hours + lasts),
						traits: { industry, size_band: null, region: null, language: 'fr' },
					}),
				);
				const people = [person('a', { capacity: 3, industries: ['tech'] }), person('b', { capacity: 2 })];
				const one = await replay(past({ people, leads }), baseSettings);
				const other = await replay(past({ people: people.toReversed(), leads: leads.toReversed() }), baseSettings);
				expect([...one.decisions].toSorted()).toEqual([...other.decisions].toSorted());
				expect(one.peaks.get('a') ?? 0).toBeLessThanOrEqual(3);
				expect(one.peaks.get('b') ?? 0).toBeLessThanOrEqual(2);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('a comparison', () => {
	const people = [person('a', { industries: ['tech'] }), person('b')];
	const compared = async (over: Partial<Past>, tried = only('expertise')) => {
		const given = past({ people, leads: several(6), ...over });
		return compare(given, await replay(given, only('load')), await replay(given, tried), 40);
	};

	it('counts who gets more, how even it is, and which leads go to somebody else, the newest first', async () => {
		const report = await compared({});
		expect(report.current.people.map(({ received, perTen }) => [received, perTen])).toEqual([
			[3, 3],
			[3, 3],
		]);
		expect(report.tried.people.map(({ received, peak }) => [received, peak])).toEqual([
			[6, 6],
			[0, 0],
		]);
		expect([report.current.spread, report.tried.spread, report.changed.count]).toEqual([0, 6, 3]);
		expect(report.changed.latest.map(({ lead: id, from, to }) => [id, from, to])).toEqual([
			['l5', 'b', 'a'],
			['l3', 'b', 'a'],
			['l1', 'b', 'a'],
		]);
		expect((await compared({}, only('load'))).changed).toEqual({ count: 0, latest: [] });
	});

	it('says how often it finds who really got the lead', async () => {
		const leads = several(6).map((one, index) => ({ ...one, owner: 'a', decidedOwner: index < 4 ? 'a' : null }));
		expect((await compared({ leads })).fidelity).toEqual({ same: 2, of: 4 });
	});

	it('expects first contacts from everybody’s own past, and nothing where too little is known', async () => {
		const known = several(40).map((one, index) => ({ ...one, endedAt: after(index + 0.5), owner: index % 2 ? 'a' : 'b', inTime: index % 2 === 1 }));
		const report = await compared({ leads: known });
		expect(report.tried.onTime).toBe(0.75);
		expect(report.current.onTime).toBeLessThan(0.75);
		expect((await compared({})).tried.onTime).toBeNull();
	});

	it('says how many leads went to people who take none any more', async () => {
		expect((await compared({ leads: several(2, { owner: 'gone' }) })).departed).toBe(2);
	});
});
