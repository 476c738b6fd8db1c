import { maskedIban } from '../../platform/input/iban.ts';
import type { Check, Field, FieldName, Message, Page } from '../types.ts';
import { fieldNamed, moneyWords, textOf, tried } from './parts.ts';
import { hasAmount, hasDate, hasWords, ibansIn, printedText } from './printed-words.ts';

/** Fewer words are a stamp or a cover, nothing to hold an invoice against. */
const fewestWords = 15;

type Compared = { name: FieldName; label: Message; severity: Check['severity']; isPrinted: (text: string, value: string | number) => boolean };

const asText = (value: string | number): string => String(value);

/** What is looked for on the page. A date may be printed in words that are not known here, so it warns. */
const compared: Compared[] = [
	{ name: 'number', label: { fr: 'Le numéro', en: 'The number' }, severity: 'error', isPrinted: (text, value) => hasWords(text, asText(value)) },
	{
		name: 'gross',
		label: { fr: 'Le total TTC', en: 'The gross total' },
		severity: 'error',
		isPrinted: (text, value) => typeof value === 'number' && hasAmount(text, value),
	},
	{
		name: 'issued_on',
		label: { fr: 'La date d’émission', en: 'The issue date' },
		severity: 'warning',
		isPrinted: (text, value) => hasDate(text, asText(value)),
	},
	{ name: 'due_on', label: { fr: 'L’échéance', en: 'The due date' }, severity: 'warning', isPrinted: (text, value) => hasDate(text, asText(value)) },
];

function shown(field: Field, fields: Field[]): Message {
	if (typeof field.value === 'number') return moneyWords(field.value, textOf(fields, 'currency'));
	const isDate = /^\d{4}-\d{2}-\d{2}$/.test(field.value);
	return { fr: isDate ? field.value.split('-').reverse().join('/') : field.value, en: field.value };
}

/** A page that prints another account than the file says is how a fraud looks; one that prints none says nothing. */
function ibanCheck(text: string, fields: Field[]): Check[] {
	const field = fieldNamed(fields, 'iban');
	if (!field || field.source !== 'xml') return [];
	const printed = ibansIn(text);
	if (printed.length === 0) return [];
	const known = [field.value, ...field.alternatives.map((one) => one.value)];
	return [
		tried(
			'PRINTED-IBAN',
			printed.some((iban) => known.includes(iban)),
			{
				right: { fr: 'L’IBAN du fichier est celui de la page.', en: 'The file’s IBAN is the one on the page.' },
				wrong: {
					fr: `L’IBAN du fichier (${maskedIban(String(field.value))}) n’est pas celui de la page (${printed.map(maskedIban).join(', ')})\u00a0: vérifiez-le avant de payer.`,
					en: `The file’s IBAN (${maskedIban(String(field.value))}) is not the one on the page (${printed.map(maskedIban).join(', ')}); check it before you pay.`,
				},
			},
			['iban'],
		),
	];
}

/** Whether what the XML of an e-invoice says stands on its printed page, too. Nothing when there is no page to read. */
export function printedChecks(fields: Field[], pages: Page[]): Check[] {
	if (pages.reduce((count, page) => count + page.words.length, 0) < fewestWords) return [];
	const text = printedText(pages);
	const checks = compared.flatMap(({ name, label, severity, isPrinted }) => {
		const field = fieldNamed(fields, name);
		if (!field || field.source !== 'xml') return [];
		const value = shown(field, fields);
		return [
			tried(
				'PRINTED',
				isPrinted(text, field.value),
				{
					right: { fr: `${label.fr} est le même dans le fichier et sur la page.`, en: `${label.en} is the same in the file and on the page.` },
					wrong: {
						fr: `${label.fr} du fichier (${value.fr}) ne se trouve pas sur la page imprimée.`,
						en: `${label.en} in the file (${value.en}) is not on the printed page.`,
					},
				},
				[name],
				severity,
			),
		];
	});
	return [...checks, ...ibanCheck(text, fields)];
}
