import { randomUUID } from 'node:crypto';
import { isPostgres, parseJson, toDate, type Knex } from '../platform/directus.ts';
import type { RowWrite } from '../platform/row-writes.ts';
import type { Statement } from '../platform/together.ts';
import type { Candidate } from './rules/types.ts';
import type { Counted } from './intake/row.ts';
import { mayCache, type Rules } from './settings.ts';

export type Person = Omit<Candidate, 'openLeads' | 'convertedLeads' | 'lostLeads' | 'lastAssignedAt' | 'capacity'> & { capacity: number | null };
type PersonRow = Record<string, unknown> & {
	id: string;
	first_name: string | null;
	last_name: string | null;
	team: string | null;
	hired_on: string | null;
	lead_capacity: number | null;
};
export type WorkloadRow = { user: string; open_leads: number; converted_leads: number; lost_leads: number; last_assigned_at: Date | number | string | null };

const everyWeekday = [1, 2, 3, 4, 5];
const columnOf = { open: 'open_leads', converted: 'converted_leads', lost: 'lost_leads' } as const;

let cached: { version: number; people: Person[] } | null = null;

/** The person's own expertise, or the team's where the person has none. */
function expertise(row: PersonRow, name: string): string[] {
	const own = parseJson<string[] | null>(row[name]) ?? [];
	return own.length > 0 ? own : (parseJson<string[] | null>(row[`team_${name}`]) ?? []);
}

/**
 * A `date` column as YYYY-MM-DD. Directus keeps dates as local midnight: a Date from PostgreSQL, milliseconds from SQLite,
 * text when written by hand.
 */
function isoDay(value: unknown): string {
	if (typeof value === 'string') return value.slice(0, 10);
	const at = new Date(value as Date | number);
	return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/** Everybody who takes leads, absences included. */
export async function readTakers(trx: Knex): Promise<Person[]> {
	const rows = (await trx('directus_users as u')
		.leftJoin('teams as t', 't.id', 'u.team')
		.where({ 'u.takes_leads': true, 'u.status': 'active' })
		.orderBy('u.id')
		.select(
			'u.id',
			'u.first_name',
			'u.last_name',
			'u.team',
			'u.hired_on',
			'u.lead_capacity',
			'u.working_days',
			'u.industries',
			'u.sizes',
			'u.regions',
			'u.languages',
		)
		.select({ team_industries: 't.industries', team_sizes: 't.sizes', team_regions: 't.regions', team_languages: 't.languages' })) as PersonRow[];
	const ids = rows.map(({ id }) => id);
	const absences = (await trx('absences').whereIn('user', ids).select('user', 'starts_on', 'ends_on')) as {
		user: string;
		starts_on: unknown;
		ends_on: unknown;
	}[];
	return rows.map((row) => ({
		user: row.id,
		name: [row.first_name, row.last_name].filter(Boolean).join(' '),
		team: row.team,
		capacity: row.lead_capacity,
		hiredOn: row.hired_on ? isoDay(row.hired_on) : null,
		industries: expertise(row, 'industries'),
		sizes: expertise(row, 'sizes'),
		regions: expertise(row, 'regions'),
		languages: expertise(row, 'languages'),
		workingDays: parseJson<number[] | null>(row.working_days) ?? everyWeekday,
		absences: absences.filter(({ user }) => user === row.id).map(({ starts_on, ends_on }) => ({ from: isoDay(starts_on), to: isoDay(ends_on) })),
	}));
}

/** Everybody who takes leads; makes the missing rows of `workloads`. */
async function readPeople(trx: Knex): Promise<Person[]> {
	const people = await readTakers(trx);
	if (people.length > 0)
		await trx('workloads')
			.insert(people.map(({ user }) => ({ id: randomUUID(), user })))
			.onConflict('user')
			.ignore();
	return people;
}

/**
 * The read of everybody's counters. Locks every row of `workloads` in one order until the transaction ends, so that a last free slot is
 * taken once and nobody deadlocks. Never lock directus_users: that blocks every insert pointing at them. SQLite has one
 * writer anyway.
 */
export function workloadsLocked(trx: Knex): Statement {
	const query = trx('workloads').orderBy('id').select('user', 'open_leads', 'converted_leads', 'lost_leads', 'last_assigned_at');
	return isPostgres(trx) ? query.forUpdate() : query;
}

/** Who may get leads, with the load of this moment, locked, and whoever has a counter. `locked`: the counters, if the caller has them already. */
export async function lockCandidates(
	trx: Knex,
	{ settings, peopleVersion }: Pick<Rules, 'settings' | 'peopleVersion'>,
	locked: WorkloadRow[] | null = null,
): Promise<{ candidates: Candidate[]; counters: ReadonlySet<string> }> {
	const known = mayCache(trx) && cached?.version === peopleVersion ? cached.people : null;
	const people = known ?? (await readPeople(trx));
	if (mayCache(trx)) cached = { version: peopleVersion, people };
	// Reading the people may have made counters.
	const rows = known && locked ? locked : ((await workloadsLocked(trx)) as WorkloadRow[]);
	const loads = new Map(rows.map((row) => [row.user, row]));
	const candidates = people.map((person) => {
		const load = loads.get(person.user);
		return {
			...person,
			capacity: person.capacity ?? settings.default_capacity,
			openLeads: load?.open_leads ?? 0,
			convertedLeads: load?.converted_leads ?? 0,
			lostLeads: load?.lost_leads ?? 0,
			lastAssignedAt: load?.last_assigned_at ? toDate(load.last_assigned_at) : null,
		};
	});
	return { candidates, counters: new Set(loads.keys()) };
}

const loadTypes = { user: 'uuid', open_leads: 'integer', converted_leads: 'integer', lost_leads: 'integer', last_assigned_at: 'timestamptz' } as const;
const sum = (name: string, value: string): string =>
	name === 'last_assigned_at' ? `coalesce(${value}, workloads.last_assigned_at)` : `workloads."${name}" + ${value}`;
const sumsThere = Object.keys(loadTypes)
	.filter((name) => name !== 'user')
	.map((name) => `"${name}" = ${sum(name, `excluded."${name}"`)}`)
	.join(', ');

/** What a batch changes in the counters, summed by person. */
export class LoadChanges {
	readonly #byUser = new Map<string, { open_leads: number; converted_leads: number; lost_leads: number; assignedAt: Date | null }>();

	#of(user: string): { open_leads: number; converted_leads: number; lost_leads: number; assignedAt: Date | null } {
		const known = this.#byUser.get(user) ?? { open_leads: 0, converted_leads: 0, lost_leads: 0, assignedAt: null };
		this.#byUser.set(user, known);
		return known;
	}

	/** Moves a lead from one counter to another. */
	move(from: Counted, to: Counted): void {
		if (from) this.#of(from.for)[columnOf[from.as]] -= 1;
		if (to) this.#of(to.for)[columnOf[to.as]] += 1;
	}

	assigned(user: string, at: Date): void {
		this.#of(user).assignedAt = at;
	}

	/**
	 * What writes the sums. Somebody who takes no leads any more has a row all the same: `known` are those who have one. The rows are
	 * locked by `lockCandidates`, or by this write.
	 */
	toWrites(known: ReadonlySet<string>): RowWrite[] {
		const rows = [...this.#byUser]
			.filter(([, { assignedAt, ...counts }]) => assignedAt !== null || Object.values(counts).some((by) => by !== 0))
			.toSorted(([one], [other]) => (one < other ? -1 : 1))
			.map(([user, { assignedAt, ...counts }]) => ({ user, ...counts, last_assigned_at: assignedAt }));
		const there = rows.filter(({ user }) => known.has(user));
		const fresh = rows
			.filter(({ user }) => !known.has(user))
			.map(({ user, last_assigned_at, ...counts }) => ({
				id: randomUUID(),
				user,
				last_assigned_at,
				...Object.fromEntries(Object.entries(counts).map(([name, by]) => [name, Math.max(0, by)])),
			}));
		const common = { table: 'workloads', types: loadTypes };
		return [
			...(there.length > 0 ? [{ ...common, rows: there, how: 'update' as const, key: 'user', to: sum }] : []),
			...(fresh.length > 0
				? [
						{
							...common,
							types: { id: 'uuid' as const, ...loadTypes },
							rows: fresh,
							how: 'insert' as const,
							onConflict: `on conflict ("user") do update set ${sumsThere}`,
						},
					]
				: []),
		];
	}

	/** The one slot that a single lead takes, if that is all there is. */
	get only(): { user: string; open: number; converted: number; lost: number; at: Date | null } | null {
		const [one, second] = [...this.#byUser];
		if (!one || second) return null;
		const [user, { open_leads: open, converted_leads: converted, lost_leads: lost, assignedAt: at }] = one;
		return { user, open, converted, lost, at };
	}

	get isEmpty(): boolean {
		return this.#byUser.size === 0;
	}
}

/** Counts everybody's leads anew from the leads themselves: nightly, and after deletions. Returns how many rows were wrong. */
export async function recountWorkloads(trx: Knex): Promise<number> {
	const query = trx('workloads').orderBy('id').select('id', 'user', 'open_leads', 'converted_leads', 'lost_leads');
	const rows = (await (isPostgres(trx) ? query.forUpdate() : query)) as (WorkloadRow & { id: string })[];
	const counts = (await trx('leads')
		.whereNotNull('counted_for')
		.groupBy('counted_for', 'counted_as')
		.select('counted_for', 'counted_as')
		.count({ n: '*' })) as { counted_for: string; counted_as: keyof typeof columnOf; n: number | string }[];
	let wrong = 0;
	for (const row of rows) {
		const right = { open_leads: 0, converted_leads: 0, lost_leads: 0 };
		for (const { counted_for, counted_as, n } of counts) if (counted_for === row.user) right[columnOf[counted_as]] = Number(n);
		if (right.open_leads === row.open_leads && right.converted_leads === row.converted_leads && right.lost_leads === row.lost_leads) continue;
		await trx('workloads').where({ id: row.id }).update(right);
		wrong += 1;
	}
	return wrong;
}
