import { readLocked } from '../platform/columns.ts';
import { chunks, orchestreUserId, type Knex } from '../platform/directus.ts';
import { conflict, notAllowed } from '../platform/errors.ts';
import type { Written } from '../platform/written.ts';
import { decide, handOn, refuseUnlessDecider, refuseUnlessOpen, withdraw } from './decide.ts';
import type { Request } from './request.ts';
import { route } from './route.ts';
import { readApprovalSettings, type ApprovalSettings } from './settings.ts';

/** The only steps: from « à décider » to agreed, refused or taken back. Lapsing is the product's own. */
async function change(trx: Knex, request: Request, { set, user }: Written, settings: ApprovalSettings): Promise<void> {
	refuseUnlessOpen(request);
	if ('approver' in set || 'deadline' in set) {
		if ('status' in set || request.status !== 'pending') throw conflict('Une demande change de mains ou de délai tant qu’elle est à décider, et rien d’autre en même temps.'); // prettier-ignore
		await handOn(trx, request, user, 'approver' in set, settings);
	}
	if ('status' in set) {
		if (request.status === 'approved' || request.status === 'rejected') return decide(trx, request, user, settings);
		if (request.status === 'cancelled') return withdraw(trx, request, user);
		if (request.status === 'expired') throw notAllowed('Une demande expire d’elle-même, quand son délai est passé : accordez-la, refusez-la ou retirez-la.');
		throw conflict('Une demande est approuvée, refusée ou retirée : elle n’a pas d’autre suite.');
	}
	if (request.status !== 'pending') throw conflict('Cette demande n’est plus à décider.');
	if ('comment' in set) await refuseUnlessDecider(trx, request, user, settings);
}

/** Requests of every kind that a transaction wrote: new ones find their way, changes are checked and followed up in the same transaction. */
export async function treatApprovals(trx: Knex, written: readonly Written[]): Promise<void> {
	const settings = await readApprovalSettings(trx);
	for (const part of chunks(written, 200)) {
		const ids = part.map(({ id }) => id);
		for (const request of (await readLocked(trx, 'validation', ids)) as Request[]) {
			const own = part.find(({ id }) => id === request.id);
			if (!own) continue;
			if (own.created) await route(trx, request, own.user, settings);
			else if (own.user !== orchestreUserId) await change(trx, request, own, settings);
		}
	}
}
