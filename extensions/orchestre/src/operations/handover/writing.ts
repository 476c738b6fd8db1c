import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { systemAccountability } from '../../platform/directus.ts';
import { withoutJobs } from '../../platform/jobs/without.ts';
import { LaterActions } from '../../platform/later-actions.ts';

/** A change of many rows, with the trail in the name of whoever asked for it; rights were checked for the hand-over as a whole. */
export type Change = { collection: string; ids: readonly string[]; set: Record<string, unknown> };

/**
 * Writes changes through Directus's services, so that every room treats them (counters, tasks, teams, history). All that they
 * cause is there when this returns: the savepoint is flushed. Actions are emitted by `emitAfterwards`, once all is committed.
 */
export class Writing {
	readonly #host: Host;
	readonly #actor: Accountability;
	readonly #actions = new LaterActions();

	constructor(host: Host, actor: Accountability) {
		this.#host = host;
		this.#actor = { ...actor, admin: true };
	}

	async apply(trx: Knex, changes: readonly Change[]): Promise<void> {
		if (changes.length === 0) return;
		await trx.transaction(async (savepoint) => {
			// One notice tells the new owner of everything: those of the single leads are not needed.
			withoutJobs(savepoint, 'leads.announce');
			const schema = await this.#host.getSchema({ database: savepoint });
			const options = { schema, knex: savepoint, accountability: this.#actor };
			for (const { collection, ids, set } of changes) {
				const { UsersService, ItemsService } = this.#host.services;
				const service = collection === 'directus_users' ? new UsersService(options) : new ItemsService(collection, options);
				await service.updateMany([...ids], set, this.#actions.options);
			}
		});
	}

	emitAfterwards(): void {
		this.#actions.emit();
	}
}

/** Creates or updates a row of `handovers`, which nobody else may. Returns its id. */
export async function saveHandover(host: Host, trx: Knex, id: string | null, row: Record<string, unknown>): Promise<string> {
	const service = new host.services.ItemsService('handovers', {
		knex: trx,
		schema: await host.getSchema({ database: trx }),
		accountability: systemAccountability(),
	});
	return String(id ? await service.updateOne(id, row) : await service.createOne(row));
}
