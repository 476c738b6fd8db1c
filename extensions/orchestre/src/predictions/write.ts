import { isPostgres, type Knex } from '../platform/directus.ts';

/** A row's computed columns; null empties one. */
export type Change = {
	id: string;
	probability: number | null;
	low: number | null;
	high: number | null;
	version: string | null;
	source: string | null;
	reasons: unknown;
};

const columns = {
	probability: 'probability',
	probability_low: 'low',
	probability_high: 'high',
	model_version: 'version',
	probability_reasons: 'reasons',
} as const;
const dealColumns = { ...columns, probability_source: 'source' } as const;
const types: Readonly<Record<string, string>> = { version: 'text', source: 'text', reasons: 'json' };

/**
 * Writes any number of rows in one statement: they travel as one json. A probability that a person typed meanwhile is theirs: of such a
 * deal only the reasons change. No trail: these are figures that a job computes anew each night, and `models` and `jobs` tell how.
 */
export async function writeChanges(knex: Knex, table: 'leads' | 'opportunities', changes: readonly Change[]): Promise<void> {
	if (changes.length === 0) return;
	const isDeals = table === 'opportunities';
	const own: Readonly<Record<string, keyof Change>> = isDeals ? dealColumns : columns;
	const isOnPostgres = isPostgres(knex);
	const part = (name: keyof Change): string => (isOnPostgres ? `v.${name}` : `json_extract(v.value, '$.${name}')`);
	const kept = isDeals ? `${table}.probability_source = 'person'` : null;
	const assignments = Object.entries(own).map(([column, name]) => {
		if (!kept || name === 'reasons') return `${column} = ${part(name)}`;
		const mine = column === 'probability' || column === 'probability_source' ? `${table}.${column}` : 'null';
		return `${column} = case when ${kept} then ${mine} else ${part(name)} end`;
	});
	const definition = ['id uuid', ...Object.values(own).map((name) => `${name} ${types[name] ?? 'integer'}`)].join(', ');
	const source = isOnPostgres ? `json_to_recordset(?::json) as v(${definition})` : 'json_each(?) as v';
	const open = isDeals ? ` and ${table}.closed_at is null` : '';
	await knex.raw(`update ${table} set ${assignments.join(', ')} from ${source} where ${table}.id = ${part('id')}${open}`, [JSON.stringify(changes)]);
}
