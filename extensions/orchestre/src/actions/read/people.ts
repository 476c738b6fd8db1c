import { storedDay } from '../../platform/columns.ts';
import { parseJson, type Knex } from '../../platform/directus.ts';
import { financeRole, outsideRoles } from '../../platform/roles.ts';
import { weekday } from '../../platform/time/paris.ts';

export type Person = { id: string; team: string | null; isFinance: boolean; isThere: boolean };

const everyWeekday = [1, 2, 3, 4, 5];

/** The active staff, and whether they work on this day (own working days, absences); the company's holidays are the caller's matter. */
export async function readPeople(knex: Knex, day: number): Promise<Map<string, Person>> {
	const rows = (await knex('directus_users')
		.where({ status: 'active' })
		.where((either) => void either.whereNull('role').orWhereNotIn('role', [...outsideRoles]))
		.orderBy('id')
		.select('id', 'team', 'role', 'working_days')) as { id: string; team: string | null; role: string | null; working_days: unknown }[];
	const away = new Set(
		(await knex('absences').where('starts_on', '<=', storedDay(day)).where('ends_on', '>=', storedDay(day)).distinct('user').pluck('user')) as string[],
	);
	return new Map(
		rows.map(({ id, team, role, working_days }) => {
			const days = parseJson<(number | string)[] | null>(working_days ?? null) ?? everyWeekday;
			const works = (days.length === 0 ? everyWeekday : days).map(Number).includes(weekday(day));
			return [id, { id, team, isFinance: role === financeRole, isThere: works && !away.has(id) }];
		}),
	);
}
