import { numberFormat } from '../../../platform/formats.ts';
import { frenchDate } from '../../../platform/time/paris.ts';
import { listed } from '../../../platform/text.ts';
import type { Contribution } from './change.ts';
import { periodName, type Period } from './periods.ts';
import type { KpiDefinition, Unit } from '../types.ts';
import { changeText, valueText } from './value.ts';

export type Told = { name: string; unit: Unit; decimals: number };

/** A day as `22 novembre 2026`; noon, so that no zone moves it. */
export const dayText = (day: number): string => frenchDate(new Date(day * 86_400_000 + 43_200_000));

/** How one says when, by kind of period: `en octobre 2026`, `la semaine du 09/11/2026`. */
const when = { day: 'le ', week: 'la ', month: 'en ', quarter: 'au ', year: 'en ' } as const;

/** `en octobre 2026`, or `en octobre 2026 (jusqu’au 22 octobre 2026)` for its first days only. */
function spanText(span: Period, whole: Period): string {
	const name = `${when[whole.kind]}${periodName(whole)}`;
	return span.end < whole.end ? `${name} (jusqu’au ${dayText(span.end)})` : name;
}

const grown = (value: number, before: number): string => {
	if (before === 0) return '';
	const rate = Math.round(((value - before) / Math.abs(before)) * 100);
	return `, soit ${rate > 0 ? '+' : rate < 0 ? '−' : ''}${numberFormat('fr').format(Math.abs(rate))}\u00a0%`;
};

/** What the figure is and was: the first of the sentences. `before`: the whole period that `span` lies in. */
export function changeSentence({ name, unit, decimals }: Told, value: number | null, was: number | null, period: Period, span: Period, before: Period): string {
	const figure = value === null ? 'pas assez de données' : valueText(value, unit, decimals);
	const start = `${name}, ${periodName(period)} : ${figure}`;
	if (value === null) return `${start}.`;
	if (was === null) return `${start} ; rien à comparer ${spanText(span, before)}.`;
	if (value === was) return `${start}, comme ${spanText(span, before)}.`;
	const rate = unit === 'percent' ? '' : grown(value, was);
	return `${start}, contre ${valueText(was, unit, decimals)} ${spanText(span, before)} (${changeText(value - was, unit, decimals)}${rate}).`;
}

/** `Par équipe, ce qui a le plus joué : Commerce Nord (+12 000 €), Commerce Sud (−3 000 €) et Sans équipe (+500 €). Le reste : +80 €.` */
export function contributionSentence(by: string, largest: readonly Contribution[], rest: number, nameOf: (key: string) => string, { unit, decimals }: Told): string | null {
	if (largest.length === 0) return null;
	const said = listed(largest.map(({ key, delta }) => `${nameOf(key)} (${changeText(delta, unit, decimals)})`));
	// What rounds to nothing is not said.
	const others = /[1-9]/.test(changeText(rest, unit, decimals)) ? ` Le reste : ${changeText(rest, unit, decimals)}.` : '';
	return `Par ${by}, ce qui a le plus joué : ${said}.${others}`;
} // prettier-ignore

const shareText = (share: number): string => `${numberFormat('fr').format(Math.round(share * 100))}\u00a0%`;

/**
 * How the figure stands to its target, and to what of it was due by now. Where less is better, a share of the target would read like an
 * achievement: it says by how much the figure is beyond it; where close is best, by how much it is off.
 */
export function targetSentence(
	{ unit, decimals, direction }: Omit<Told, 'name'> & Pick<KpiDefinition, 'direction'>,
	value: number,
	target: number,
	expected: number | null,
): string {
	const due = expected === null || expected === target ? '' : `, dont ${valueText(expected, unit, decimals)} attendus à ce jour`;
	const start = `Objectif : ${valueText(target, unit, decimals)}${due}`;
	if (direction === 'up') return `${start}${unit === 'percent' || target <= 0 ? '' : ` (${shareText(value / target)} de l’objectif)`}.`;
	const most = expected ?? target;
	const size = changeText(Math.abs(value - most), unit, decimals).replace('+', '');
	if (value > most) return `${start} ; ${size} au-dessus.`;
	return direction === 'down' || value === most ? `${start} ; il est tenu.` : `${start} ; ${size} en dessous.`;
}
