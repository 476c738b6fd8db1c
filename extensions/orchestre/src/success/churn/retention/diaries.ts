import { dayOrNull } from '../../../platform/columns.ts';
import { parseJson, type Knex } from '../../../platform/directus.ts';
import { dayMs, dayOf } from '../../../platform/time/paris.ts';
import { groupedBy, momentOf, type Row } from '../../../predictions/data/rows.ts';
import type { Busy, Person } from '../rules/slot.ts';

const everyWeekday = [1, 2, 3, 4, 5];
const aheadMs = 60 * dayMs;

/** Whose time: events that are theirs or to which they are asked, days away. What is booked meanwhile is added to `busy`. */
export type Diary = Person & { busy: Busy[] };

/** The coming weeks of these people. */
export async function readDiaries(trx: Knex, users: readonly string[], now: Date): Promise<Map<string, Diary>> {
	const until = new Date(now.getTime() + aheadMs);
	const columns = ['planning.starts_at', 'planning.ends_at'];
	const coming = () => trx('planning').whereNot('planning.status', 'cancelled').where('planning.ends_at', '>', now).where('planning.starts_at', '<', until);
	const [people, own, asked, absences] = [
		(await trx('directus_users').whereIn('id', users).select('id', 'working_days')) as Row[],
		(await coming()
			.whereIn('owner', users)
			.select('owner as user', ...columns)) as Row[],
		(await coming()
			.join('planning_attendees as a', 'a.planning', 'planning.id')
			.whereIn('a.user', users)
			.select('a.user', ...columns)) as Row[],
		(await trx('absences').whereIn('user', users).select('user', 'starts_on', 'ends_on')) as Row[],
	];
	const events = groupedBy([...own, ...asked], ({ user }) => user);
	const away = groupedBy(absences, ({ user }) => user);
	return new Map(
		people.map(({ id, working_days }) => {
			const spans = (away.get(String(id)) ?? []).map((row) => ({
				from: dayOf(dayOrNull(row['starts_on']) ?? ''),
				to: dayOf(dayOrNull(row['ends_on'] ?? row['starts_on']) ?? ''),
			}));
			const diary: Diary = {
				workingDays: parseJson<number[] | null>(working_days) ?? everyWeekday,
				busy: (events.get(String(id)) ?? []).map((row) => ({ from: momentOf(row['starts_at']), to: momentOf(row['ends_at']) })),
				awayOn: (day) => spans.some(({ from, to }) => from !== null && to !== null && from <= day && day <= to),
			};
			return [String(id), diary];
		}),
	);
}
