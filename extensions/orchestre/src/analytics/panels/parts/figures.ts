import type { Language } from '../../../platform/amount.ts';
import { dateFormat, numberFormat } from '../../../platform/formats.ts';

/** Units of KPIs as `kpis.unit` has them. Values are integers: cents, basis points, else thousandths. */
export type Unit = 'eur' | 'percent' | 'count' | 'days' | 'hours' | 'minutes' | 'points' | 'ratio';
export type Direction = 'up' | 'down' | 'band';
export type PeriodKind = 'day' | 'week' | 'month' | 'quarter' | 'year';

const nbsp = '\u00a0';
const marks: Record<Unit, Record<Language, string>> = {
	eur: { fr: `${nbsp}€`, en: `${nbsp}€` },
	percent: { fr: `${nbsp}%`, en: '%' },
	count: { fr: '', en: '' },
	days: { fr: `${nbsp}j`, en: `${nbsp}d` },
	hours: { fr: `${nbsp}h`, en: `${nbsp}h` },
	minutes: { fr: `${nbsp}min`, en: `${nbsp}min` },
	points: { fr: `${nbsp}pts`, en: `${nbsp}pts` },
	ratio: { fr: '', en: '' },
};

/** How many of the stored integer make one of what people read. */
export const perUnit = (unit: Unit): number => (unit === 'eur' || unit === 'percent' ? 100 : 1000);

const number = (value: number, decimals: number, language: Language, signed = false): string =>
	numberFormat(language, {
		minimumFractionDigits: 0,
		maximumFractionDigits: decimals,
		...(signed && { signDisplay: 'exceptZero' as const }),
	})
		.format(Object.is(value, -0) ? 0 : value)
		.replace('-', '−');

/** A stored value as people read it: `12 480 €`, `31,4 %`, `18 j`; a dash for no value. `signed`: with its sign, for changes. */
export function figure(value: number | null, unit: Unit, language: Language, { decimals = 0, signed = false }: { decimals?: number; signed?: boolean } = {}): string {
	return value === null ? '–' : `${number(value / perUnit(unit), decimals, language, signed)}${marks[unit][language]}`;
} // prettier-ignore

/** The same, short enough for a card or an axis: `1,2 M€`, `48 k€`, `1,3 k`; units that never grow large stay whole. */
export function shortFigure(value: number | null, unit: Unit, language: Language, decimals = 0): string {
	if (value === null || (unit !== 'eur' && unit !== 'count')) return figure(value, unit, language, { decimals });
	const plain = value / perUnit(unit);
	const mark = unit === 'eur' ? '€' : '';
	const size = Math.abs(plain);
	if (size >= 999_500) return `${number(plain / 1e6, size < 9_995_000 ? 2 : 1, language)}${nbsp}M${mark}`;
	if (size >= 10_000) return `${number(plain / 1000, size < 99_950 ? 1 : 0, language)}${nbsp}k${mark}`;
	return figure(value, unit, language, { decimals });
}

/** A change against what was before, as it is said: points for rates and scores, per cent for the rest; null where it cannot be said. */
export function changeOf(value: number | null, before: number | null, unit: Unit, language: Language): string | null {
	if (value === null || before === null) return null;
	if (unit === 'percent' || unit === 'points') {
		const points = (value - before) / perUnit(unit);
		return `${number(points, 1, language, true)}${nbsp}pt${Math.abs(points) < 2 ? '' : 's'}`;
	}
	if (before === 0) return value === 0 ? `0${marks.percent[language]}` : null;
	return `${number(((value - before) / Math.abs(before)) * 100, Math.abs(value - before) < Math.abs(before) / 10 ? 1 : 0, language, true)}${marks.percent[language]}`;
} // prettier-ignore

export type Tone = 'good' | 'bad' | 'flat';

/** Whether a change is good news; with a band as aim, only the distance to the target tells. */
export function toneOf(value: number | null, before: number | null, direction: Direction): Tone {
	if (value === null || before === null || value === before || direction === 'band') return 'flat';
	return value > before === (direction === 'up') ? 'good' : 'bad';
}

/** How far along the target a value is, 1 = reached; where lower is better, reached means at or below. Null without a target. */
export function progressOf(value: number | null, target: number | null, direction: Direction): number | null {
	if (value === null || target === null) return null;
	if (direction === 'down') return value <= target ? 1 : Math.max(0, target / value);
	if (target === 0) return value >= 0 ? 1 : 0;
	const share = value / target;
	return direction === 'band' ? Math.max(0, 1 - Math.abs(1 - share)) : Math.max(0, share);
}

const dateOf = (iso: string): Date => new Date(`${iso.slice(0, 10)}T00:00:00Z`);
const formatDate = (iso: string, language: Language, options: Intl.DateTimeFormatOptions): string =>
	dateFormat(language, { ...options, timeZone: 'UTC' }).format(dateOf(iso));

/** A period by its first day: `novembre 2026`, `T4 2026`, `sem. du 16 nov.`; `short` for axes: `nov.`, `T4`. */
export function periodName(kind: PeriodKind | 'rolling_12', start: string, language: Language, short = false): string {
	const at = dateOf(start);
	if (kind === 'year') return String(at.getUTCFullYear());
	if (kind === 'quarter') {
		const quarter = `${language === 'fr' ? 'T' : 'Q'}${Math.floor(at.getUTCMonth() / 3) + 1}`;
		return short ? quarter : `${quarter} ${at.getUTCFullYear()}`;
	}
	if (kind === 'month') return formatDate(start, language, short ? { month: 'short' } : { month: 'long', year: 'numeric' });
	if (kind === 'rolling_12') return language === 'fr' ? '12 derniers mois' : 'last 12 months';
	const day = formatDate(start, language, { day: 'numeric', month: 'short' });
	if (kind === 'day' || short) return day;
	return language === 'fr' ? `sem. du ${day}` : `week of ${day}`;
}

/** `3 nov.`, `1er nov.` */
export const dayName = (iso: string, language: Language): string =>
	formatDate(iso, language, { day: 'numeric', month: 'short' }).replace(/^1(?= )/, language === 'fr' ? '1er' : '1');
