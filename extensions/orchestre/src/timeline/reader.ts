import type { Query } from '@directus/types';
import type { Accountability, Host, SchemaOverview } from '../platform/directus.ts';
import { readableFields, type Readable } from '../platform/readable.ts';
import type { Row } from './rules/types.ts';

/** Reads rows as the caller may: rows out of reach are not there, fields out of reach are not asked for. */
export type Reader = {
	readable: Readable;
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
	const readable = await readableFields(host, schema, accountability, collections);
	const service = (collection: string) => new host.services.ItemsService(collection, { accountability, schema, knex: host.database });
	const users = () => new host.services.UsersService({ accountability, schema, knex: host.database });
	const allowed = (collection: string, fields: readonly string[]): string[] => [
		'id',
		...fields.filter((field) => field !== 'id' && readable(collection, field)),
	];
	return {
		readable,
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
