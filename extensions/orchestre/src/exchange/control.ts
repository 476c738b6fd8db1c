import type { Accountability, Host, Knex } from '../platform/directus.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { refuseUnlessUpdatable } from '../platform/access.ts';
import { writeTrail } from '../platform/trail.ts';
import { queueCheck, queueUndo, queueWrite } from './jobs/queue.ts';
import { readImport, updateImport, type ImportRow } from './row.ts';

export type Command = 'start' | 'cancel' | 'undo';

const busy = ['checking', 'running', 'undoing'];

/** True while a job of this round is still owed; an import whose job failed for good stands still. */
async function isMoving(trx: Knex, { id, round }: ImportRow): Promise<boolean> {
	const jobs = (await trx('jobs').where({ collection: 'imports', item: id }).whereIn('state', ['waiting', 'running']).select('payload')) as {
		payload: unknown;
	}[];
	return jobs.some(
		({ payload }) => (typeof payload === 'string' ? (JSON.parse(payload) as { round: number }) : (payload as { round: number })).round === round,
	);
}

async function firstWaiting(trx: Knex, id: string): Promise<number | null> {
	const row = (await trx('import_parts').where({ import: id, state: 'waiting' }).orderBy('number').first('number')) as { number: number } | undefined;
	return row?.number ?? null;
}

/** Imports the good rows of a checked file, goes on with a stopped one, or checks the file anew. */
async function start(trx: Knex, one: ImportRow): Promise<Partial<ImportRow>> {
	if (one.state === 'done') throw conflict('Cet import est terminé.');
	if (busy.includes(one.state) && (await isMoving(trx, one))) throw conflict('Cet import est déjà en cours.');
	const next = { ...one, round: one.round + 1 };
	if (one.state === 'undoing') {
		await queueUndo(trx, next, 0, one.user_created);
		return { round: next.round };
	}
	const isChecked = one.parts > 0 && !['checking', 'failed', 'undone'].includes(one.state);
	const part = isChecked ? await firstWaiting(trx, one.id) : null;
	if (part === null) {
		await queueCheck(trx, next);
		return { round: next.round, state: 'checking', good_only: one.state === 'refused' ? true : one.good_only, report: {}, rows_done: 0, rows_kept: 0 };
	}
	await queueWrite(trx, next, part);
	return { round: next.round, state: 'running', good_only: one.state === 'refused' ? true : one.good_only };
}

async function cancel(_trx: Knex, one: ImportRow): Promise<Partial<ImportRow>> {
	if (one.state !== 'checking' && one.state !== 'running') throw conflict('Il n’y a rien à annuler : cet import n’est pas en cours.');
	// A check that was cut off says nothing: going on begins with another one.
	const unchecked = { round: one.round + 1, parts: 0, rows_total: 0, rows_good: 0, rows_bad: 0 };
	return { state: 'cancelled', ...(one.state === 'checking' && unchecked) };
}

async function undo(trx: Knex, one: ImportRow, actor: string | null): Promise<Partial<ImportRow>> {
	if (one.state === 'running' || one.state === 'undoing') throw conflict('Attendez la fin du travail en cours, ou annulez-le.');
	const written: unknown = await trx('import_parts').where({ import: one.id, state: 'written' }).first('id');
	if (!written) throw conflict('Cet import n’a rien écrit : il n’y a rien à défaire.');
	const round = one.round + 1;
	await queueUndo(trx, { ...one, round }, 0, actor);
	return { round, state: 'undoing', rows_kept: 0, report: { ...one.report, kept: [] } };
}

const commands: Record<Command, (trx: Knex, one: ImportRow, actor: string | null) => Promise<Partial<ImportRow>>> = { start, cancel, undo };

/** A button of the report. Who may change the import may press it; it is noted in the trail. */
export async function command(host: Host, accountability: Accountability | null, id: string, name: Command): Promise<void> {
	await refuseUnlessUpdatable(host, accountability, 'imports', id, 'Vous n’avez pas le droit d’agir sur cet import.');
	await host.database.transaction(async (trx) => {
		const one = await readImport(trx, id);
		if (!one) throw notFound('Cet import n’existe pas.');
		const change = await commands[name](trx, one, accountability?.user ?? null);
		await updateImport(trx, id, change);
		const { report: _report, ...delta } = change;
		await writeTrail(trx, accountability ?? {}, [{ action: 'update', collection: 'imports', item: id, data: delta }]);
	});
}
