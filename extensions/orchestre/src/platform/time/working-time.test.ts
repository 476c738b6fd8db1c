import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, frenchDate, fromParis, isoOf, parisOffset, toParis, weekday } from './paris.ts';
import {
	addWorkingDays,
	addWorkingMinutes,
	easter,
	holidays,
	isWorkingDay,
	nextWorkingMoment,
	workingCalendar,
	workingMinutesBetween,
} from './working-time.ts';

const hours = { opens_at: '09:00:00', closes_at: '18:00:00', alsace_moselle: false };
const calendar = workingCalendar(hours);
const at = (text: string): Date => new Date(text);
const iso = (date: Date): string => date.toISOString();

/** Moments over thirty years, to the minute. */
const moments = fc.integer({ min: Date.UTC(2010, 0, 1) / 60_000, max: Date.UTC(2039, 11, 31) / 60_000 }).map((minutes) => new Date(minutes * 60_000));
const delays = fc.integer({ min: 0, max: 20_000 });

describe('Paris time', () => {
	const intl = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' });
	const byIntl = (date: Date): string => intl.format(date);
	const ours = (date: Date): string => {
		const { day, time } = toParis(date);
		const [year, month, dom] = isoOf(day).split('-');
		return `${dom}/${month}/${year}, ${new Date(time).toISOString().slice(11, 19)}`;
	};
	it('is what Intl says, for any moment from 1997 to 2060', () => {
		fc.assert(
			fc.property(fc.date({ min: at('1997-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z'), noInvalidDate: true }), (date) => ours(date) === byIntl(date)),
		);
	});
	it('is what Intl says in the hours around each change', () => {
		for (let year = 1997; year <= 2060; year++) {
			for (const month of [2, 9])
				for (let hour = -30; hour <= 200; hour++) {
					const date = new Date(Date.UTC(year, month, 24) + hour * 3_600_000);
					expect(ours(date)).toBe(byIntl(date));
				}
		}
	});
	it('and back again is the same moment, but for the doubled hour in October', () => {
		fc.assert(
			fc.property(moments, (date) => {
				const { day, time } = toParis(date);
				const back = fromParis(day, time).getTime();
				return back === date.getTime() || (date.getTime() - back === 3_600_000 && parisOffset(back) !== parisOffset(date.getTime()));
			}),
		);
		expect(iso(fromParis(dayOf('2026-10-25') ?? 0, 2.5 * 3_600_000))).toBe('2026-10-25T00:30:00.000Z');
		expect(iso(fromParis(dayOf('2026-03-29') ?? 0, 2.5 * 3_600_000))).toBe('2026-03-29T01:30:00.000Z');
	});
	it('knows which days exist', () => {
		expect(dayOf('2024-02-29')).not.toBeNull();
		for (const none of ['2026-02-29', '2026-02-30', '2026-00-10', 'x']) expect(dayOf(none)).toBeNull();
		expect(weekday(dayOf('2026-11-23') ?? 0)).toBe(1);
		expect(weekday(dayOf('1969-12-28') ?? 0)).toBe(7);
	});
	it('is written as in French', () => {
		expect(frenchDate(at('2026-04-30T22:30:00Z'))).toBe('1er mai 2026');
		expect(frenchDate(at('2026-08-15T10:00:00Z'))).toBe('15 août 2026');
	});
});

describe('public holidays', () => {
	it('Easter falls when the Church says', () => {
		const known: Record<number, string> = {
			1961: '04-02',
			1981: '04-19',
			2000: '04-23',
			2008: '03-23',
			2011: '04-24',
			2024: '03-31',
			2025: '04-20',
			2026: '04-05',
			2027: '03-28',
			2038: '04-25',
		};
		for (const [year, day] of Object.entries(known)) expect(isoOf(easter(Number(year)))).toBe(`${year}-${day}`);
	});
	it('is a Sunday from 22 March to 25 April in every year', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1900, max: 2400 }), (year) => {
				const day = isoOf(easter(year)).slice(5);
				return weekday(easter(year)) === 7 && day >= '03-22' && day <= '04-25';
			}),
		);
	});
	it('of 2026 are eleven', () => {
		expect([...holidays(2026)].map(isoOf)).toEqual([
			'2026-01-01',
			'2026-04-06',
			'2026-05-01',
			'2026-05-08',
			'2026-05-14',
			'2026-05-25',
			'2026-07-14',
			'2026-08-15',
			'2026-11-01',
			'2026-11-11',
			'2026-12-25',
		]);
	});
	it('of Alsace and Moselle are two more', () => {
		const more = [...holidays(2026, true)].filter((day) => !holidays(2026).has(day)).map(isoOf);
		expect(more).toEqual(['2026-04-03', '2026-12-26']);
	});
	it('are ten when Ascension falls on 1 May, as in 2008', () => expect(holidays(2008).size).toBe(10));
});

describe('working days', () => {
	it('are Monday to Friday without holidays, in Paris', () => {
		expect(isWorkingDay(at('2026-11-23T12:00:00Z'), calendar)).toBe(true);
		expect(isWorkingDay(at('2026-11-22T22:59:00Z'), calendar)).toBe(false);
		expect(isWorkingDay(at('2026-11-22T23:00:00Z'), calendar)).toBe(true);
		expect(isWorkingDay(at('2026-07-14T12:00:00Z'), calendar)).toBe(false);
	});
	it('the next working moment is now, this morning or the next opening', () => {
		expect(iso(nextWorkingMoment(at('2026-11-23T10:00:00Z'), calendar))).toBe('2026-11-23T10:00:00.000Z');
		expect(iso(nextWorkingMoment(at('2026-11-23T05:00:00Z'), calendar))).toBe('2026-11-23T08:00:00.000Z');
		expect(iso(nextWorkingMoment(at('2026-11-20T17:00:00Z'), calendar))).toBe('2026-11-23T08:00:00.000Z');
	});
	it('added keep the time of day and skip holidays', () => {
		expect(iso(addWorkingDays(at('2026-05-07T13:00:00Z'), 1, calendar))).toBe('2026-05-11T13:00:00.000Z');
		expect(iso(addWorkingDays(at('2026-11-20T09:30:00Z'), 3, calendar))).toBe('2026-11-25T09:30:00.000Z');
	});
	it('are counted from Monday morning when somebody writes on Friday night', () =>
		expect(iso(addWorkingDays(at('2026-11-20T21:00:00Z'), 1, calendar))).toBe('2026-11-24T08:00:00.000Z'));
	it('keep the wall clock over the change of hour', () => {
		expect(iso(addWorkingDays(at('2026-03-27T13:00:00Z'), 1, calendar))).toBe('2026-03-30T12:00:00.000Z');
		expect(iso(addWorkingDays(at('2026-10-23T12:00:00Z'), 1, calendar))).toBe('2026-10-26T13:00:00.000Z');
	});
});

describe('working minutes', () => {
	it('an hour at 17:30 on Friday ends at 9:30 on Monday', () =>
		expect(iso(addWorkingMinutes(at('2026-11-20T16:30:00Z'), 60, calendar))).toBe('2026-11-23T08:30:00.000Z'));
	it('that fill the day end at closing time', () => expect(iso(addWorkingMinutes(at('2026-11-20T16:30:00Z'), 30, calendar))).toBe('2026-11-20T17:00:00.000Z'));
	it('jump over Christmas', () => expect(iso(addWorkingMinutes(at('2026-12-24T16:00:00Z'), 120, calendar))).toBe('2026-12-28T09:00:00.000Z'));
	it('between two moments are those added', () => {
		fc.assert(fc.property(moments, delays, (from, minutes) => workingMinutesBetween(from, addWorkingMinutes(from, minutes, calendar), calendar) === minutes));
	});
	it('added at once or in two parts end at one moment', () => {
		fc.assert(
			fc.property(moments, delays, fc.integer({ min: 1, max: 20_000 }), (from, first, second) => {
				const parts = addWorkingMinutes(addWorkingMinutes(from, first, calendar), second, calendar);
				return parts.getTime() === addWorkingMinutes(from, first + second, calendar).getTime();
			}),
		);
	});
	it('always end within working hours and never before they began', () => {
		fc.assert(
			fc.property(moments, delays, fc.boolean(), (from, minutes, alsace) => {
				const there = { ...calendar, alsaceMoselle: alsace };
				const end = addWorkingMinutes(from, minutes, there);
				const { time } = toParis(end);
				return end >= from && isWorkingDay(end, there) && time >= there.opens && time <= there.closes;
			}),
		);
	});
	it('are as many backwards, with the other sign', () => {
		fc.assert(
			fc.property(moments, delays, (from, minutes) => {
				const to = new Date(from.getTime() + minutes * 60_000);
				return workingMinutesBetween(from, to, calendar) === -workingMinutesBetween(to, from, calendar) || workingMinutesBetween(from, to, calendar) === 0;
			}),
		);
	});
	it('are right for a company that works through the night change of hour', () => {
		const nights = workingCalendar({ opens_at: '00:00:00', closes_at: '00:00:00', alsace_moselle: false });
		fc.assert(fc.property(moments, delays, (from, minutes) => workingMinutesBetween(from, addWorkingMinutes(from, minutes, nights), nights) === minutes));
	});
	it('refuse delays that make no sense instead of looping', () => {
		for (const wrong of [-1, Number.NaN, Infinity]) expect(() => addWorkingMinutes(at('2026-11-23T10:00:00Z'), wrong, calendar)).toThrow(RangeError);
	});
	it('fall back to 9:00–18:00 when the settings make no sense', () => {
		for (const wrong of [
			{ opens_at: '18:00', closes_at: '09:00' },
			{ opens_at: 'x', closes_at: '18:00' },
			{ opens_at: '09:00', closes_at: '09:00' },
		])
			expect(workingCalendar({ ...hours, ...wrong })).toEqual(calendar);
	});
});
