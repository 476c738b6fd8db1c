import { dayNumberOrNull } from '../../platform/columns.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { toParis } from '../../platform/time/paris.ts';

/** Columns by which figures place a row in time: `date` columns, and moments. */
const dates: Readonly<Record<string, readonly string[]>> = {
	invoices: ['issue_date', 'paid_on'],
	payments: ['paid_on'],
	payment_allocations: ['allocated_on'],
	expenses: ['spent_on'],
	subscription_changes: ['changed_on'],
};
const moments: Readonly<Record<string, readonly string[]>> = { opportunities: ['closed_at'], quotes: ['sent_at', 'accepted_at', 'refused_at'] };

/** Collections whose rows belong to a day that may be long past. */
export const isDated = (collection: string): boolean => collection in dates || collection in moments;

/** A change that takes a date away: where the row counted before cannot be read from it any more. */
export const takesDateAway = (collection: string, payload: Readonly<Record<string, unknown>>): boolean =>
	[...(dates[collection] ?? []), ...(moments[collection] ?? [])].some((column) => payload[column] === null);

const dayOf = (value: unknown, isMoment: boolean): number[] => {
	if (value === null || value === undefined) return [];
	const day = isMoment ? toParis(new Date(value as string | number | Date)).day : dayNumberOrNull(value);
	return day === null ? [] : [day];
};

/**
 * The first day that changes of these rows concern: by their own dates, and for deals by every time that they were closed, so that one that was
 * opened again leaves the month in which it had been won. Null: none of them has a date.
 */
export async function firstDayOf(trx: Knex, rows: Readonly<Record<string, readonly string[]>>): Promise<number | null> {
	const days: number[] = [];
	for (const [collection, ids] of Object.entries(rows))
		for (const some of chunks(ids, 200)) {
			for (const [columns, isMoment] of [[dates[collection] ?? [], false], [moments[collection] ?? [], true]] as const)
				for (const column of columns) {
					const found = (await trx(collection).whereIn('id', some).min({ at: column }).first()) as { at: unknown } | undefined;
					days.push(...dayOf(found?.at, isMoment));
				}
			if (collection !== 'opportunities') continue;
			const closed = (await trx('stage_changes as c')
				.join('stages as s', 's.id', 'c.to_stage')
				.whereIn('c.opportunity', some)
				.where((either) => void either.where('s.is_won', true).orWhere('s.is_lost', true))
				.min({ at: 'c.at' })
				.first()) as { at: unknown } | undefined;
			days.push(...dayOf(closed?.at, true));
		}
	return days.length === 0 ? null : Math.min(...days);
} // prettier-ignore
