import { chunks, isSystem, type FilterContext, type Knex } from './directus.ts';
import { UserError } from './errors.ts';
import type { Filter, Payload } from './written.ts';

/** Documents whose lines are theirs for good once they have left the draft, and what is said to who tries. */
const documents = { quote: ['quotes', 'Ce devis n’est plus un brouillon'], invoice: ['invoices', 'Cette facture n’est plus un brouillon'] } as const;
const fields = ['quote', 'invoice'] as const;
type Field = (typeof fields)[number];

/** When a transaction began to create documents: their first lines come with them, whatever their status. */
const creating = new WeakMap<object, number>();

const keyIn = (value: unknown): string | null => {
	const key = typeof value === 'object' && value !== null ? (value as Payload)['id'] : value;
	return typeof key === 'string' ? key : null;
};

async function refuseIssued(database: Knex, field: Field, ids: readonly string[], createdSince?: number): Promise<void> {
	const [collection, message] = documents[field];
	for (const part of chunks(ids)) {
		const issued = (await database(collection).whereIn('id', part).whereNot('status', 'draft').select('id', 'date_created')) as {
			id: string;
			date_created: Date | number | string | null;
		}[];
		const closed = issued.filter(({ date_created }) => createdSince === undefined || !date_created || new Date(date_created).getTime() < createdSince);
		if (closed.length > 0) {
			throw new UserError(`${message} : ses lignes ne peuvent plus être ajoutées, modifiées ni supprimées.`, { code: 'DOCUMENT_ISSUED', status: 409 });
		}
	}
}

async function refuseLinesOf(database: Knex, lines: readonly string[]): Promise<void> {
	for (const part of chunks(lines, 500)) {
		for (const field of fields) {
			const ids = (await database('line_items').whereIn('id', part).whereNotNull(field).distinct().pluck(field)) as string[];
			await refuseIssued(database, field, ids);
		}
	}
}

async function refuseNamed(payload: unknown, { database }: FilterContext, createdSince?: number): Promise<void> {
	for (const field of fields) {
		const key = keyIn((payload as Payload | null)?.[field]);
		if (key) await refuseIssued(database, field, [key], createdSince);
	}
}

/** Keeps the lines of quotes and invoices that are no drafts any more, from everybody but Orchestre, administrators included. */
export function keepIssuedLines(filter: Filter): void {
	for (const collection of ['quotes', 'invoices']) {
		filter(`${collection}.items.create`, (payload, _meta, { database }) => {
			// Rounded down: databases may keep whole seconds.
			if (!creating.has(database)) creating.set(database, Math.floor(Date.now() / 1000) * 1000);
			return payload;
		});
	}
	filter('line_items.items.create', async (payload, _meta, context) => {
		if (!isSystem(context.accountability)) await refuseNamed(payload, context as FilterContext, creating.get(context.database));
		return payload;
	});
	filter('line_items.items.update', async (payload, meta, context) => {
		if (isSystem(context.accountability)) return payload;
		await refuseLinesOf(context.database as Knex, (meta['keys'] as string[] | undefined) ?? []);
		await refuseNamed(payload, context as FilterContext);
		return payload;
	});
	filter<string[]>('line_items.items.delete', async (ids, _meta, context) => {
		if (!isSystem(context.accountability)) await refuseLinesOf(context.database as Knex, ids);
		return ids;
	});
}
