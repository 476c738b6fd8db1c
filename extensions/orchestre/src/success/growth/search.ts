import { refuseUnlessUpdatable } from '../../platform/access.ts';
import { now as clockNow } from '../../platform/clock.ts';
import type { Accountability, Host } from '../../platform/directus.ts';
import { conflict } from '../../platform/errors.ts';
import { findFor, type Found } from './find.ts';
import { readGround } from './ground.ts';
import { refuseUnlessFollowing } from './view.ts';

/** Looks for proposals for one client now. For those who look after the client and may change its record (403); 409 while switched off. */
export async function searchNow(host: Host, accountability: Accountability | null, id: string): Promise<Found> {
	await refuseUnlessFollowing(host, accountability, id);
	await refuseUnlessUpdatable(host, accountability, 'companies', id, 'Vous n’avez pas le droit de modifier cette entreprise.');
	return host.database.transaction(async (trx) => {
		const now = clockNow();
		const ground = await readGround(trx, now);
		if (!ground.settings.enabled) throw conflict('La recherche de ventes additionnelles est désactivée dans les Réglages.');
		return findFor(trx, [id], ground, now);
	});
}
