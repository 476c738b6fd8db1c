import { decimalsOf, unitMark, type AmountError, type AmountUnit, type Language } from '../amount.ts';

type ErrorText = (unit: AmountUnit) => string;

const example: Record<AmountUnit, Record<Language, string>> = {
	eur: { fr: '1 234,56', en: '1,234.56' },
	keur: { fr: '1 234', en: '1,234' },
	percent: { fr: '12,5', en: '12.5' },
	quantity: { fr: '1,5', en: '1.5' },
};

const bounds: Record<AmountUnit, Record<Language, string>> = {
	eur: { fr: '21 474 836,47 €', en: '21,474,836.47 €' },
	keur: { fr: '2 147 483 647 k€', en: '2,147,483,647 k€' },
	percent: { fr: '21 474 836,47 %', en: '21,474,836.47%' },
	quantity: { fr: '2 147 483,647', en: '2,147,483.647' },
};

/** What an input says about a text that is no amount; each sentence says how to put it right. */
export const errorTexts: Record<Language, Record<AmountError, ErrorText>> = {
	fr: {
		'not-a-number': (unit) => `Ce n’est pas un nombre${unitMark(unit) ? ` en ${unitMark(unit)}` : ''}. Écrivez par exemple ${example[unit].fr}.`,
		'too-precise': (unit) =>
			decimalsOf(unit) === 0
				? 'Pas de décimales ici : écrivez un nombre entier.'
				: `${decimalsOf(unit)} décimales au plus. Écrivez par exemple ${example[unit].fr}.`,
		'out-of-range': (unit) => `Nombre trop grand : ${bounds[unit].fr} au plus.`,
	},
	en: {
		'not-a-number': (unit) => `This is not a number${unitMark(unit) ? ` in ${unitMark(unit)}` : ''}. Write for instance ${example[unit].en}.`,
		'too-precise': (unit) =>
			decimalsOf(unit) === 0 ? 'No decimals here: write a whole number.' : `${decimalsOf(unit)} decimals at most. Write for instance ${example[unit].en}.`,
		'out-of-range': (unit) => `The number is too large: ${bounds[unit].en} at most.`,
	},
};
