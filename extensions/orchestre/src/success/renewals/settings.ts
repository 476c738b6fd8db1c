import { calendarOf, type WorkingCalendar } from '../../platform/time/working-time.ts';
import type { Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';

/** Days before the date. `notice`: the first and the last reminder of a contract. */
export type RenewalSettings = {
	enabled: boolean;
	prepare: number;
	remind: number;
	escalate: number;
	notice: { first: number; last: number };
	calendar: WorkingCalendar;
};

export async function readRenewalSettings(trx: Knex): Promise<RenewalSettings> {
	const row = (await trx('settings').first()) as Record<string, unknown> | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return {
		enabled: Boolean(row['renewals_enabled']),
		prepare: Number(row['renewal_prepare_days']),
		remind: Number(row['renewal_remind_days']),
		escalate: Number(row['renewal_escalate_days']),
		notice: { first: Number(row['notice_first_days']), last: Number(row['notice_last_days']) },
		calendar: calendarOf(row),
	};
}
