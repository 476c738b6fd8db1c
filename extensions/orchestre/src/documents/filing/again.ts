import { refuseUnlessUpdatable } from '../../platform/access.ts';
import type { Accountability, Host } from '../../platform/directus.ts';
import { conflict, UserError } from '../../platform/errors.ts';
import { now } from '../../platform/clock.ts';
import { nudgeWorkers } from '../../platform/jobs/worker.ts';
import { writeTrail } from '../../platform/trail.ts';
import { queueReading } from './intake.ts';
import { readDocumentRow } from './rows.ts';

/**
 * Reads documents again, for somebody who may change them: a failed one, one to review, a rejected one. Answers how many were queued. A document
 * that is filed has its record, which another reading must not make twice.
 */
export async function readAgain(host: Host, accountability: Accountability | null, ids: readonly string[]): Promise<{ queued: number }> {
	if (ids.length === 0) throw new UserError('Sélectionnez au moins un document.');
	const rows: { id: string; file: string; title: string }[] = [];
	for (const id of new Set(ids)) {
		await refuseUnlessUpdatable(host, accountability, 'documents', id, 'Vous n’avez pas le droit de relire ce document.');
		const row = await readDocumentRow(host.database, id);
		if (!row?.file) throw new UserError('Ce document n’a pas de fichier à lire.');
		if (row.status === 'filed') throw conflict(`« ${row.title} » est déjà classé.`);
		rows.push({ id, file: row.file, title: row.title });
	}
	const queued = await host.database.transaction(async (trx) => {
		const items = rows.map(({ id }) => id);
		const jobs = (await trx('jobs').where({ kind: 'documents.read' }).whereIn('item', items).groupBy('item').select('item').count({ n: '*' })) as { item: string; n: number | string }[]; // prettier-ignore
		const live = new Set(
			(await trx('jobs').where({ kind: 'documents.read' }).whereIn('item', items).whereIn('state', ['waiting', 'running']).pluck('item')) as string[],
		);
		const wanted = rows.filter(({ id }) => !live.has(id));
		let count = 0;
		for (const row of wanted)
			count += (await queueReading(trx, [row], accountability?.user ?? null, `:${jobs.find(({ item }) => item === row.id)?.n ?? 0}`)).length;
		const data = { status: 'received', reading_error: null, filing_note: null, duplicate_of: null, reviewed_at: null, reviewed_by: null };
		await trx('documents').whereIn('id', wanted.map(({ id }) => id)).update(data); // prettier-ignore
		await writeTrail(trx, accountability ?? {}, wanted.map(({ id }) => ({ action: 'update', collection: 'documents', item: id, data }))); // prettier-ignore
		await trx('jobs').whereIn('item', [...live]).where({ kind: 'documents.read', state: 'waiting' }).update({ due_at: now() }); // prettier-ignore
		return count;
	});
	nudgeWorkers();
	return { queued };
}
