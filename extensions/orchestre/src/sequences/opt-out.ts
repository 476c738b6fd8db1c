import { now } from '../platform/clock.ts';
import { systemAccountability, type Host, type Knex } from '../platform/directus.ts';
import { LaterActions } from '../platform/later-actions.ts';
import { frenchMoment } from '../platform/time/paris.ts';
import type { Linked } from './rules/link.ts';
import { liveStates, type Target } from './rules/types.ts';
import { toRun } from './rows.ts';
import { stopAmong } from './sweep.ts';

type Row = { id: string; email: string | null };

/** Whoever is kept with the same address, and the one that the link names. */
async function sameAddress(trx: Knex, linked: Linked): Promise<Record<Target, string[]>> {
	const row = (await trx(linked.collection).where({ id: linked.id }).first('id', 'email')) as Row | undefined;
	const found: Record<Target, string[]> = { leads: [], people: [] };
	if (!row) return found;
	for (const table of ['leads', 'people'] as const) {
		const query = trx(table).where((either) => {
			if (row.email) void either.orWhere('email', row.email);
			if (table === linked.collection) void either.orWhere('id', row.id);
			if (!row.email && table !== linked.collection) void either.orWhereRaw('1 = 0');
		});
		found[table] = (await query.where((either) => void either.whereNull('email_consent').orWhereNot('email_consent', 'refused')).pluck('id')) as string[];
	}
	return found;
}

/**
 * Notes an objection to e-mails on everybody who is kept with this address, with its date and proof, and stops what writes to them.
 * Whoever is gone needs nothing; a second time changes nothing.
 */
export async function optOut(host: Host, linked: Linked): Promise<void> {
	const actions = new LaterActions();
	await host.database.transaction(async (trx) => {
		const found = await sameAddress(trx, linked);
		const schema = await host.getSchema({ database: trx });
		const proof = `Désinscription par le lien d’un message, le ${frenchMoment(now())}.`;
		const at = now().toISOString();
		const values: Record<Target, Record<string, unknown>> = {
			leads: { email_consent: 'refused', consent_at: at, consent_proof: proof },
			people: { email_consent: 'refused', email_consent_at: at, email_consent_proof: proof },
		};
		for (const collection of ['leads', 'people'] as const) {
			if (found[collection].length === 0) continue;
			const service = new host.services.ItemsService(collection, { knex: trx, schema, accountability: systemAccountability() });
			await service.updateMany(found[collection], values[collection], actions.options);
		}
		const runs = (await trx('sequence_runs')
			.whereIn('state', [...liveStates])
			.where((either) => void either.whereIn('lead', found.leads).orWhereIn('person', found.people))) as Record<string, unknown>[];
		await stopAmong(trx, runs.map(toRun));
	});
	actions.emit();
}
