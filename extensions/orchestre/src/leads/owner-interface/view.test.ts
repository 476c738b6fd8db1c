import { describe, expect, it } from 'vitest';
import type { CandidateFigures } from '../rules/types.ts';
import { deadlineOf, fullness, initials, isOverridden, percent, ranked } from './view.ts';

const candidate = (name: string, total: number, excluded: string | null = null): CandidateFigures => ({
	user: name,
	name,
	load: 0,
	expertise: 0,
	performance: 0,
	availability: 0,
	total,
	openLeads: 0,
	capacity: 1,
	excluded,
});

describe('ranked', () => {
	it('puts the chosen person first and those left out last', () => {
		const all = [candidate('out', 0.99, 'Absent'), candidate('second', 0.5), candidate('first', 0.9), candidate('chosen', 0.2)];
		expect(ranked(all, 'chosen').map(({ name }) => name)).toEqual(['chosen', 'first', 'second', 'out']);
	});
});

describe('deadlineOf', () => {
	const due = new Date('2026-11-24T10:00:00Z');
	const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 24, hour));

	it('runs until the first contact', () => {
		expect(deadlineOf(due, null, at(9))?.kind).toBe('ahead');
		expect(deadlineOf(due, null, at(11))?.kind).toBe('overdue');
		expect(deadlineOf(due, at(9), at(20))?.kind).toBe('kept');
		expect(deadlineOf(due, at(11), at(20))?.kind).toBe('late-contact');
		expect(deadlineOf(null, null, at(9))).toBeNull();
	});
});

describe('figures', () => {
	it('are whole percents within bounds', () => {
		expect([0.126, -1, 3, Number.NaN].map(percent)).toEqual([13, 0, 100, 0]);
		expect(fullness({ openLeads: 12, capacity: 40 })).toBe(30);
		expect(fullness({ openLeads: 0, capacity: 0 })).toBe(100);
		expect(fullness({ openLeads: 50, capacity: 40 })).toBe(100);
	});
});

describe('initials', () => {
	it('take the first and the last name', () => {
		expect(['Camille Petit', 'émile de la Tour', 'Zoé', '  ', '🙂 Max'].map(initials)).toEqual(['CP', 'ÉT', 'Z', '', '🙂M']);
	});
});

describe('isOverridden', () => {
	it('is true when the lead went to somebody else since', () => {
		const decision = { owner: 'a', kind: 'best' as const, sentence: '', at: '', candidates: [] };
		expect(isOverridden('b', decision)).toBe(true);
		expect(isOverridden('a', decision)).toBe(false);
		expect(isOverridden(null, decision)).toBe(false);
		expect(isOverridden('b', null)).toBe(false);
	});
});
