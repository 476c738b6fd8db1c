import { describe, expect, it } from 'vitest';
import type { Quality } from '../model/backtest.ts';
import { scopesOf, type ForecastRow } from './read.ts';
import { forecastTexts } from './texts.ts';
import { draw, linesOf, niceStep, pointsOf, trustOf } from './view.ts';

const row = (over: Partial<ForecastRow> = {}): ForecastRow => ({
	frozen_on: '2026-06-01', period_start: '2026-06-01', kind: 'total', scope: 'company', scope_key: 'company', team: null, owner: null, p10_cents: 100, p50_cents: 200, p90_cents: 400, naive_cents: 300, details: null, ...over,
}); // prettier-ignore
const quality = (over: Partial<Quality> = {}): Quality => ({
	horizon: 1,
	trials: 10,
	mape: 0.15,
	naiveMape: 0.3,
	recentMape: 0.2,
	bias: 0.1,
	naiveBias: 0,
	coverage: 0.8,
	...over,
});

describe('the page of the forecast', () => {
	it('offers the company first, then teams, then people, by name', () => {
		const rows = [
			row({ scope: 'person', scope_key: 'p', owner: { first_name: 'Léa', last_name: 'Martin' } }),
			row({ scope: 'team', scope_key: 't', team: { name: 'Sud' } }),
			row({ scope: 'team', scope_key: 'u', team: { name: 'Nord' } }),
			row(),
		];
		expect(scopesOf(rows, 'Tout').map(({ name }) => name)).toEqual(['Tout', 'Nord', 'Sud', 'Léa Martin']);
	});
	it('shows past months with what came, then those ahead', () => {
		const past = { quality: [], monthAhead: [{ month: { start: 20_574, end: 20_604 }, p10: 1, p50: 2, p90: 3, naive: 4, actual: 5 }] };
		const scope = { rows: [row(), row({ kind: 'pipeline', p50_cents: 150 })], details: { past, wins: 40, isAssumed: false } };
		expect(pointsOf(scope).map(({ month, actual, isAhead }) => [month, actual, isAhead])).toEqual([
			['2026-05', 5, false],
			['2026-06', null, true],
		]);
		expect(linesOf(scope)[0]).toMatchObject({ p50: 200, parts: { pipeline: 150, new_business: 0, recurring: 0 } });
	});
	it('draws larger figures higher, on round ticks', () => {
		const drawing = draw(pointsOf({ rows: [row()], details: null }), { width: 100, height: 100, left: 10, right: 0, top: 0, bottom: 0 });
		const [column] = drawing.columns;
		expect(column?.p90).toBeLessThan(column?.p50 ?? 0);
		expect(column?.p50).toBeLessThan(column?.p10 ?? 0);
		expect(drawing.ticks.map(({ cents }) => cents)).toEqual([0, 100, 200, 300, 400]);
		expect(niceStep(0)).toBe(1);
	});
	it('says how far to trust it by what happened a month ahead', () => {
		const of = (one: Quality): string => trustOf({ quality: [one], monthAhead: [] });
		expect(of(quality())).toBe('good');
		expect(of(quality({ mape: 0.3, naiveMape: 0.5 }))).toBe('fair');
		expect(of(quality({ mape: 0.15, naiveMape: 0.14 }))).toBe('fair');
		expect(of(quality({ mape: 0.15, naiveMape: 0.1 }))).toBe('poor');
		expect(of(quality({ mape: 0.7, naiveMape: 0.9 }))).toBe('poor');
		expect(of(quality({ trials: 3 }))).toBe('unknown');
		expect(trustOf(null)).toBe('unknown');
	});
	it('in words', () => {
		const plain = (text: string): string => text.replaceAll(/[\u202f\u00a0]/gu, ' ');
		expect(plain(forecastTexts.fr.error(quality()))).toBe(
			'Un mois avant, la médiane s’est trompée de 15 % en moyenne sur 10 mois ; la somme pondérée simple de 30 %, la moyenne des trois mois précédents de 20 %.',
		);
		expect(plain(forecastTexts.fr.bias(quality({ bias: -0.1 })))).toBe('Elle est trop prudente de 10 %.');
		expect(forecastTexts.fr.bias(quality({ bias: 0.01 }))).toBe('Elle n’est ni trop optimiste ni trop prudente.');
	});
});
