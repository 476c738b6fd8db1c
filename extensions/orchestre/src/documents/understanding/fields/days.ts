import type { Choice } from '../choice.ts';
import type { Context, KnownDate } from '../context.ts';
import { endOfMonth, foldedInPlace, later } from '../dates.ts';
import type { LabelKind } from '../labels.ts';
import { regionOf, tokensBetween } from '../page-text.ts';

const rivalsOf: Partial<Record<LabelKind, LabelKind[]>> = {
	issued: ['due', 'delivered', 'starts', 'ends', 'valid', 'other_date'],
	due: ['delivered', 'starts', 'ends', 'valid', 'other_date'],
};

/** How well another kind of label would explain the date. */
const rival = (date: KnownDate, kind: LabelKind): number => Math.max(0, ...(rivalsOf[kind] ?? []).map((other) => date.kinds[other] ?? 0));

/** Dates after labels of one kind, the likeliest first. */
export const labelledDays = (context: Context, kind: LabelKind): Choice<string>[] =>
	context.dates.flatMap((date) => {
		const label = date.kinds[kind] ?? 0;
		const other = rival(date, kind);
		return label > 0.15
			? [
					{
						value: date.value,
						region: date,
						score: label - 0.45 * other,
						evidence: { label, other, depth: context.depth(date), swappable: date.swapped ? 1 : 0, free: 0 },
					},
				]
			: [];
	});

const clock = /\d{1,2} ?[:h] ?\d{2}/;

/** The day of issue: after its label, in a line with the number (`facture n° 12 du 3 mars 2026`), else the first day on the page that nothing else explains. */
export function issueDays(context: Context): Choice<string>[] {
	const numbered = new Set(context.labels.filter(({ kind, strength }) => kind === 'number' && strength >= 0.6).map(({ row }) => row));
	return context.dates.map((date, place) => {
		const label = date.kinds.issued ?? 0;
		const other = rival(date, 'issued');
		const withNumber = numbered.has(date.row) ? 1 : 0;
		const timed = clock.test(date.row.text.slice(date.to)) ? 1 : 0;
		const first = place === 0 ? 1 : 0;
		const depth = context.depth(date);
		const version = /version|copyright|stylesheet|capital|mise? a jour|cgv/.test(foldedInPlace(date.row.text)) ? 1 : 0;
		const score = label - 0.6 * version + (label > 0 ? 0.3 : 0.35) * withNumber + 0.12 * timed + 0.1 * first + 0.25 - 0.25 * depth - 0.6 * other;
		return { value: date.value, region: date, score, evidence: { label, other, withNumber, timed, first, depth, swappable: date.swapped ? 1 : 0 } };
	});
}

const days = String.raw`(\d{1,3}) ?(?:jours?|jrs?|j|days?|tagen?|tage)`;
const termRules: { pattern: RegExp; due: (issued: string, count: number, second: number) => string }[] = [
	{
		pattern: new RegExp(String.raw`${days}[^\d]{0,15}fin (?:de |du )?mois(?:,? (?:le|au) (\d{1,2}))?`),
		due: (issued, count, second) => (second > 0 ? later(endOfMonth(later(issued, count, 'day')), second, 'day') : endOfMonth(later(issued, count, 'day'))),
	},
	{ pattern: /fin (?:de |du )?mois(?: \+)? (\d{1,3}) ?(?:jours|j)/, due: (issued, count) => later(endOfMonth(issued), count, 'day') },
	{
		pattern: new RegExp(
			String.raw`(?:net|sous|a|within|in|innerhalb von|binnen|conditions[^\d]{0,25}|reglement[^\d]{0,25}|paiement[^\d]{0,25}|payable[^\d]{0,20}|delai[^\d]{0,25}|echeance[^\d]{0,12}|terms?[^\d]{0,15}|zahlbar[^\d]{0,20}|zahlungsziel[^\d]{0,8}|solde a)[ :]*${days}`,
		),
		due: (issued, count) => later(issued, count, 'day'),
	},
	{ pattern: /net[- ]?(\d{2})\b/, due: (issued, count) => later(issued, count, 'day') },
	{
		pattern:
			/()(?:(?:payable|paiement|reglement|comptant|exigible|echeance)[^.;\d]{0,25}(?:a|des) reception|due (?:on|upon) receipt|payable (?:on|upon) receipt)/,
		due: (issued) => issued,
	},
];

/** The due date: printed, else computed from the terms of payment (`30 jours fin de mois`), which the evidence says. */
export function dueDays(context: Context, issued: string | null): Choice<string>[] {
	const printed = labelledDays(context, 'due').map((choice) => ({
		...choice,
		score: choice.score - (issued && choice.value < issued ? 0.6 : 0),
		evidence: { ...choice.evidence, computed: 0, before: issued && choice.value < issued ? 1 : 0, same: choice.value === issued ? 1 : 0 },
	}));
	if (!issued) return printed;
	const computed = context.rows.flatMap((row) => {
		const text = foldedInPlace(row.text).replaceAll('\t', ' ');
		if (/penalit|retard|retractation|retour|garantie|essai|livraison sous|late fee/.test(text)) return [];
		for (const { pattern, due } of termRules) {
			const match = pattern.exec(text);
			if (!match || Number(match[1]) > 180) continue;
			const region = regionOf(tokensBetween(row, match.index, match.index + match[0].length));
			return [
				{
					value: due(issued, Number(match[1] || 0), Number(match[2] ?? 0)),
					region,
					score: 0.5,
					evidence: { label: 0.5, computed: 1, depth: context.depth(region), other: 0, swappable: 0, free: 0, before: 0, same: 0 },
				},
			];
		}
		return [];
	});
	return [...printed, ...computed];
}
