import { describe, expect, it } from 'vitest';
import { dayOf, isoOf } from '../../platform/time/paris.ts';
import type { WorkingCalendar } from '../../platform/time/working-time.ts';
import { castFor, type Candidate, type Wish } from './assign.ts';
import { chooseTemplate, opensApi, supportAfter } from './choose.ts';
import { slackOf } from './critical-path.ts';
import { plusWorkingDays, workingDaysBetween } from './days.ts';
import { inOrder, ringIn, ringSentence } from './graph.ts';
import { joined, layOut } from './lay-out.ts';
import { movesOf, progressOf, startable } from './reschedule.ts';
import { isOurToken, surveyToken, tokenHash } from './survey-link.ts';
import type { PlanMilestone, Template, TemplateMilestone } from './types.ts';

const calendar: WorkingCalendar = { opens: 0, closes: 1, alsaceMoselle: false };
const day = (iso: string): number => dayOf(iso) ?? 0;

const step = (id: string, offset: number, requires: string[] = [], over: Partial<TemplateMilestone> = {}): TemplateMilestone => ({
	id,
	template: 't',
	sort: offset,
	name: id,
	offset,
	isGoLive: false,
	requires,
	...over,
});
const milestone = (id: string, starts: string, due: string, requires: string[] = [], over: Partial<PlanMilestone> = {}): PlanMilestone => ({
	id,
	name: id,
	status: 'todo',
	starts: day(starts),
	due: day(due),
	done: null,
	fixed: false,
	requires,
	...over,
});

describe('working days', () => {
	it('pass over week-ends and French holidays, forwards and backwards', () => {
		// 8 May 2026 is a Friday and a holiday; 1 May too.
		expect(isoOf(plusWorkingDays(day('2026-05-07'), 1, calendar))).toBe('2026-05-11');
		expect(isoOf(plusWorkingDays(day('2026-05-11'), -1, calendar))).toBe('2026-05-07');
		expect(isoOf(plusWorkingDays(day('2026-05-08'), 0, calendar))).toBe('2026-05-11');
		expect(workingDaysBetween(day('2026-04-30'), day('2026-05-11'), calendar)).toBe(5);
		expect(workingDaysBetween(day('2026-05-11'), day('2026-04-30'), calendar)).toBe(-5);
	});
});

describe('graph', () => {
	it('names the milestones that wait for each other', () => {
		const ring = ringIn(new Map([['a', ['b']], ['b', ['c']], ['c', ['a']], ['d', ['a']]])); // prettier-ignore
		expect(ring?.toSorted()).toEqual(['a', 'b', 'c']);
		expect(ringSentence(ring ?? [], (id) => id.toUpperCase())).toBe(
			'Ces jalons s’attendraient les uns les autres : « A » attend « B », qui attend « C », qui attend « A ». Retirez l’un de ces liens.',
		);
		expect(ringSentence(['a'], () => 'Formation')).toBe('Le jalon « Formation » ne peut pas s’attendre lui-même.');
	});

	it('lets two ways lead to one milestone', () => {
		const diamond = new Map([['end', ['left', 'right']], ['left', ['start']], ['right', ['start']], ['start', []]]); // prettier-ignore
		expect(ringIn(diamond)).toBeNull();
		expect(inOrder(diamond)).toEqual(['start', 'left', 'right', 'end']);
	});
});

describe('the plan of a template', () => {
	it('starts each milestone after what it requires, on working days', () => {
		// Monday 4 May 2026; 8 and 14 (Ascension) May are holidays.
		const plan = layOut([step('start', 3), step('data', 8, ['start']), step('end', 5, ['start', 'data'])], day('2026-05-04'), calendar);
		expect(plan.map(({ id, starts, due }) => [id, isoOf(starts), isoOf(due)])).toEqual([
			['start', '2026-05-04', '2026-05-07'],
			['data', '2026-05-11', '2026-05-18'],
			// Its own offset is too early: it waits for the data.
			['end', '2026-05-19', '2026-05-19'],
		]);
	});

	it('takes additions in after the beginning and before the go-live', () => {
		const main = [step('start', 5), step('training', 20, ['start']), step('live', 25, ['training'], { isGoLive: true }), step('review', 40, ['live'])];
		const plan = joined(main, [step('api', 12), step('tools', 35, ['api'])]);
		expect(plan.map(({ id, requires }) => [id, requires])).toEqual([
			['start', []],
			['api', ['start']],
			['training', ['start']],
			['live', ['training', 'tools']],
			['tools', ['api']],
			['review', ['live']],
		]);
		const days = new Map(layOut(plan, day('2026-01-05'), calendar).map((one) => [one.id, one]));
		expect((days.get('live')?.starts ?? 0) > (days.get('tools')?.due ?? 0)).toBe(true);
	});
});

describe('critical path', () => {
	const plan = [
		milestone('start', '2026-03-02', '2026-03-06'),
		milestone('data', '2026-03-09', '2026-03-11', ['start']),
		milestone('build', '2026-03-09', '2026-03-20', ['start']),
		milestone('live', '2026-03-23', '2026-03-27', ['data', 'build']),
	];

	it('is where nothing is left; beside it the slack is counted in working days', () => {
		expect(Object.fromEntries(slackOf(plan, calendar))).toEqual({ start: 0, data: 7, build: 0, live: 0 });
	});

	it('moves with what really happened, and leaves out what was given up', () => {
		const late = plan.map((one) => (one.id === 'data' ? { ...one, status: 'done' as const, done: day('2026-03-20') } : one));
		expect(slackOf(late, calendar).get('data')).toBe(0);
		const given = plan.map((one) => (one.id === 'build' ? { ...one, status: 'cancelled' as const } : one));
		expect(Object.fromEntries(slackOf(given, calendar))).toEqual({ start: 7, data: 7, live: 0 });
	});

	it('is below zero where dates contradict the dependencies', () => {
		const early = plan.map((one) => (one.id === 'live' ? { ...one, starts: day('2026-03-18') } : one));
		expect(slackOf(early, calendar).get('build')).toBe(-3);
	});
});

describe('what slips', () => {
	const plan = [
		milestone('start', '2026-03-02', '2026-03-06', [], { status: 'in_progress' }),
		milestone('data', '2026-03-09', '2026-03-11', ['start']),
		milestone('build', '2026-03-09', '2026-03-20', ['start']),
		milestone('live', '2026-03-23', '2026-03-27', ['data', 'build']),
	];
	const slipped = (over: Partial<PlanMilestone> = {}): PlanMilestone[] =>
		plan.map((one) => (one.id === 'start' ? { ...one, status: 'done', done: day('2026-03-11'), ...over } : one));

	it('moves what has not begun, by working days and with its length, through all that follows', () => {
		expect(movesOf(slipped(), calendar).map(({ id, starts, due, days }) => [id, isoOf(starts), isoOf(due), days])).toEqual([
			['data', '2026-03-12', '2026-03-16', 3],
			['build', '2026-03-12', '2026-03-25', 3],
			['live', '2026-03-26', '2026-04-01', 3],
		]);
	});

	it('uses up slack first, and never moves anything earlier', () => {
		const late = plan.map((one) => (one.id === 'start' ? { ...one, status: 'done' as const, done: day('2026-03-06') } : one));
		expect(movesOf(late, calendar)).toEqual([]);
		const data = late.map((one) => (one.id === 'data' ? { ...one, status: 'in_progress' as const, due: day('2026-03-20') } : one));
		expect(movesOf(data, calendar)).toEqual([]);
		const early = plan.map((one) => (one.id === 'start' ? { ...one, status: 'done' as const, done: day('2026-03-02') } : one));
		expect(movesOf(early, calendar)).toEqual([]);
	});

	it('leaves the dates that a person chose, and what somebody is already at', () => {
		const fixed = slipped().map((one) => (one.id === 'build' ? { ...one, fixed: true } : one));
		expect(movesOf(fixed, calendar).map(({ id }) => id)).toEqual(['data']);
		const begun = slipped().map((one) => (one.id === 'build' ? { ...one, status: 'in_progress' as const } : one));
		expect(movesOf(begun, calendar).map(({ id }) => id)).toEqual(['data']);
	});

	it('shows where a plan is heading when something is late and not done', () => {
		const heading = movesOf(plan, calendar, day('2026-03-10'));
		expect(heading.map(({ id, days }) => [id, days])).toEqual([
			['data', 2],
			['build', 2],
			['live', 2],
		]);
	});

	it('starts what waits for nothing any more', () => {
		expect(startable(slipped()).map(({ id }) => id)).toEqual(['data', 'build']);
		expect(startable(plan).map(({ id }) => id)).toEqual([]);
		expect(progressOf([...slipped(), milestone('x', '2026-03-02', '2026-03-02', [], { status: 'cancelled' })])).toBe(2500);
		expect(progressOf([])).toBe(0);
	});
});

const template = (key: string, over: Partial<Template> = {}): Template => ({
	id: key,
	key,
	name: key,
	kind: 'onboarding',
	priority: 50,
	isDefault: false,
	isAddition: false,
	fits: false,
	team: null,
	seniority: null,
	supportLevel: null,
	apiAccess: false,
	...over,
});

describe('which template', () => {
	const standard = template('standard', { isDefault: true, priority: 100 });
	const premium = template('premium', { priority: 10, supportLevel: 'premium' });
	const tech = template('tech', { priority: 20, supportLevel: 'priority', apiAccess: true });
	const extra = template('extra', { isAddition: true, apiAccess: true });
	const yes = (one: Template): Template => ({ ...one, fits: true });

	it('is the first by rank whose rule fits, else the default', () => {
		expect(chooseTemplate([standard, yes(tech), yes(premium)])?.main.key).toBe('premium');
		expect(chooseTemplate([standard, yes(tech), premium])?.main.key).toBe('tech');
		expect(chooseTemplate([standard, tech, premium])?.main.key).toBe('standard');
		expect(chooseTemplate([tech, premium])).toBeNull();
	});

	it('is completed by the additions that fit: a large deal of a tech client is premium and gets its API', () => {
		const choice = chooseTemplate([standard, yes(tech), yes(premium), yes(extra)]);
		expect(choice).toMatchObject({ main: { key: 'premium' }, additions: [{ key: 'extra' }] });
		expect(choice && opensApi(choice)).toBe(true);
		expect(choice && supportAfter('standard', choice)).toBe('premium');
		// An extension of an old client's contract is not onboarded.
		expect(chooseTemplate([yes(template('more', { kind: 'delivery', priority: 1 })), yes(extra), standard])?.additions).toEqual([]);
	});

	it('never takes away what a client has', () => {
		const choice = chooseTemplate([standard]);
		expect(choice && supportAfter('premium', choice)).toBe('premium');
	});
});

describe('who does it', () => {
	const someone = (id: string, over: Partial<Candidate> = {}): Candidate => ({
		id,
		role: 'operations',
		seniority: 'confirmed',
		team: null,
		industries: [],
		absent: false,
		load: 0,
		...over,
	});
	const wish: Wish = { seniority: 'senior', team: null, industry: 'tech', seller: null };

	it('is the most senior where a senior team is asked for, then who knows the industry, then who has least to do', () => {
		const [a, b, c, d] = [
			someone('a', { load: 0 }),
			someone('b', { seniority: 'senior', load: 9 }),
			someone('c', { seniority: 'senior', industries: ['tech'], load: 20 }),
			someone('d', { seniority: 'senior', industries: ['tech'], load: 3 }),
		];
		expect(castFor('tech', [a, b], wish)).toBe('b');
		expect(castFor('tech', [a, b, c], wish)).toBe('c');
		expect(castFor('tech', [a, b, c, d], wish)).toBe('d');
		expect(castFor('tech', [a, b, c, d], { ...wish, seniority: 'confirmed' })).toBe('a');
	});

	it('is nobody who is away, unless there is nobody else', () => {
		const away = someone('a', { seniority: 'senior', absent: true });
		expect(castFor('tech', [away, someone('b', { role: 'success', seniority: 'junior' })], wish)).toBe('b');
		expect(castFor('tech', [away], wish)).toBe('a');
		expect(castFor('finance', [away], wish)).toBeNull();
	});

	it('is the seller for what belongs to sales, and the template’s team before all others', () => {
		const sellers = [someone('a', { role: 'commercial' }), someone('z', { role: 'commercial', load: 50 })];
		expect(castFor('sales', sellers, { ...wish, seller: 'z' })).toBe('z');
		expect(castFor('tech', [someone('a', { seniority: 'senior' }), someone('b', { team: 't' })], { ...wish, team: 't' })).toBe('b');
	});
});

describe('link of a survey', () => {
	const id = '0b000000-0000-4000-8000-0000000000ab';
	it('is ours to the letter, the same each time, and the database keeps its hash only', () => {
		const token = surveyToken(id, 'secret');
		expect(token).toBe(surveyToken(id, 'secret'));
		expect(isOurToken(token, 'secret')).toBe(true);
		expect(isOurToken(token, 'other')).toBe(false);
		expect(isOurToken(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 'secret')).toBe(false);
		expect(isOurToken(surveyToken(id, 'secret').replace('0', '1'), 'secret')).toBe(false);
		expect(tokenHash(token)).toMatch(/^[0-9a-f]{64}$/);
		expect(tokenHash(token)).not.toContain(token.slice(0, 8));
	});
});
