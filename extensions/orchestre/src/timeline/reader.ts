import type { Query } from '@directus/types';
import type { Accountability, Host, SchemaOverview } from '../platform/directus.ts';
import { readOwn } from '../platform/own-rows/index.ts';
import { readRights, type ReadRights } from '../platform/readable.ts';
import type { Row } from './rules/types.ts';

/** Reads rows as the caller may: rows out of reach are not there, fields out of reach are not asked for. */
export type Reader = Omit<ReadRights, 'rightsOf'> & {
	/** Whether the caller reads every row of the collection: no rule looks at the row. */
	readsAll: (collection: string) => boolean;
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
	const { readable, rightsOf, reads } = await readRights(host, schema, accountability, collections);
	const service = (collection: string) => new host.services.ItemsService(collection, { accountability, schema, knex: host.database });
	const users = () => new host.services.UsersService({ accountability, schema, knex: host.database });
	const allowed = (collection: string, fields: readonly string[]): string[] => [
		'id',
		...fields.filter((field) => field !== 'id' && readable(collection, field)),
	];
	return {
		readable,
		reads,
		readsAll: (collection) => accountability.admin || rightsOf(collection).some(({ rule }) => rule === null),
		async rows(collection, { needs, fields, ...query }) {
			if (!['id', ...needs].every((field) => readable(collection, field))) return [];
			const asked = { ...query, fields: allowed(collection, fields) };
			const own = await readOwn({ knex: host.database, schema, accountability, rightsOf }, collection, asked);
			if (own) return own as Row[];
			const from = collection === 'directus_users' ? users() : service(collection);
			return (await from.readByQuery(asked)) as Row[];
		},
		async one(collection, id, fields) {
			return (await service(collection).readOne(id, { fields: allowed(collection, fields) })) as Row;
		},
	};
}
