import { numberFormat } from '../../../platform/formats.ts';
import type { Unit } from '../types.ts';

/**
 * From a raw numerator (over its denominator) to what is stored: euros are kept in cents, per cents in basis points, all other units in
 * thousandths. Raw units: cents for euros, cases for counts, minutes where time is measured (definitions in days or hours say their factor).
 */
const factors: Readonly<Record<Unit, number>> = {
	eur: 1,
	percent: 10_000,
	count: 1000,
	days: 1000 / 1440,
	hours: 1000 / 60,
	minutes: 1000,
	points: 1000,
	ratio: 1000,
};

/** Stored units in one shown unit: 100 cents in a euro, 100 basis points in a per cent, 1000 thousandths in the rest. */
export const scaleOf = (unit: Unit): number => (unit === 'eur' || unit === 'percent' ? 100 : 1000);

export type Measure = { unit: Unit; aggregation: 'sum' | 'ratio' | 'last' | 'none'; factor?: number; minCases?: number };

/** What a raw numerator is multiplied by. */
export const rawFactor = ({ unit, factor = factors[unit] }: Pick<Measure, 'unit' | 'factor'>): number => factor;

/** The stored value of a figure in raw units; null where it has too few cases, or nothing to divide by. */
export function valueOf({ unit, aggregation, factor = factors[unit], minCases = 1 }: Measure, numerator: number, denominator: number | null, cases: number): number | null {
	// A sum or a level of nothing is nought; a rate of nothing is unknown.
	if (denominator === null) return aggregation === 'none' && cases < minCases ? null : Math.round(numerator * factor);
	if (denominator === 0 || cases < minCases) return null;
	return Math.round((numerator * factor) / denominator);
} // prettier-ignore

const marks: Readonly<Record<Unit, readonly [string, string]>> = {
	eur: ['€', '€'],
	percent: ['%', '%'],
	count: ['', ''],
	days: ['jour', 'jours'],
	hours: ['h', 'h'],
	minutes: ['min', 'min'],
	points: ['point', 'points'],
	ratio: ['', ''],
};

/** A stored value as the French read it: `12 500 €`, `12,5 %`, `3,2 jours`. */
export function valueText(value: number, unit: Unit, decimals: number): string {
	const shown = value / scaleOf(unit);
	const number = numberFormat('fr', { maximumFractionDigits: decimals }).format(shown);
	const mark = marks[unit][Math.abs(shown) < 2 ? 0 : 1];
	return mark ? `${number}\u00a0${mark}` : number;
}

/** A difference of two stored values, with its sign: `+1 200 €`, `−3,2 points` for rates, which differ by points. */
export function changeText(delta: number, unit: Unit, decimals: number): string {
	const sign = Math.round(delta) > 0 ? '+' : Math.round(delta) < 0 ? '−' : '';
	const size = Math.abs(Math.round(delta));
	if (unit !== 'percent') return sign + valueText(size, unit, decimals);
	const shown = size / 100;
	return `${sign}${numberFormat('fr', { maximumFractionDigits: Math.max(1, decimals) }).format(shown)}\u00a0${shown < 2 ? 'point' : 'points'}`;
}
