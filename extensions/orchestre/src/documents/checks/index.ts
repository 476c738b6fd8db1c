import type { Check } from '../types.ts';
import { arithmeticChecks } from './arithmetic.ts';
import { bankChecks } from './bank.ts';
import { dateChecks } from './dates.ts';
import { identityChecks } from './identity.ts';
import type { CheckContext, Understood } from './parts.ts';
import { printedChecks } from './printed.ts';

export type { CheckContext, Understood } from './parts.ts';

/**
 * Tries what was read of any document, with or without XML: sums per rate and in total, SIREN, SIRET, VAT numbers, IBAN, BIC, dates, and
 * fields of an e-invoice against its printed pages. Pure; passed checks are among the answer, so that a review can show them. A check of
 * severity `error` that failed asks for a person.
 */
export const checkFields = (understood: Understood, { today, pages = [] }: CheckContext): Check[] => [
	...arithmeticChecks(understood),
	...identityChecks(understood.fields),
	...bankChecks(understood.fields),
	...dateChecks(understood.fields, today),
	...printedChecks(understood.fields, pages),
];
