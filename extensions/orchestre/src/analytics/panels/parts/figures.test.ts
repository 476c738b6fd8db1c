import { describe, expect, it } from 'vitest';
import { changeOf, figure, periodName, progressOf, shortFigure, toneOf } from './figures.ts';

const plain = (text: string | null): string | null => text?.replaceAll(/[\u202f\u00a0]/gu, ' ') ?? null;

describe('a figure', () => {
	it('reads as the French write it', () => {
		expect(plain(figure(1_234_500, 'eur', 'fr'))).toBe('12 345 €');
		expect(plain(figure(3141, 'percent', 'fr', { decimals: 1 }))).toBe('31,4 %');
		expect(plain(figure(18_500, 'days', 'fr', { decimals: 1 }))).toBe('18,5 j');
		expect(plain(figure(-200, 'eur', 'fr'))).toBe('−2 €');
		expect(figure(null, 'eur', 'fr')).toBe('–');
		expect(plain(figure(3141, 'percent', 'en', { decimals: 1 }))).toBe('31.4%');
	});
	it('is short where there is little room, and keeps three digits', () => {
		expect(plain(shortFigure(4_812_300, 'eur', 'fr'))).toBe('48,1 k€');
		expect(plain(shortFigure(123_456_700, 'eur', 'fr'))).toBe('1,23 M€');
		expect(plain(shortFigure(99_960_000, 'eur', 'fr'))).toBe('1 M€');
		expect(plain(shortFigure(812_300, 'eur', 'fr'))).toBe('8 123 €');
		expect(plain(shortFigure(12_000, 'count', 'fr'))).toBe('12');
		expect(plain(shortFigure(3141, 'percent', 'fr'))).toBe('31 %');
	});
});

describe('a change', () => {
	it('is in points for rates and in per cent for the rest', () => {
		expect(plain(changeOf(3200, 3050, 'percent', 'fr'))).toBe('+1,5 pt');
		expect(plain(changeOf(3500, 3000, 'percent', 'fr'))).toBe('+5 pts');
		expect(plain(changeOf(29_000, -4000, 'points', 'fr'))).toBe('+33 pts');
		expect(plain(changeOf(80, 100, 'eur', 'fr'))).toBe('−20 %');
		expect(plain(changeOf(104, 100, 'eur', 'fr'))).toBe('+4 %');
	});
	it('is not said against nothing', () => {
		expect(changeOf(5, 0, 'eur', 'fr')).toBeNull();
		expect(changeOf(null, 3, 'eur', 'fr')).toBeNull();
		expect(plain(changeOf(0, 0, 'eur', 'fr'))).toBe('0 %');
	});
	it('is good or bad by the direction of the KPI', () => {
		expect(toneOf(2, 1, 'up')).toBe('good');
		expect(toneOf(2, 1, 'down')).toBe('bad');
		expect(toneOf(2, 1, 'band')).toBe('flat');
		expect(toneOf(2, null, 'up')).toBe('flat');
	});
});

describe('progress to a target', () => {
	it('counts up to a goal, down to a limit, and around a band', () => {
		expect(progressOf(50, 200, 'up')).toBe(0.25);
		expect(progressOf(30, 45, 'down')).toBe(1);
		expect(progressOf(90, 45, 'down')).toBe(0.5);
		expect(progressOf(120, 100, 'band')).toBeCloseTo(0.8);
		expect(progressOf(50, null, 'up')).toBeNull();
	});
});

describe('a period', () => {
	it('is named as people say it', () => {
		expect(periodName('month', '2026-11-01', 'fr')).toBe('novembre 2026');
		expect(periodName('month', '2026-11-01', 'fr', true)).toBe('nov.');
		expect(periodName('quarter', '2026-10-01', 'fr')).toBe('T4 2026');
		expect(periodName('week', '2026-11-16', 'fr')).toBe('sem. du 16 nov.');
		expect(periodName('year', '2026-01-01', 'en')).toBe('2026');
	});
});
