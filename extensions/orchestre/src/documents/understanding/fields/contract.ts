import { fold } from '../../../platform/text.ts';
import type { FieldName } from '../../types.ts';
import type { Block } from '../blocks.ts';
import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import type { Identifier } from '../identifiers.ts';
import { canBeName, legalForm, likeness, nameKey, tidyName } from '../names.ts';
import { regionOf } from '../page-text.ts';
import { proseOf, regionAt, termChoices, type Prose } from './contract-terms.ts';
import { isMoney } from './money.ts';
import { identifiersFor } from './parties.ts';

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
		supplier_siren: identifiersFor(context, 'supplier', 'siren', blocks, identifiers),
		supplier_siret: identifiersFor(context, 'supplier', 'siret', blocks, identifiers),
		contract_kind: contractKinds(context, prose),
		starts_on: starts,
		ends_on: ends,
		notice_days: notice,
		renewal,
		amount: priceChoices(context),
	};
}
