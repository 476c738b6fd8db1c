import { dateOrNull } from '../platform/columns.ts';
import type { Knex } from '../platform/directus.ts';
import type { StoredAction } from './stored.ts';

type Contact = { lead: string | null; opportunity: string | null; company: string | null; at: unknown };

const ids = (rows: readonly StoredAction[], column: 'lead' | 'opportunity' | 'company' | 'task' | 'approval'): string[] => [
	...new Set(rows.flatMap((row) => row[column] ?? [])),
];

/**
 * Which of these rows, whose occasion is over, were done without the list being told: the task is done, the request decided, or we wrote or
 * called since the row was made. Whoever logs a call on the lead's form need not tick it off here as well.
 */
export async function doneElsewhere(trx: Knex, rows: readonly StoredAction[]): Promise<Set<string>> {
	const done = new Set<string>();
	if (rows.length === 0) return done;
	const tasks = new Set((await trx('tasks').whereIn('id', ids(rows, 'task')).where({ status: 'done' }).pluck('id')) as string[]);
	const decided = new Set((await trx('validation').whereIn('id', ids(rows, 'approval')).whereIn('status', ['approved', 'rejected']).pluck('id')) as string[]);
	const since = new Date(Math.min(...rows.map(({ createdAt }) => createdAt.getTime())));
	const talks = rows.filter(({ task, approval, topic }) => !task && !approval && topic !== 'client.ticket' && topic !== 'client.milestone');
	const contacts = (await trx('interactions')
		.where('date_created', '>=', since)
		.where({ direction: 'outbound' })
		.where(
			(either) =>
				void either.whereIn('lead', ids(talks, 'lead')).orWhereIn('opportunity', ids(talks, 'opportunity')).orWhereIn('company', ids(talks, 'company')),
		)
		.select('lead', 'opportunity', 'company', { at: 'date_created' })) as Contact[];
	for (const row of rows) {
		const isTalkedTo = (contact: Contact): boolean => {
			if ((dateOrNull(contact.at)?.getTime() ?? 0) < row.createdAt.getTime()) return false;
			if (row.lead) return contact.lead === row.lead;
			return row.opportunity ? contact.opportunity === row.opportunity : row.company !== null && contact.company === row.company;
		};
		if (row.task ? tasks.has(row.task) : row.approval ? decided.has(row.approval) : talks.includes(row) && contacts.some(isTalkedTo)) done.add(row.id);
	}
	return done;
}
