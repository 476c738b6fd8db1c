import type { Query } from '@directus/types';
import type { Accountability, Host, Knex, SchemaOverview } from '../platform/directus.ts';
import { readRights, type ReadRights } from '../platform/readable.ts';
import type { Row } from './rules/types.ts';

/** Reads rows as the caller may: rows out of reach are not there, fields out of reach are not asked for. */
export type Reader = Omit<ReadRights, 'inAnyRow'> & {
	/** The collection's table, for whoever reads these fields of all its rows; null for everybody else, whom `rows` serves. */
	table: (collection: string, fields: readonly string[]) => Knex.QueryBuilder | null;
	/** Empty when a field that the filter or the order needs is out of reach. */
	rows: (
		collection: string,
		query: { needs: readonly string[]; fields: readonly string[] } & Pick<Query, 'filter' | 'sort' | 'limit' | 'offset'>,
	) => Promise<Row[]>;
	/** One row, or Directus's own refusal (403). */
	one: (collection: string, id: string, fields: readonly string[]) => Promise<Row>;
};

export async function readerFor(host: Host, accountability: Accountability, collections: readonly string[]): Promise<Reader> {
	const schema: SchemaOverview = await host.getSchema();
	const { readable, inAnyRow, reads } = await readRights(host, schema, accountability, collections);
	const service = (collection: string) => new host.services.ItemsService(collection, { accountability, schema, knex: host.database });
	const users = () => new host.services.UsersService({ accountability, schema, knex: host.database });
	const allowed = (collection: string, fields: readonly string[]): string[] => [
		'id',
		...fields.filter((field) => field !== 'id' && readable(collection, field)),
	];
	return {
		readable,
		reads,
		table: (collection, fields) => (inAnyRow(collection, fields) ? host.database(collection) : null),
		async rows(collection, { needs, fields, ...query }) {
			if (!['id', ...needs].every((field) => readable(collection, field))) return [];
			const from = collection === 'directus_users' ? users() : service(collection);
			return (await from.readByQuery({ ...query, fields: allowed(collection, fields) })) as Row[];
		},
		async one(collection, id, fields) {
			return (await service(collection).readOne(id, { fields: allowed(collection, fields) })) as Row;
		},
	};
}
