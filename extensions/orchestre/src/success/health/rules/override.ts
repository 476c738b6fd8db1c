import type { FieldFault } from '../../../platform/errors.ts';
import { frenchDate, isoOf } from '../../../platform/time/paris.ts';
import type { Band } from './types.ts';

/** A band set by hand. `until`: the last day on which it holds, YYYY-MM-DD. */
export type Override = { band: Band | null; reason: string | null; until: string | null };

/** The longest that an override may hold: a judgement of today says little of next year. */
export const longestDays = 180;

const day = (number: number): string => frenchDate(new Date(`${isoOf(number)}T12:00:00Z`));

/** What is wrong with an override that somebody set on the Paris day `today`; only a client has a health. */
export function overrideFaults({ band, reason, until }: Override, today: number, isClient: boolean): FieldFault[] {
	if (band === null) return [];
	if (!isClient) return [{ field: 'health_override', message: 'Seule la santé d’un client se corrige : cette entreprise n’en est pas un.' }];
	const faults: FieldFault[] = [];
	if (!reason?.trim() || reason.trim().length < 5)
		faults.push({ field: 'health_override_reason', message: 'Dites en quelques mots pourquoi vous corrigez la santé.' });
	const [first, last] = [isoOf(today), isoOf(today + longestDays)];
	if (!until || until < first || until > last)
		faults.push({ field: 'health_override_until', message: `Une correction a une date de fin, entre aujourd’hui et le ${day(today + longestDays)}.` });
	return faults;
}

/** Whether an override still holds on the Paris day `today`. */
export const holds = ({ band, until }: Pick<Override, 'band' | 'until'>, today: number): boolean => band !== null && until !== null && until >= isoOf(today);
