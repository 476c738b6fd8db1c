import { numberFormat } from '../../../platform/formats.ts';
import { valueText } from '../../kpis/rules/value.ts';
import type { ReportFigure } from '../types.ts';

type Shown = Pick<ReportFigure, 'unit' | 'decimals' | 'direction'>;

/** `12 500 €`; what has no value says why. */
export const valueWords = ({ unit, decimals, value, cases, minCases }: ReportFigure): string => {
	if (value !== null) return valueText(value, unit, decimals);
	return cases > 0 && cases < minCases ? `Trop peu de cas (${cases} sur ${minCases})` : 'Pas encore de donnée';
};

/** Which way a figure went, and whether that is good: `null` where there is nothing to compare, or neither is better. */
export type Move = { way: 'up' | 'down' | 'same'; isGood: boolean | null; text: string };

/** A figure against an earlier one: `+12 % (contre 11 200 €)`, in points for percentages; from nought there is no percentage. */
export function moveFrom({ unit, decimals, direction, value }: Shown & { value: number | null }, before: number | null): Move | null {
	if (value === null || before === null) return null;
	const against = `(contre ${valueText(before, unit, decimals)})`;
	if (value === before) return { way: 'same', isGood: null, text: `Inchangé ${against}` };
	const way = value > before ? 'up' : 'down';
	const sign = value > before ? '+' : '−';
	const size = Math.abs(value - before);
	const points = size / 100;
	const number = numberFormat('fr', { maximumFractionDigits: unit === 'percent' ? 1 : 0 });
	const change = unit === 'percent' ? `${number.format(points)} ${points < 2 ? 'point' : 'points'}` : before > 0 ? `${number.format((size / before) * 100)} %` : valueText(size, unit, decimals);
	return { way, isGood: direction === 'band' ? null : way === direction, text: `${sign}${change} ${against}` };
} // prettier-ignore

/** Where a figure stands on the way to its target: share reached (0 to 1 and above) and the words; null without a target. */
export function targetWords({ unit, decimals, direction, value, target }: Shown & { value: number | null; target: number | null }): { share: number | null; text: string; isReached: boolean | null } | null {
	if (target === null) return null;
	const goal = valueText(target, unit, decimals);
	if (value === null) return { share: null, text: `objectif : ${goal}`, isReached: null };
	const isReached = direction === 'down' ? value <= target : value >= target;
	const share = target > 0 ? value / target : null;
	if (direction === 'down') return { share, text: `${isReached ? 'objectif tenu' : 'au-dessus de l’objectif'} (${goal})`, isReached };
	if (isReached) return { share, text: `objectif atteint (${goal})`, isReached };
	return { share, text: share === null ? `objectif : ${goal}` : `${Math.floor(share * 100)} % de l’objectif (${goal})`, isReached };
} // prettier-ignore
