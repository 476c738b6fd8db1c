import type { Accountability, Host, Knex, SchemaOverview } from './directus.ts';
import type { LaterActions } from './later-actions.ts';

type Values = Record<string, unknown>;

/**
 * Writes through Directus's services in one transaction, so that every room treats what is written, in the name of the caller. Their
 * rights were checked for the undertaking as a whole: rows that go along with it are not theirs to change.
 */
export class Writer {
	readonly #host: Host;
	protected readonly trx: Knex;
	protected readonly accountability: Accountability;
	readonly #actions: LaterActions;
	#schema: SchemaOverview | null = null;

	constructor(host: Host, trx: Knex, actor: Accountability, actions: LaterActions) {
		this.#host = host;
		this.trx = trx;
		this.accountability = { ...actor, admin: true };
		this.#actions = actions;
	}

	async schema(): Promise<SchemaOverview> {
		return (this.#schema ??= await this.#host.getSchema({ database: this.trx }));
	}

	async #service(collection: string) {
		return new this.#host.services.ItemsService(collection, { knex: this.trx, schema: await this.schema(), accountability: this.accountability });
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
}
