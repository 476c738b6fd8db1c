import { dayOf, isoOf } from '../../platform/time/paris.ts';
import type { Check, Field, FieldName, Message } from '../types.ts';
import { textOf, tried } from './parts.ts';

const names: [FieldName, Message][] = [
	['issued_on', { fr: 'La date d’émission', en: 'The issue date' }],
	['due_on', { fr: 'L’échéance', en: 'The due date' }],
	['delivered_on', { fr: 'La date de livraison', en: 'The delivery date' }],
	['valid_until', { fr: 'La fin de validité', en: 'The end of validity' }],
	['starts_on', { fr: 'La date de début', en: 'The start date' }],
	['ends_on', { fr: 'La date de fin', en: 'The end date' }],
];

/** What has to come first; the later one may be on the same day. */
const order: [FieldName, FieldName, Message][] = [
	['issued_on', 'due_on', { fr: 'L’échéance est antérieure à la date d’émission', en: 'The due date is before the issue date' }],
	['issued_on', 'valid_until', { fr: 'La fin de validité est antérieure à la date d’émission', en: 'The end of validity is before the issue date' }],
	['starts_on', 'ends_on', { fr: 'La date de fin est antérieure à la date de début', en: 'The end date is before the start date' }],
];

const year = 366;

/** `22/11/2026` and `2026-11-22`. */
const written = (iso: string): Message => ({ fr: iso.split('-').reverse().join('/'), en: iso });

/** Before this no document that is worth filing was written; a slip of a digit lands there. */
const oldest = '2000-01-01';

function eachCheck(fields: Field[], today: string): Check[] {
	const now = dayOf(today) ?? 0;
	return names.flatMap(([name, { fr, en }]) => {
		const iso = textOf(fields, name);
		if (iso === null) return [];
		const day = dayOf(iso);
		const at = written(iso);
		const right: Message = { fr: `${fr} est vraisemblable.`, en: `${en} is plausible.` };
		const check = (passed: boolean, wrong: Message, severity: Check['severity'] = 'error') => [tried('DATE', passed, { right, wrong }, [name], severity)];
		if (day === null) return check(false, { fr: `${fr} (${iso}) n’existe pas.`, en: `${en} (${iso}) does not exist.` });
		if (iso < oldest || day > now + 50 * year)
			return check(false, { fr: `${fr} (${at.fr}) n’est pas vraisemblable.`, en: `${en} (${at.en}) is not plausible.` });
		if (name !== 'issued_on') return check(true, right);
		if (day > now + 1) return check(false, { fr: `${fr} (${at.fr}) est dans l’avenir.`, en: `${en} (${at.en}) is in the future.` });
		return check(day >= now - 10 * year, { fr: `${fr} (${at.fr}) remonte à plus de dix ans.`, en: `${en} (${at.en}) is more than ten years ago.` }, 'warning');
	});
}

function orderCheck(fields: Field[]): Check[] {
	return order.flatMap(([first, last, { fr, en }]) => {
		const [from, to] = [textOf(fields, first), textOf(fields, last)];
		if (from === null || to === null || dayOf(from) === null || dayOf(to) === null) return [];
		return [
			tried(
				'DATE-ORDER',
				from <= to,
				{
					right: { fr: 'Les dates se suivent.', en: 'The dates follow each other.' },
					wrong: { fr: `${fr} (${written(to).fr}, ${written(from).fr}).`, en: `${en} (${to}, ${from}).` },
				},
				[first, last],
			),
		];
	});
}

/** Two years to pay is no term of payment but a year misread. */
function termCheck(fields: Field[]): Check[] {
	const from = dayOf(textOf(fields, 'issued_on') ?? '');
	const to = dayOf(textOf(fields, 'due_on') ?? '');
	if (from === null || to === null || to <= from + 2 * year) return [];
	const words: Message = {
		fr: `L’échéance (${written(isoOf(to)).fr}) est à plus de deux ans de la date d’émission.`,
		en: `The due date (${isoOf(to)}) is more than two years after the issue date.`,
	};
	return [tried('DATE-TERM', false, { right: words, wrong: words }, ['due_on', 'issued_on'])];
}

/** Whether the dates exist, are plausible as of `today`, and come in their order. */
export const dateChecks = (fields: Field[], today: string): Check[] => [...eachCheck(fields, today), ...orderCheck(fields), ...termCheck(fields)];
