import { describe, expect, it } from 'vitest';
import { workingCalendar } from '../../../platform/time/working-time.ts';
import { answerMoment, minutesFor, settle, stateOf, type Ground } from './deadline.ts';
import type { Kept, SlaSettings, Ticket } from './types.ts';

const settings: SlaSettings = {
	minutes: { urgent: 240, high: 480, normal: 1080, low: 2160 },
	shares: { standard: 1, priority: 0.75, premium: 0.5 },
	warningShare: 0.25,
	escalationMinutes: 60,
};
const calendar = workingCalendar({ opens_at: '09:00', closes_at: '18:00', alsace_moselle: false });
/** Paris time in March 2026; the 3rd is a Tuesday. */
const paris = (day: number, hours: number, minutes = 0): Date => new Date(Date.UTC(2026, 2, day, hours - 1, minutes));
const none: Kept = { dueAt: null, state: null, pausedAt: null, pausedMinutes: 0, firstResponseAt: null, firstResponseMinutes: null, resolvedAt: null, resolutionMinutes: null, closedAt: null, basis: null, treatedStatus: null }; // prettier-ignore
const ticket = (over: Partial<Ticket> = {}, kept: Partial<Kept> = {}): Ticket => ({
	company: 'a',
	status: 'new',
	priority: 'urgent',
	level: 'standard',
	createdAt: paris(3, 10),
	kept: { ...none, ...kept },
	...over,
});
const ground = (now: Date): Ground => ({ settings, calendar, now });

/** A ticket through a series of statuses, each at its moment. */
function live(steps: readonly (readonly [Ticket['status'], Date])[], over: Partial<Ticket> = {}): Kept {
	let kept = none;
	for (const [status, at] of steps) kept = settle(ticket({ ...over, status }, kept), ground(at));
	return kept;
}

describe('a deadline', () => {
	it('is priority times support level, in working hours', () => {
		expect(minutesFor('normal', 'premium', settings)).toBe(540);
		expect(live([['new', paris(3, 10)]]).dueAt).toEqual(paris(3, 14));
		expect(live([['new', paris(3, 10)]], { level: 'premium' }).dueAt).toEqual(paris(3, 12));
		expect(live([['new', paris(3, 17)]], { createdAt: paris(3, 17) }).dueAt).toEqual(paris(4, 12));
		// Friday evening: what is left is for Monday.
		expect(live([['new', paris(6, 17)]], { createdAt: paris(6, 17) }).dueAt).toEqual(paris(9, 12));
	});

	it('waits for the client', () => {
		const waiting = live([
			['new', paris(3, 10)],
			['waiting_client', paris(3, 11)],
		]);
		expect(waiting).toMatchObject({ state: 'paused', pausedAt: paris(3, 11), dueAt: paris(3, 14), firstResponseAt: paris(3, 11), firstResponseMinutes: 60 });
		const back = settle(ticket({ status: 'in_progress' }, waiting), ground(paris(4, 11)));
		// Nine working hours from Tuesday 11:00 to Wednesday 11:00.
		expect(back).toMatchObject({ state: 'running', pausedAt: null, pausedMinutes: 540, dueAt: paris(4, 14) });
	});

	it('is kept as it was promised, unless priority or client change', () => {
		const kept = live([['new', paris(3, 10)]]);
		const dearer = { ...settings, minutes: { ...settings.minutes, urgent: 60 } };
		expect(settle(ticket({}, kept), { ...ground(paris(3, 11)), settings: dearer }).dueAt).toEqual(paris(3, 14));
		expect(settle(ticket({ priority: 'high' }, kept), ground(paris(3, 11))).dueAt).toEqual(paris(3, 18));
		expect(settle(ticket({ company: 'b', level: 'premium' }, kept), ground(paris(3, 11))).dueAt).toEqual(paris(3, 12));
		// What came in with a deadline of its own keeps it.
		expect(settle(ticket({}, { dueAt: paris(5, 10) }), ground(paris(3, 11))).dueAt).toEqual(paris(5, 10));
	});

	it('of its own holds until somebody changes priority or client', () => {
		const own = { dueAt: paris(5, 10) };
		const changed = settle(ticket({ priority: 'high', isRepromised: true }, own), ground(paris(3, 11)));
		expect(changed.dueAt).toEqual(paris(3, 18));
		expect(settle(ticket({ priority: 'high' }, changed), ground(paris(3, 12))).dueAt).toEqual(paris(3, 18));
	});

	it('of a solved ticket stands: another priority does not make it kept, before, with or after the solution', () => {
		const kept = live([['new', paris(3, 10)]]);
		const missed = settle(ticket({ status: 'resolved' }, kept), ground(paris(3, 15)));
		expect(missed.state).toBe('missed');
		expect(settle(ticket({ status: 'resolved', priority: 'low', isRepromised: true }, missed), ground(paris(3, 16)))).toMatchObject({ state: 'missed', dueAt: paris(3, 14) }); // prettier-ignore
		expect(settle(ticket({ status: 'closed', priority: 'low', isRepromised: true }, kept), ground(paris(3, 15)))).toMatchObject({ state: 'missed', dueAt: paris(3, 14) }); // prettier-ignore
		// Taken up again, it is promised anew for the priority that it has now: 36 hours, and the hour that it was thought solved.
		const solved = settle(ticket({ status: 'resolved', priority: 'high' }, missed), ground(paris(3, 16)));
		expect(settle(ticket({ status: 'in_progress', priority: 'high' }, solved), ground(paris(3, 16))).dueAt).toEqual(paris(4, 10));
	});

	it('measures the resolution without the waiting, and goes on after a wrong one', () => {
		const solved = live([
			['new', paris(3, 10)],
			['waiting_client', paris(3, 11)],
			['in_progress', paris(3, 12)],
			['resolved', paris(3, 13)],
		]);
		expect(solved).toMatchObject({ state: 'met', resolvedAt: paris(3, 13), resolutionMinutes: 120, dueAt: paris(3, 15) });
		const closed = settle(ticket({ status: 'closed' }, solved), ground(paris(5, 10)));
		expect(closed).toMatchObject({ state: 'met', resolvedAt: paris(3, 13), resolutionMinutes: 120, closedAt: paris(5, 10) });
		const again = settle(ticket({ status: 'in_progress' }, solved), ground(paris(3, 14)));
		expect(again).toMatchObject({ state: 'running', resolvedAt: null, resolutionMinutes: null, dueAt: paris(3, 16) });
	});

	it('taking a ticket up is no answer', () => {
		expect(live([['in_progress', paris(3, 10)]])).toMatchObject({ firstResponseAt: null, firstResponseMinutes: null });
	});

	it('is near in its last quarter, passed after its end, missed when solved too late', () => {
		const kept = live([['new', paris(3, 10)]]);
		const at = (now: Date): unknown => stateOf(ticket({}, kept), ground(now));
		expect([at(paris(3, 12, 59)), at(paris(3, 13)), at(paris(3, 14)), at(paris(3, 14, 1))]).toEqual(['running', 'at_risk', 'at_risk', 'breached']);
		expect(settle(ticket({ status: 'resolved' }, kept), ground(paris(3, 14, 1))).state).toBe('missed');
	});
});

it('an answer is an exchange that came about, not before the ticket and not still to come', () => {
	const [made, now] = [paris(3, 10), paris(3, 12)];
	const answer = (at: Date, outcome: string | null = null): Date | null => answerMoment({ at, outcome }, made, now);
	expect(answer(paris(3, 11))).toEqual(paris(3, 11));
	expect(answer(paris(3, 11), 'reached')).toEqual(paris(3, 11));
	expect(answer(paris(3, 11), 'no_answer')).toBeNull();
	expect(answer(paris(3, 11), 'wrong_contact')).toBeNull();
	expect(answer(paris(3, 9))).toBeNull();
	expect(answer(paris(3, 13))).toBeNull();
	// A form knows no seconds.
	expect(answer(new Date(made.getTime() - 30_000))).toEqual(made);
});
