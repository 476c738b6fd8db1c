import type { Message } from '../../../types.ts';
import { zero } from '../../model/decimal.ts';
import type { Line } from '../../model/types.ts';
import type { Rule } from '../types.ts';
import { finding, rulesOf } from '../types.ts';
import { begin, lineName } from '../wording.ts';

const rule = rulesOf('mandatory');

/** `fr` and `en` follow the line's name: « Ligne 3 : il manque … ». */
const perLine = (code: string, holds: (line: Line) => boolean, fr: string, en: string): Rule =>
	rule(code, ({ lines }) =>
		lines.flatMap((line, index) => {
			// A heading has neither a price nor a quantity of its own.
			if (line.isGroup || holds(line)) return [];
			const name: Message = lineName(line, index);
			return [finding(`${begin(name.fr)}\u00a0: ${fr}.`, `${begin(name.en)}: ${en}.`)];
		}),
	);

export const lineRules: Rule[] = [
	perLine('BR-21', (line) => line.id !== null, 'il manque son numéro', 'its number is missing'),
	perLine('BR-22', (line) => line.quantity !== null, 'il manque la quantité', 'the quantity is missing'),
	perLine('BR-23', (line) => Boolean(line.unit), 'il manque l’unité de la quantité', 'the unit of the quantity is missing'),
	perLine('BR-24', (line) => line.net !== null, 'il manque le montant hors taxes', 'the net amount is missing'),
	perLine('BR-25', (line) => line.name !== null, 'il manque la désignation', 'the name of the item is missing'),
	perLine('BR-26', (line) => line.price !== null, 'il manque le prix unitaire', 'the unit price is missing'),
	perLine('BR-27', (line) => line.price === null || line.price >= zero, 'le prix unitaire est négatif', 'the unit price is negative'),
	perLine('BR-28', (line) => line.grossPrice === null || line.grossPrice >= zero, 'le prix unitaire avant remise est négatif', 'the gross price is negative'),
	perLine(
		'BR-30',
		({ period }) => !period?.from || !period.to || period.from <= period.to,
		'sa période se termine avant de commencer',
		'its period ends before it begins',
	),
	perLine(
		'BR-CO-20',
		({ period }) => !period || Boolean(period.from || period.to),
		'sa période n’a ni début ni fin',
		'its period has neither a beginning nor an end',
	),
	perLine('BR-CO-04', (line) => line.category !== null, 'il manque la catégorie de TVA', 'the VAT category is missing'),
	perLine(
		'BR-54',
		(line) => line.attributes.every(({ name, value }) => name !== null && value !== null),
		'une caractéristique n’a pas de nom ou pas de valeur',
		'an attribute has no name or no value',
	),
	perLine(
		'BR-64',
		(line) => line.standardIds.every((one) => Boolean(one.scheme)),
		'le code standard de l’article ne dit pas de quelle liste il vient',
		'the item’s standard identifier does not name its scheme',
	),
	perLine(
		'BR-65',
		(line) => line.classifications.every((one) => Boolean(one.scheme)),
		'un classement de l’article ne dit pas de quelle liste il vient',
		'a classification of the item does not name its scheme',
	),
];
