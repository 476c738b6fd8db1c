import { decimalsOf, parseAmount, type AmountError } from '../../platform/amount.ts';
import { quoted } from '../../platform/input/fields.ts';
import { collapse, fold, listed } from '../../platform/text.ts';
import { toCountry } from './countries.ts';
import { toDay, toInstant } from './dates.ts';
import type { Cell, FieldPlan } from './types.ts';

/** `value` undefined: the cell is empty, the field is not sent. `lookup`: the words by which a row of another collection is found. */
export type Converted = { value: unknown } | { lookup: string } | { fault: string };

const empty: Converted = { value: undefined };
const yes = new Set(['oui', 'vrai', 'true', '1', 'x', 'o', 'yes', 'y', '✓']);
const no = new Set(['non', 'faux', 'false', '0', 'n', 'no']);

/** Identifiers that lose their leading zeros when a spreadsheet takes them for numbers, and how long they really are. */
const paddedTo: Record<string, number> = { siren: 9, siret: 14, postal_code: 5 };

const amountFaults: Record<AmountError, (unit: string) => string> = {
	'not-a-number': () => 'n’est pas un montant ni un nombre.',
	'too-precise': (unit) => (unit === 'keur' ? 'doit être un nombre entier de milliers d’euros.' : 'a trop de décimales.'),
	'out-of-range': () => 'est trop grand.',
};

const wholeIn: Record<string, string> = { eur: 'centimes', keur: 'milliers d’euros', percent: 'points de base', quantity: 'millièmes' };

const said = (field: FieldPlan, words: string | number, message: string): Converted => ({
	fault: `« ${field.label} » : « ${quoted(String(words))} » ${message}`,
});

/** An export defuses what Excel would run as a formula; the apostrophe goes away when the file comes back. */
const withoutShield = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

function choice(field: FieldPlan, words: string): Converted {
	const key = fold(collapse(words));
	const found = field.choices?.find(({ value, names }) => value === words || names.some((name) => fold(name) === key) || fold(value) === key);
	if (found) return { value: found.value };
	const possible = (field.choices ?? []).slice(0, 8).map(({ label }) => label);
	return said(field, words, `n’est pas un choix possible (${listed(possible)}${(field.choices?.length ?? 0) > 8 ? '…' : ''}).`);
}

function amount(field: FieldPlan, cell: string | number, raw: boolean): Converted {
	const unit = field.unit ?? 'eur';
	if (raw) {
		const digits = String(cell).replaceAll(/\s/gu, '');
		if (/^-?\d{1,10}$/.test(digits)) return { value: Number(digits) };
		return said(
			field,
			cell,
			`doit être un nombre entier de ${wholeIn[unit]} dans la colonne « ${field.field} ». Pour écrire un montant lisible, nommez la colonne « ${field.label} ».`,
		);
	}
	const decimals = decimalsOf(unit);
	// A workbook's 19.99 is a float: what it shows counts, not its last bit.
	const text = typeof cell === 'number' && Math.abs(cell * 10 ** decimals - Math.round(cell * 10 ** decimals)) < 1e-4 ? cell.toFixed(decimals) : String(cell);
	const parsed = parseAmount(text, unit, 'fr');
	return 'value' in parsed ? { value: parsed.value ?? undefined } : said(field, cell, amountFaults[parsed.error](unit));
}

function integer(field: FieldPlan, cell: string | number): Converted {
	const digits = String(cell)
		.replaceAll(/[\s'’]/gu, '')
		.replace(/[.,]0+$/, '');
	if (!/^[+-]?\d{1,10}$/.test(digits)) return said(field, cell, 'n’est pas un nombre entier.');
	return Math.abs(Number(digits)) > 2_147_483_647 ? said(field, cell, 'est trop grand.') : { value: Number(digits) };
}

function boolean(field: FieldPlan, words: string): Converted {
	const key = fold(words);
	if (yes.has(key)) return { value: true };
	return no.has(key) ? { value: false } : said(field, words, 'n’est ni « oui » ni « non ».');
}

function plain(field: FieldPlan, words: string): Converted {
	const length = paddedTo[field.field];
	if (length && /^\d+$/.test(words) && words.length === length - 1) return { value: words.padStart(length, '0') };
	return { value: words };
}

/**
 * One cell as the API takes it: choices by label or value, amounts in euros (or as stored, when the header is the field's own
 * name), days and moments in French or ISO or as Excel's serial number, oui/non. What the room's own rules check further (e-mail,
 * phone, SIREN …) is left to them.
 */
export function convert(field: FieldPlan, cell: Cell, raw: boolean): Converted {
	if (cell === null) return empty;
	if (typeof cell === 'object') return said(field, '…', 'est un objet imbriqué : donnez une valeur simple.');
	const words = withoutShield(String(cell)).trim();
	if (words === '') return empty;
	const known = typeof cell === 'number' ? cell : words;
	switch (field.kind) {
		case 'choice':
			return choice(field, words);
		case 'amount':
			return amount(field, known, raw);
		case 'integer':
			return integer(field, known);
		case 'boolean':
			return boolean(field, words);
		case 'date': {
			const day = toDay(known);
			return day ? { value: day } : said(field, words, 'n’est pas une date : écrivez jour/mois/année, par exemple 31/12/2026.');
		}
		case 'moment': {
			const moment = toInstant(known);
			return moment
				? { value: moment }
				: said(field, words, 'n’est pas une date : écrivez jour/mois/année, avec l’heure si besoin, par exemple 31/12/2026 14:30.');
		}
		case 'list':
			return {
				value: words
					.split(/[;,|\n]/)
					.map(collapse)
					.filter(Boolean),
			};
		case 'country': {
			const code = toCountry(words);
			return code ? { value: code } : said(field, words, 'n’est pas un pays connu : écrivez son nom ou son code de deux lettres.');
		}
		case 'reference':
			return { lookup: collapse(words) };
		case 'text':
			return plain(field, words);
	}
}
