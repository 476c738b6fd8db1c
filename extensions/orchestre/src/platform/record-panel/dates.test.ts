import { describe, expect, it } from 'vitest';
import { daysAgo, duration, parseMoment, shortMoment } from './dates.ts';

const now = new Date(2026, 10, 21, 9, 30);
const before = (days: number, hours = 12): Date => new Date(2026, 10, 21 - days, hours);

describe('daysAgo', () => {
	it('counts days of the calendar', () => {
		expect(daysAgo(before(0, 1), now, 'fr')).toBe('aujourd’hui');
		expect(daysAgo(before(1, 23), now, 'fr')).toBe('hier');
		expect(daysAgo(before(3), now, 'fr')).toBe('il y a 3 jours');
		expect(daysAgo(before(-1), now, 'fr')).toBe('demain');
	});

	it('turns to months and years', () => {
		expect(daysAgo(before(33), now, 'fr')).toBe('il y a 1 mois');
		expect(daysAgo(before(62), now, 'fr')).toBe('il y a 2 mois');
		expect(daysAgo(before(800), now, 'fr')).toBe('il y a 2 ans');
		expect(daysAgo(before(62), now, 'en')).toBe('2 months ago');
	});
});

describe('duration', () => {
	it('uses the unit that a deadline is said in', () => {
		const after = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
		expect(duration(now, after(0), 'fr')).toBe('1 min');
		expect(duration(now, after(25), 'fr')).toBe('25 min');
		expect(duration(now, after(60), 'fr')).toBe('1 h');
		expect(duration(now, after(-200), 'fr')).toBe('3 h 20');
		expect(duration(now, after(3 * 1440), 'fr').replaceAll(/\s/g, ' ')).toBe('3 jours');
	});
});

describe('shortMoment', () => {
	it('reads as in a sentence', () => {
		expect(shortMoment(now, 'fr')).toBe('21 nov. 2026 à 09:30');
		expect(shortMoment(now, 'en')).toBe('21 Nov 2026 at 09:30');
	});
});

describe('parseMoment', () => {
	it('reads a plain date as a day here', () => {
		expect(parseMoment('2026-11-18')).toEqual(new Date(2026, 10, 18));
	});

	it('refuses what is no date', () => {
		expect(parseMoment('hier')).toBeNull();
		expect(parseMoment('2026-13-40')).toBeNull();
		expect(parseMoment(null)).toBeNull();
	});
});
