import { defuse } from '../../../exchange/exports/defuse.ts';
import { scaleOf } from '../rules/value.ts';
import type { Unit } from '../types.ts';
import type { KpiAnswer } from './answer.ts';

const units: Readonly<Record<string, string>> = {
	eur: '€',
	percent: '%',
	count: '',
	days: 'jours',
	hours: 'heures',
	minutes: 'minutes',
	points: 'points',
	ratio: '',
};
const head = ['Indicateur', 'Périmètre', 'Période', 'Du', 'Au (inclus)', 'Valeur', 'Unité', 'Objectif', 'Numérateur', 'Dénominateur', 'Cas', 'Période close'];

const cell = (text: string): string => {
	const safe = defuse(text);
	return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The series as French spreadsheets open it: UTF-8 with its mark, semicolons, decimal commas; values in the shown unit, parts in raw units. */
export function csvOf({ kpi, scope, trend }: KpiAnswer): string {
	const scale = scaleOf(kpi.unit as Unit);
	const shown = (value: number | null): string => (value === null ? '' : String(value / scale).replace('.', ','));
	const plain = (value: number | null): string => (value === null ? '' : String(value).replace('.', ','));
	const rows = trend.map((point) => [
		kpi.name,
		scope.name,
		point.name,
		point.start,
		point.end,
		shown(point.value),
		units[kpi.unit] ?? '',
		shown(point.target),
		plain(point.numerator),
		plain(point.denominator),
		String(point.sample_size),
		point.is_final ? 'oui' : 'non',
	]);
	return `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}
