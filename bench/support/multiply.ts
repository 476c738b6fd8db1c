import type { Knex } from 'knex';
import { isPostgres } from '../../extensions/orchestre/src/platform/directus.ts';

/**
 * What a night reads. History that it does not look at (scores of leads, lines, hours) and what all copies share (staff, teams, products,
 * stages) stays as it is.
 */
const copied = [
	'companies',
	'people',
	'leads',
	'lead_status_changes',
	'opportunities',
	'opportunity_contacts',
	'stage_changes',
	'line_items',
	'interactions',
	'contracts',
	'subscriptions',
	'subscription_changes',
	'invoices',
	'payments',
	'payment_allocations',
	'quotes',
	'projects',
	'milestones',
	'tickets',
	'survey_answers',
	'tasks',
	'planning',
	'usage_events',
] as const;

type Column = { column_name: string; data_type: string; character_maximum_length: number | null; target: string | null; is_unique: boolean };

/** Columns of a table, the table that a foreign key leads to, and whether a value may be there once only. */
async function columnsOf(database: Knex, table: string): Promise<Column[]> {
	const { rows } = (await database.raw(
		`select c.column_name, c.data_type, c.character_maximum_length, f.target, exists (
			select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
			where i.indrelid = ?::regclass and i.indisunique and a.attname = c.column_name
		) as is_unique
		from information_schema.columns c
		left join (
			select a.attname, max(k.confrelid::regclass::text) as target from pg_constraint k
			join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
			where k.contype = 'f' and k.conrelid = ?::regclass group by a.attname
		) f on f.attname = c.column_name
		where c.table_name = ? and c.table_schema = 'public' and c.is_generated = 'NEVER' order by c.ordinal_position`,
		[table, table, table],
	)) as { rows: Column[] };
	return rows;
}

const newId = (column: string): string => `md5("${column}"::text || '#' || copy)::uuid`;

/** What a copy has in a column: ids and links of its own where rows are copied, another text where it may be there once, else the same. */
function valueOf(
	{ column_name: name, data_type: type, character_maximum_length: length, target, is_unique: isUnique }: Column,
	tables: readonly string[],
): string {
	if (name === 'id' && type === 'uuid') return newId(name);
	if (type === 'uuid' && tables.some((table) => table === target)) return newId(name);
	if (isUnique && type === 'character varying') return `left(md5("${name}" || '#' || copy), ${length ?? 32})`;
	return `"${name}"`;
}

/**
 * The demo's business `times` over, in minutes instead of `demo:scale`'s twenty: the database copies rows by itself, each copy the same
 * story under ids of its own. For measuring what reads all of it; lists and searches want different luck, which `demo:scale` brings.
 * PostgreSQL only: foreign keys are not looked at meanwhile. `more`: further tables; `without`: fewer. Answers the number of rows in the copied tables.
 */
export async function multiply(database: Knex, times: number, more: readonly string[] = [], without: readonly string[] = []): Promise<number> {
	if (!isPostgres(database)) throw new Error('multiply is for PostgreSQL.');
	const tables = [...copied, ...more].filter((table) => !without.includes(table));
	let rows = 0;
	await database.transaction(async (trx) => {
		await trx.raw("set local session_replication_role = 'replica'");
		for (const table of tables) {
			const columns = (await columnsOf(trx, table)).filter(({ column_name, data_type }) => column_name !== 'id' || data_type === 'uuid');
			const names = columns.map(({ column_name }) => `"${column_name}"`).join(', ');
			await trx.raw(
				`insert into "${table}" (${names}) select ${columns.map((column) => valueOf(column, tables)).join(', ')} from "${table}" cross join generate_series(1, ?::int) copy`,
				[times - 1],
			);
			const [count] = (await trx(table).count({ n: '*' })) as { n: number | string }[];
			rows += Number(count?.n ?? 0);
		}
	});
	// Workers beside it would want more shared memory than a container has.
	await database.raw('vacuum (analyze, parallel 0)');
	return rows;
}
