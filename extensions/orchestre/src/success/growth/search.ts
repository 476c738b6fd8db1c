import { refuseUnlessUpdatable } from '../../platform/access.ts';
import { now as clockNow } from '../../platform/clock.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { conflict } from '../../platform/errors.ts';
import { sharedState } from '../../platform/shared-state.ts';
import { findFor, type Found } from './find.ts';
import { learn, readGround, type Learnt } from './ground.ts';
import { refuseUnlessFollowing } from './view.ts';

/** All sales do not change from one click to the next. */
const freshMs = 5 * 60_000;
const lately = sharedState('growth.learnt', () => ({ at: 0, learnt: null as Learnt | null }));

async function learntLately(trx: Knex, now: Date): Promise<Learnt> {
	if (lately.learnt && Math.abs(now.getTime() - lately.at) < freshMs) return lately.learnt;
	const learnt = await learn(trx, now);
	Object.assign(lately, { at: now.getTime(), learnt });
	return learnt;
}

/** Looks for proposals for one client now. For those who look after the client and may change its record (403); 409 while switched off. */
export async function searchNow(host: Host, accountability: Accountability | null, id: string): Promise<Found> {
	await refuseUnlessFollowing(host, accountability, id);
	await refuseUnlessUpdatable(host, accountability, 'companies', id, 'Vous n’avez pas le droit de modifier cette entreprise.');
	return host.database.transaction(async (trx) => {
		const now = clockNow();
		const ground = await readGround(trx, await learntLately(trx, now));
		if (!ground.settings.enabled) throw conflict('La recherche de ventes additionnelles est désactivée dans les Réglages.');
		return findFor(trx, [id], ground, now);
	});
}
