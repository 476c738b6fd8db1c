import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { systemAccountability } from '../../platform/directus.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks } from '../../platform/directus.ts';
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

export type Notice = { recipient: string; subject: string; message: string; handover?: string };

/** Into the notification centre, in the caller's transaction; without e-mail, which would leave before the commit. */
export async function tell(host: Host, trx: Knex, notices: readonly Notice[]): Promise<void> {
	if (notices.length === 0) return;
	const schema = await host.getSchema({ database: trx });
	const service = new host.services.ItemsService('directus_notifications', { knex: trx, schema, accountability: systemAccountability() });
	await service.createMany(
		notices.map(({ handover, ...notice }) => ({ ...notice, status: 'inbox', ...(handover && { collection: 'handovers', item: handover }) })),
		{ emitEvents: false },
	);
}

/** One notice tells the new owner of everything: the notices of the single leads are not needed. */
export async function hushAnnouncements(trx: Knex, leads: readonly string[]): Promise<void> {
	const at = clockNow();
	for (const part of chunks(leads, 500))
		await trx('jobs')
			.where({ kind: 'leads.announce', state: 'waiting' })
			.whereIn('item', part)
			.update({ state: 'skipped', error: 'Annoncé avec l’ensemble du portefeuille.', ended_at: at, date_updated: at });
}
