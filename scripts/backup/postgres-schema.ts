import { BackupFailure } from './failure.ts';
import type { Table } from './manifest.ts';
import type { PgConnection } from './postgres.ts';
import { quoted } from './source.ts';
import type { SchemaScript } from './source.ts';

type ColumnRow = { name: string; type: string; required: boolean; identity: string; generated: string; preset: string | null };
type SequenceRow = {
	name: string;
	type: string;
	start: string;
	step: string;
	low: string;
	high: string;
	cycles: boolean;
	last: string | null;
	table: string | null;
	column: string | null;
};

const read = async <T>(connection: PgConnection, sql: string, values: readonly unknown[] = []): Promise<T[]> =>
	(await connection.query(sql, values)).rows as T[];

const columnsOf = (connection: PgConnection, table: string): Promise<ColumnRow[]> =>
	read(
		connection,
		`select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required, a.attidentity as identity,
			a.attgenerated as generated, pg_get_expr(d.adbin, d.adrelid) as preset
		from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
		where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
		[quoted(table)],
	);

function createTable(table: string, columns: readonly ColumnRow[]): string {
	const odd = columns.find(({ identity, generated }) => identity || generated);
	if (odd)
		throw new BackupFailure(
			`La colonne « ${table}.${odd.name} » est d’un genre que la sauvegarde ne sait pas refaire (identité ou calculée) : utilisez pg_dump.`,
		);
	const lines = columns.map(({ name, type, required, preset }) => `${quoted(name)} ${type}${preset ? ` default ${preset}` : ''}${required ? ' not null' : ''}`);
	return `create table ${quoted(table)} (${lines.join(', ')})`;
}

const sequencesOf = (connection: PgConnection): Promise<SequenceRow[]> =>
	read(
		connection,
		`select s.sequencename as name, s.data_type::text as type, s.start_value::text as start, s.increment_by::text as step, s.min_value::text as low,
			s.max_value::text as high, s.cycle as cycles, s.last_value::text as last, t.relname as table, a.attname as column
		from pg_sequences s
		join pg_class c on c.relname = s.sequencename and c.relnamespace = s.schemaname::regnamespace
		left join pg_depend d on d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'a' and d.refobjsubid > 0
		left join pg_class t on t.oid = d.refobjid
		left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
		where s.schemaname = current_schema() order by 1`,
	);

const createSequence = ({ name, type, start, step, low, high, cycles }: SequenceRow): string =>
	`create sequence ${quoted(name)} as ${type} increment by ${step} minvalue ${low} maxvalue ${high} start with ${start}${cycles ? ' cycle' : ''}`;

function attachSequence({ name, last, table, column }: SequenceRow): string[] {
	const literal = quoted(name).replaceAll("'", "''");
	return [
		...(table && column ? [`alter sequence ${quoted(name)} owned by ${quoted(table)}.${quoted(column)}`] : []),
		...(last === null ? [] : [`select setval('${literal}', ${last}, true)`]),
	];
}

const constraintsOf = (connection: PgConnection): Promise<{ table: string; name: string; type: string; definition: string }[]> =>
	read(
		connection,
		`select t.relname as table, c.conname as name, c.contype::text as type, pg_get_constraintdef(c.oid, true) as definition
		from pg_constraint c join pg_class t on t.oid = c.conrelid
		where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r' and c.contype in ('p', 'u', 'c', 'x', 'f') order by c.conname`,
	);

/** Indexes that no constraint brings along; `pretty` leaves out the schema's name. */
const indexesOf = (connection: PgConnection): Promise<{ definition: string }[]> =>
	read(
		connection,
		`select pg_get_indexdef(i.indexrelid, 0, true) as definition from pg_index i join pg_class t on t.oid = i.indrelid
		where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r'
			and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')) order by 1`,
	);

/** What the product does not use and the backup leaves out, so that nobody finds out on the day of the restore. */
async function leftOut(connection: PgConnection): Promise<string[]> {
	const rows = await read<{ name: string }>(
		connection,
		`select 'vue ' || relname as name from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('v', 'm')
		union all select 'déclencheur ' || tgname from pg_trigger g join pg_class t on t.oid = g.tgrelid
			where t.relnamespace = current_schema()::regnamespace and not g.tgisinternal
		union all select 'fonction ' || proname from pg_proc p where p.pronamespace = current_schema()::regnamespace
			and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`,
	);
	return rows.length === 0 ? [] : [`Non compris, car ajouté à la base en dehors d’Orchestre : ${rows.map(({ name }) => name).join(', ')}.`];
}

/** The tables of the current schema and the SQL that makes them anew, from PostgreSQL's own catalogue. */
export async function readPostgresSchema(connection: PgConnection): Promise<{ tables: Table[]; schema: SchemaScript; notes: string[] }> {
	const relations = await read<{ name: string; kind: string; inherits: boolean }>(
		connection,
		`select relname as name, relkind::text as kind, exists (select 1 from pg_inherits where inhrelid = oid) as inherits
		from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'f') order by 1`,
	);
	const odd = relations.find(({ kind, inherits }) => kind !== 'r' || inherits);
	if (odd)
		throw new BackupFailure(`La table « ${odd.name} » est d’un genre que la sauvegarde ne sait pas refaire (partitionnée ou étrangère) : utilisez pg_dump.`);
	const tables: Table[] = [];
	const create: string[] = [];
	for (const { name } of relations) {
		const columns = await columnsOf(connection, name);
		create.push(createTable(name, columns));
		tables.push({ name, columns: columns.map((column) => ({ name: column.name, type: column.type })) });
	}
	const sequences = await sequencesOf(connection);
	const constraints = await constraintsOf(connection);
	const add = (types: string): string[] =>
		constraints
			.filter(({ type }) => types.includes(type))
			.map(({ table, name, definition }) => `alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`);
	const indexes = (await indexesOf(connection)).map(({ definition }) => definition);
	return {
		tables,
		schema: {
			before: [...sequences.map(createSequence), ...create],
			after: [...sequences.flatMap(attachSequence), ...add('p'), ...add('ux'), ...add('c'), ...indexes, ...add('f')],
		},
		notes: await leftOut(connection),
	};
}
