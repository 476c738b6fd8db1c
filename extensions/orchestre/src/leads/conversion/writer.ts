import type { LaterActions } from '../../platform/later-actions.ts';
import type { Accountability, Host, Knex, SchemaOverview } from '../../platform/directus.ts';
import { writeTrail } from '../../platform/trail.ts';
import type { Actor } from './lead.ts';
import type { Values } from './rules/types.ts';

/**
 * Writes through Directus's services in one transaction, so that every room treats what is written, in the name of the caller. Their
 * rights were checked for the conversion as a whole: rows that go along (somebody else's interactions) are not theirs to change.
 */
export class Writer {
	readonly #host: Host;
	readonly #trx: Knex;
	readonly #accountability: Accountability;
	readonly #actions: LaterActions;
	#schema: SchemaOverview | null = null;

	constructor(host: Host, trx: Knex, actor: Actor, actions: LaterActions) {
		this.#host = host;
		this.#trx = trx;
		this.#accountability = { ...actor, admin: true };
		this.#actions = actions;
	}

	async schema(): Promise<SchemaOverview> {
		return (this.#schema ??= await this.#host.getSchema({ database: this.#trx }));
	}

	async #service(collection: string) {
		return new this.#host.services.ItemsService(collection, { knex: this.#trx, schema: await this.schema(), accountability: this.#accountability });
	}

	async create(collection: string, values: Values): Promise<string> {
		return String(await (await this.#service(collection)).createOne(values, this.#actions.options));
	}

	async update(collection: string, ids: readonly string[], values: Values): Promise<void> {
		if (ids.length > 0 && Object.keys(values).length > 0) await (await this.#service(collection)).updateMany([...ids], values, this.#actions.options);
	}

	async remove(collection: string, id: string): Promise<void> {
		await (await this.#service(collection)).deleteOne(id, this.#actions.options);
	}

	/** Columns of the lead that nobody may bring from outside; `news` of them stand in its history. */
	async stampLead(id: string, columns: Values, news: Values): Promise<void> {
		await this.#trx('leads').where({ id }).update(columns);
		await writeTrail(this.#trx, this.#accountability, [{ action: 'update', collection: 'leads', item: id, data: news }]);
	}
}
