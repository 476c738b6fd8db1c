import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import { foldedInPlace, later } from '../dates.ts';
import { regionOf, type Region, type Row } from '../page-text.ts';
import { labelledDays } from './days.ts';

/** The whole text as one line, folded, with the row behind each character: sentences of a contract run over lines. */
export type Prose = { text: string; original: string; rows: Row[]; at: number[] };

/** The rows as running text. */
export function proseOf(rows: readonly Row[]): Prose {
	const prose: Prose = { text: '', original: '', rows: [...rows], at: [] };
	for (const [place, row] of rows.entries()) {
		const original = row.text.replaceAll('\t', ' ');
		prose.text += `${foldedInPlace(original)} `;
		prose.original += `${original} `;
		for (let at = 0; at <= original.length; at++) prose.at.push(place);
	}
	return prose;
}

/** The row behind a character. */
export function regionAt(prose: Prose, from: number): Region | null {
	const row = prose.rows[prose.at[from] ?? 0];
	return row ? regionOf(row.tokens) : null;
}

const numbers: Record<string, number> = {
	un: 1,
	une: 1,
	deux: 2,
	trois: 3,
	quatre: 4,
	cinq: 5,
	six: 6,
	sept: 7,
	huit: 8,
	neuf: 9,
	dix: 10,
	douze: 12,
	quinze: 15,
	'dix-huit': 18,
	vingt: 20,
	'vingt-quatre': 24,
	trente: 30,
	'trente-six': 36,
	quarante: 40,
	'quarante-huit': 48,
	soixante: 60,
	'quatre-vingt-dix': 90,
	one: 1,
	two: 2,
	three: 3,
	six_en: 6,
	twelve: 12,
	thirty: 30,
	sixty: 60,
	ninety: 90,
};
const spelt = Object.keys(numbers)
	.toSorted((one, other) => other.length - one.length)
	.join('|');
const duration = String.raw`(?:(\d{1,3})|(${spelt}))(?:\s*\(\s*(\d{1,3})\s*\))?(?:\s*\([\p{L} -]+\))?\s*(jours?|semaines?|mois|ans?|annees?|days?|weeks?|months?|years?)`;

type Span = { count: number; unit: 'day' | 'month' };
function spanOf([, digits, word, bracket, unit = '']: readonly (string | undefined)[]): Span | null {
	const count = Number(bracket ?? digits ?? numbers[word ?? ''] ?? 0);
	if (count <= 0) return null;
	if (/^(?:jour|day)/.test(unit)) return { count, unit: 'day' };
	if (/^(?:semaine|week)/.test(unit)) return { count: count * 7, unit: 'day' };
	return { count: count * (/^(?:mois|month)/.test(unit) ? 1 : 12), unit: 'month' };
}

function sentence(prose: Prose, pattern: RegExp): { match: RegExpExecArray; region: Region | null } | null {
	const match = pattern.exec(prose.text);
	return match ? { match, region: regionAt(prose, match.index) } : null;
}

/** When it starts and ends, how long before it has to be given notice, and whether it renews itself. */
export function termChoices(
	context: Context,
	prose: Prose,
): { starts: Choice<string>[]; ends: Choice<string>[]; notice: Choice<number>[]; renewal: Choice<string>[] } {
	const starts = [...labelledDays(context, 'starts')];
	for (const date of context.dates) {
		const before = foldedInPlace(date.row.text.slice(Math.max(0, date.from - 60), date.from)).replaceAll('\t', ' ');
		const row = context.rows.indexOf(date.row);
		const whole = `${date.from < 45 ? foldedInPlace(context.rows[row - 1]?.text ?? '') : ''} ${before}`;
		const starting = /(?:prend(?:ra)? effet|entre(?:ra)? en vigueur|a compter du|a partir du|debut|commence|effet|date d'effet|demarrage)[^.;]{0,35}$/.test(
			whole,
		)
			? 1
			: 0;
		const signing = /(?:fait a|signe)[^.;]{0,30}$/.test(whole) ? 1 : 0;
		if (starting || signing)
			starts.push({
				value: date.value,
				region: date,
				score: 0.85 * starting + 0.3 * signing,
				evidence: { label: starting, signing, other: 0, depth: context.depth(date), swappable: date.swapped ? 1 : 0, free: 0 },
			});
	}
	const start = starts.toSorted((one, other) => other.score - one.score)[0]?.value;
	const ends: Choice<string>[] = labelledDays(context, 'ends').map((choice) => ({ ...choice, evidence: { ...choice.evidence, computed: 0 } }));
	const length = sentence(
		prose,
		new RegExp(String.raw`(?:duree|periode|conclu|engagement|souscrit|consenti|term|period)[^.;]{0,80}?(?:de |d'|of |:\s*)(?:\w+ )?${duration}`, 'u'),
	);
	const span = length && spanOf([undefined, ...length.match.slice(1)]);
	if (start && span) {
		const value = later(later(start, span.count, span.unit), -1, 'day');
		ends.push({ value, region: length.region, score: 0.6, evidence: { label: 0.5, other: 0, depth: 0.5, swappable: 0, free: 0, computed: 1 } });
	}
	const notice: Choice<number>[] = [];
	for (const pattern of [
		String.raw`(?:preavis|notice)[^.;]{0,70}?${duration}`,
		String.raw`${duration}[^.;]{0,50}(?:de preavis|avant (?:la |l'|son |chaque )?(?:date d'|fin|echeance|expiration|terme)|au moins avant|notice|prior)`,
	]) {
		const hit = sentence(prose, new RegExp(pattern, 'u'));
		const found = hit && spanOf([undefined, ...hit.match.slice(1)]);
		if (hit && found && found.count <= 366)
			notice.push({
				value: found.unit === 'month' ? found.count * 30 : found.count,
				region: hit.region,
				score: notice.length === 0 ? 0.8 : 0.6,
				evidence: { second: notice.length },
			});
	}
	const renewal: Choice<string>[] = [];
	const no = sentence(
		prose,
		/(?:sans|pas|aucune|exclu\w*|ni)[^.;]{0,45}(?:tacite(?:ment)? |par tacite )?re(?:conduction|conduit|nouvel\p{L}*)|ne (?:sera|pourra|peut)[^.;]{0,30}(?:reconduit|renouvel)/u,
	);
	const tacit = sentence(
		prose,
		/tacite(?:ment)? re(?:conduction|conduit|nouvel\p{L}*)|re(?:conduit|nouvel\p{L}*)[^.;]{0,60}(?:tacite|automatique)|automatically renew|automatic renewal/u,
	);
	const explicit = sentence(
		prose,
		/(?:reconduction|renouvellement)[^.;]{0,30}(?:expresse?|explicite|par accord|d'un commun accord|par avenant|par ecrit)|renouvelable[^.;]{0,40}(?:accord|avenant)/u,
	);
	if (no) renewal.push({ value: 'none', region: no.region, score: 0.85, evidence: { said: 1, rivals: tacit ? 1 : 0 } });
	if (tacit) renewal.push({ value: 'tacit', region: tacit.region, score: 0.8, evidence: { said: 1, rivals: no || explicit ? 1 : 0 } });
	if (explicit) renewal.push({ value: 'explicit', region: explicit.region, score: 0.75, evidence: { said: 1, rivals: tacit ? 1 : 0 } });
	return { starts, ends, notice, renewal };
}
