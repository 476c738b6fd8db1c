import { fold } from '../../../platform/text.ts';
import type { FieldName } from '../../types.ts';
import type { Block } from '../blocks.ts';
import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import { foldedInPlace, later } from '../dates.ts';
import type { Identifier } from '../identifiers.ts';
import { canBeName, legalForm, likeness, nameKey, tidyName } from '../names.ts';
import { regionOf, type Region, type Row } from '../page-text.ts';
import { labelledDays } from './days.ts';
import { identifiersFor } from './parties.ts';
import { isMoney } from './totals.ts';

/** The whole text as one line, folded, with the row behind each character: sentences of a contract run over lines. */
type Prose = { text: string; original: string; rows: Row[]; at: number[] };

function proseOf(rows: readonly Row[]): Prose {
	const prose: Prose = { text: '', original: '', rows: [...rows], at: [] };
	for (const [place, row] of rows.entries()) {
		const original = row.text.replaceAll('\t', ' ');
		prose.text += `${foldedInPlace(original)} `;
		prose.original += `${original} `;
		for (let at = 0; at <= original.length; at++) prose.at.push(place);
	}
	return prose;
}

function regionAt(prose: Prose, from: number): Region | null {
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

const kinds: [string, RegExp][] = [
	['nda', /confidentialite|non-divulgation|non-disclosure/],
	['data_processing', /sous-traitance de donnees|traitement de donnees|donnees a caractere personnel|data processing/],
	['maintenance', /maintenance|entretien|depannage/],
	['subscription', /abonnement|subscription|saas|licence|hebergement/],
	['framework', /contrat[- ]cadre|accord[- ]cadre|framework/],
	['reseller', /revendeur|revente|partenariat|distribution|apporteur|agent commercial|reseller/],
	['supplier', /fourniture|approvisionnement|fournisseur|location|bail|leasing|credit-bail|assurance|energie|supply/],
	['service', /prestations?|services?|conseil|mission|sous-traitance|mandat/],
];

/** The kind of contract, by its title first, then by its text. */
function contractKinds(context: Context, prose: Prose): Choice<string>[] {
	const top = context.rows.slice(0, 12);
	return kinds.flatMap(([value, pattern], order) => {
		const row = top.find(
			({ text }) => pattern.test(fold(text)) && /contrat|convention|accord|bail|avenant|agreement|contract|mandat|conditions/.test(fold(text)),
		);
		const count = prose.text.match(new RegExp(pattern.source, 'g'))?.length ?? 0;
		return row || count > 1
			? [
					{
						value,
						region: row ? regionOf(row.tokens) : null,
						score: (row ? 0.7 : 0.1) + 0.02 * Math.min(10, count) - 0.02 * order,
						evidence: { title: row ? 1 : 0, count: Math.min(1, count / 10) },
					},
				]
			: [];
	});
}

/** The two parties, in the order of the text: who stands after `entre` and after `et`, each with the name before its legal mentions. */
function partyNames(context: Context, prose: Prose, blocks: readonly Block[]): Choice<string>[] {
	const found: Choice<string>[] = [];
	const form = new RegExp(
		String.raw`((?:[\p{Lu}\d][\p{L}\d'’&.-]*\s+){0,5}[\p{Lu}\d][\p{L}\d'’&.-]*),?\s+(?:(?:une |la )?soci[eé]t[eé] |une? )?(?:${legalForm.source})`,
		'gu',
	);
	for (const match of prose.original.matchAll(form)) {
		const name = tidyName(match[1] ?? '')
			.replace(/^(?:ENTRE|Entre|ET|Et|La|Le|LA|LE|Entre les soussign[eé]s|D'UNE PART|Soci[eé]t[eé]|SOCI[EÉ]T[EÉ])\s*:?\s+/u, '')
			.replace(/^(?:soci[eé]t[eé])\s+/iu, '');
		if (!canBeName(name) || nameKey(name) === '') continue;
		const after = prose.text.slice(match.index, match.index + 420);
		const mentioned = /capital|siege|r\.?c\.?s|siret|siren|immatricul|represente/.test(after) ? 1 : 0;
		found.push({
			value: name,
			region: regionAt(prose, match.index),
			score: 0.5 + 0.35 * mentioned - Math.min(0.3, match.index / 12_000),
			evidence: { mentioned, early: Math.max(0, 1 - match.index / 4000), said: 0 },
		});
	}
	for (const match of prose.original.matchAll(
		/(?:^|\s)(?:Entre|ENTRE|Et|ET|Le (?:client|prestataire|fournisseur|bailleur|preneur|souscripteur|titulaire|mandant|donneur d['’]ordre))\s*:\s*(?:La soci[eé]t[eé]\s+)?((?:[\p{Lu}\d][\p{L}\d'’&.-]*\s*){1,5})/gu,
	)) {
		const name = tidyName(match[1] ?? '');
		if (canBeName(name) && nameKey(name) !== '')
			found.push({
				value: name,
				region: regionAt(prose, match.index),
				score: 0.55,
				evidence: { mentioned: 0, early: Math.max(0, 1 - match.index / 4000), said: 1 },
			});
	}
	for (const block of blocks.slice(0, 4)) {
		const line = block.lines[0];
		if (line && canBeName(tidyName(line.text)))
			found.push({ value: tidyName(line.text), region: line, score: 0.4, evidence: { mentioned: 0, early: 1 - context.depth(line), said: 0 } });
	}
	return found;
}

function sentence(prose: Prose, pattern: RegExp): { match: RegExpExecArray; region: Region | null } | null {
	const match = pattern.exec(prose.text);
	return match ? { match, region: regionAt(prose, match.index) } : null;
}

function termChoices(
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

/** What the contract costs: a sum near the words that say so; in hundredths, net where both are named. */
function priceChoices(context: Context): Choice<number>[] {
	return context.amounts
		.filter((amount) => isMoney(amount) || amount.currency !== null)
		.flatMap((amount) => {
			const place = context.rows.indexOf(amount.row);
			const words = fold(`${context.rows[place - 1]?.text ?? ''} ${amount.row.text.slice(0, amount.from)}`);
			const after = fold(amount.row.text.slice(amount.to, amount.to + 30));
			if (/capital(?: social)?[^.]{0,25}$/.test(words)) return [];
			const priced = /(?:prix|montant|redevance|loyer|tarif|remuneration|honoraires|forfait|cotisation|prime|abonnement|price|fee|somme)[^.]{0,90}$/.test(words)
				? 1
				: 0;
			const net = /^\s*(?:h\.?t|hors taxe|excl)/.test(after) ? 1 : 0;
			const fine = /(?:penalit|indemnit|caution|depot|plafon|retard|frais de dossier|garantie)[^.]{0,60}$/.test(words) ? 1 : 0;
			const ttc = /^\s*(?:t\.?t\.?c)/.test(after) ? 1 : 0;
			return [
				{
					value: amount.value,
					region: amount,
					score: 0.25 + 0.45 * priced + 0.2 * net - 0.1 * ttc - 0.5 * fine - 0.1 * context.depth(amount),
					evidence: { priced, net, ttc, fine, depth: context.depth(amount) },
				},
			];
		});
}

/** What a contract says of its parties, its term and its price. */
export function contractFields(context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Partial<Record<FieldName, Choice[]>> {
	const prose = proseOf(context.rows);
	const names = partyNames(context, prose, blocks);
	const others = names.filter(({ value }) => nameKey(context.own.name) === '' || likeness(value, context.own.name) < 0.99);
	const [first] = others.toSorted((one, other) => other.score - one.score);
	const second = names.filter(({ value }) => !first || likeness(value, first.value) < 0.99);
	const { starts, ends, notice, renewal } = termChoices(context, prose);
	return {
		supplier_name: others,
		buyer_name: second,
		supplier_siren: identifiersFor(context, 'supplier', 'siren', blocks, identifiers, false),
		supplier_siret: identifiersFor(context, 'supplier', 'siret', blocks, identifiers, false),
		contract_kind: contractKinds(context, prose),
		starts_on: starts,
		ends_on: ends,
		notice_days: notice,
		renewal,
		amount: priceChoices(context),
	};
}
