import { createHash } from 'node:crypto';
import { parseJson, type Knex } from '../../platform/directus.ts';
import { prepared, type Gate } from '../../platform/row-writes.ts';
import type { LoadChanges, WorkloadRow } from '../people.ts';
import type { Versions } from '../settings.ts';
import { cluesColumns, type Clues, type SharerRow } from './duplicates.ts';

/** First halves of advisory locks, which are for the whole database: « lead » and « clue ». */
const allLeads = 0x6c656164;
const oneClue = 0x636c7565;

/** More leads than this that share something: nobody looks for others among them. */
export const mostSharers = 50;

const hash = (text: string): number => createHash('md5').update(text).digest().readInt32BE(0);

/** What no other lead may bring at the same moment, in the order in which all take the locks; always four. */
function lockKeys({ email, phone, siren, company_key, last_name }: Clues): number[] {
	const texts = [
		email && `email ${email}`,
		phone && `phone ${phone}`,
		siren && last_name && `siren ${siren} ${last_name}`,
		company_key && last_name && `company ${company_key} ${last_name}`,
	];
	const keys = texts
		.filter((text) => text !== null)
		.map(hash)
		.toSorted((a, b) => a - b);
	return Array.from({ length: 4 }, (_, index) => keys[index] ?? keys.at(-1) ?? 0);
}

const shares = 'd.email = ?::text or d.phone = ?::text or (d.siren = ?::text and d.last_name = ?::text) or (d.company_key = ?::text and d.last_name = ?::text)';
const bindingsOf = ({ email, phone, siren, company_key, last_name }: Clues): unknown[] => [email, phone, siren, last_name, company_key, last_name];

/** What a new lead is treated by. `isAlone`: no other transaction creates a lead that shares something with it, nor many leads at once. */
export type Ground = {
	isAlone: boolean;
	lead: Record<string, unknown> | null;
	loads: WorkloadRow[] | null;
	versions: Versions[] | null;
	sharers: SharerRow[] | null;
};

const readSql =
	`select case when not pg_try_advisory_xact_lock_shared(${allLeads}, 0) then false ${`when not pg_try_advisory_xact_lock(${oneClue}, ?::int) then false `.repeat(4)} else true end as "isAlone", ` +
	`(select to_json(l) from leads l where l.id = ?::uuid) as lead, ` +
	`(select json_agg(w) from (select "user", open_leads, converted_leads, lost_leads, last_assigned_at from workloads order by id) w) as loads, ` +
	`(select json_agg(s) from (select rules_version, people_version from settings limit 1) s) as versions, ` +
	`(select json_agg(o) from (select * from (select ${cluesColumns.join(', ')} from leads d where ${shares} offset 0) f order by date_created limit ${mostSharers + 1}) o) as sharers`;

const json = (row: string, ...names: readonly string[]): string => `json_object(${names.map((name) => `'${name}', ${row}."${name}"`).join(', ')})`;

const sqliteSql =
	`select lead.*, (select json_group_array(${json('w', 'user', 'open_leads', 'converted_leads', 'lost_leads', 'last_assigned_at')}) from (select * from workloads order by id) w) as "_loads", ` +
	`(select json_group_array(${json('s', 'rules_version', 'people_version')}) from (select rules_version, people_version from settings limit 1) s) as "_versions", ` +
	// The plus keeps the order from being taken for the way to find them.
	`(select json_group_array(${json('o', ...cluesColumns)}) from (select * from leads where email = ? or phone = ? or (siren = ? and last_name = ?) or ` +
	`(company_key = ? and last_name = ?) order by +date_created limit ${mostSharers}) o) as "_sharers" from leads lead where lead.id = ?`;

/** SQLite: the same in one trip. Nobody else writes there. */
export async function readAloneOnSqlite(trx: Knex, id: string, clues: Clues): Promise<Ground> {
	const [row] = (await trx.raw(sqliteSql, [...bindingsOf(clues), id] as never)) as unknown as Record<string, unknown>[];
	if (!row) return { isAlone: true, lead: null, loads: null, versions: null, sharers: null };
	const { _loads, _versions, _sharers, ...lead } = row;
	return { isAlone: true, lead, loads: parseJson(_loads), versions: parseJson(_versions), sharers: parseJson(_sharers) };
}

/**
 * PostgreSQL: all that one new lead is treated by, in one trip and without waiting for anybody. The row locks that a batch takes on all
 * counters would make leads queue up from their first read to their commit; a lead alone takes one counter's lock with its last write, and
 * `gateOf` looks there whether what was read still holds.
 */
export async function readAlone(trx: Knex, id: string, clues: Clues): Promise<Ground> {
	const { rows } = (await prepared(trx, readSql, [...lockKeys(clues), id, ...bindingsOf(clues)])) as unknown as { rows: [Ground] };
	return rows[0];
}

const noNewSharer = `not exists (select from leads d where (${shares}) and d.id <> ?::uuid and d.id <> all (?::uuid[]))`;

/**
 * Lets the lead through when the slot is still free and nobody else brought a lead that shares something with it before this one took the
 * locks. `capacity`: leads that its owner may have in all, this one included; null for an owner chosen by hand, or none.
 */
export function gateOf(id: string, clues: Clues, known: readonly string[], loads: LoadChanges, capacity: number | null): Gate {
	const own = [...bindingsOf(clues), id, known];
	const slot = loads.only;
	if (!slot) return { sql: `select where ${noNewSharer}`, bindings: own };
	return {
		sql:
			'update workloads set open_leads = open_leads + ?::int, converted_leads = converted_leads + ?::int, lost_leads = lost_leads + ?::int, ' +
			`last_assigned_at = coalesce(?::timestamptz, last_assigned_at) where "user" = ?::uuid and open_leads + ?::int <= ?::int and ${noNewSharer} returning 1`,
		bindings: [slot.open, slot.converted, slot.lost, slot.at?.toISOString() ?? null, slot.user, slot.open, capacity ?? 2_147_483_647, ...own],
	};
}

/** Waits until no transaction creates a lead that shares something with this one, nor many leads at once. */
export const waitForSharers = async (trx: Knex, clues: Clues): Promise<void> =>
	void (await trx.raw(
		`select pg_advisory_xact_lock_shared(${allLeads}, 0), ${Array.from({ length: 4 }, () => `pg_advisory_xact_lock(${oneClue}, ?::int)`).join(', ')}`,
		lockKeys(clues),
	));

/** Waits until nobody else creates leads. */
export const waitForAll = async (trx: Knex): Promise<void> => void (await trx.raw(`select pg_advisory_xact_lock(${allLeads}, 0)`));
