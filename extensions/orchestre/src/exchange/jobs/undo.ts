import { z } from 'zod';
import { systemAccountability, type Accountability, type Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult, TransactionRun } from '../../platform/jobs/types.ts';
import { touchedSince } from '../../platform/touched.ts';
import { readImport, readPart, updateImport, type ImportRow, type PartRow } from '../row.ts';
import { queueUndo } from './queue.ts';

type Payload = { import: string; round: number; part: number; actor: string | null };
type Kept = NonNullable<ImportRow['report']['kept']>[number];

/** `gone`: what is not there any more, whoever deleted it. */
type Undone = { gone: number; deleted: number; kept: Kept[] };

const mostKept = 500;

/**
 * Deletes what the part wrote and nobody has worked with since. Nobody's role may delete leads or companies: the right to undo
 * comes with the import itself, so the deletion has full rights and the name of the person.
 */
async function undoPart({ trx, host, payload }: TransactionRun<Payload>, one: ImportRow, part: PartRow): Promise<Undone> {
	const schema = await host.getSchema();
	const rowOf = new Map(part.items.flatMap((item, index) => (item === null ? [] : [[item, part.rows[index]?.row ?? 0] as const])));
	const there = (await trx(one.target)
		.whereIn('id', [...rowOf.keys()])
		.pluck('id')) as string[];
	const touched = await touchedSince(trx, schema, one.target, there, 'l’import');
	const accountability: Accountability = { ...systemAccountability(), user: payload.actor ?? one.user_created };
	const remove = (knex: Knex, ids: string[]): Promise<unknown> =>
		new host.services.ItemsService(one.target, { schema, knex, accountability }).deleteMany(ids, { bypassEmitAction: () => undefined });
	const free = there.filter((id) => !touched.has(id));
	try {
		if (free.length > 0) await trx.transaction((savepoint) => remove(savepoint, free));
	} catch {
		// Something holds on to one of them that the rules above do not know: row by row, and the reason is told.
		for (const id of free)
			await trx
				.transaction((savepoint) => remove(savepoint, [id]))
				.catch(
					(error: unknown) =>
						void touched.set(
							id,
							String((Array.isArray(error) ? (error as unknown[])[0] : error) instanceof Error ? (error as Error).message : 'utilisée ailleurs'),
						),
				);
	}
	const kept = [...touched].map(([item, reason]) => ({ row: rowOf.get(item) ?? 0, item, reason }));
	return { gone: rowOf.size - kept.length, deleted: there.length - kept.length, kept };
}

/** Undoes one part of an import after the other. */
defineJob<Payload>({
	kind: 'exchange.undo',
	mode: 'transaction',
	payload: z.object({ import: z.string(), round: z.number(), part: z.number(), actor: z.string().nullable() }),
	run: async (run): Promise<JobResult> => {
		const { trx, payload } = run;
		const one = await readImport(trx, payload.import);
		if (!one || one.state !== 'undoing' || one.round !== payload.round) return { skipped: 'Le retrait a été arrêté.' };
		const part = await readPart(trx, one.id, payload.part);
		const done = part?.state === 'written' ? await undoPart(run, one, part) : { gone: 0, deleted: 0, kept: [] };
		const isLast = payload.part + 1 >= one.parts;
		const { takenBack, ...report } = one.report;
		await updateImport(trx, one.id, {
			rows_done: Math.max(0, one.rows_done - done.gone),
			rows_kept: one.rows_kept + done.kept.length,
			report: { ...report, kept: [...(report.kept ?? []), ...done.kept].slice(0, mostKept), ...(takenBack && !isLast && { takenBack }) },
			...(isLast && { state: takenBack ? 'refused' : 'undone' }),
		});
		if (part?.state === 'written') await trx('import_parts').where({ id: part.id }).update({ state: 'undone', items: null });
		if (!isLast) await queueUndo(trx, one, payload.part + 1, payload.actor);
		else await trx('import_parts').where({ import: one.id }).delete();
		return { deleted: done.deleted, kept: done.kept.length };
	},
});
