import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { isPostgres, type Host, type Knex } from '../../platform/directus.ts';
import { isRetryable, kindOf } from '../../platform/errors.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { ExternalRun, JobResult } from '../../platform/jobs/types.ts';
import { answerQuestions } from '../lookups.ts';
import { readPerson, type Person } from '../person.ts';
import { planOf } from '../plan-of.ts';
import { maxFileBytes, tooBig, Unreadable } from '../read/limits.ts';
import { partId, readImport, updateImport, type ImportRow } from '../row.ts';
import { checkInThread } from '../worker.ts';
import { queueWrite } from './queue.ts';

type Payload = { import: string; round: number };

/** The import was cancelled, or its file exchanged, while it was being read. */
class Superseded extends Error {}

/** The file's bytes, with the rights of the person: a file that they cannot read cannot be imported. */
async function readBytes(host: Host, file: string | null, { accountability }: Person): Promise<{ bytes: Uint8Array<ArrayBuffer>; filename: string }> {
	if (!file) throw new Unreadable('Choisissez un fichier.');
	const assets = new host.services.AssetsService({ schema: await host.getSchema(), knex: host.database, accountability });
	let asset: { stream: unknown; file: { filename_download?: string | null; filesize?: number | string | null } };
	try {
		asset = (await assets.getAsset(file)) as typeof asset;
	} catch {
		throw new Unreadable('Le fichier n’existe plus, ou vous n’avez pas le droit de le lire.');
	}
	const stream = asset.stream as Readable;
	if (Number(asset.file.filesize ?? 0) > maxFileBytes) {
		stream.destroy();
		throw tooBig();
	}
	const parts: Buffer[] = [];
	let size = 0;
	for await (const part of stream as AsyncIterable<Buffer>) {
		size += part.length;
		if (size > maxFileBytes) throw tooBig();
		parts.push(part);
	}
	return { bytes: new Uint8Array(Buffer.concat(parts)), filename: asset.file.filename_download ?? '' };
}

/**
 * Why the same file must be confirmed: another import writes it, or has left rows of it. Asked where it is decided, one decision after the
 * other: of two imports of a file that are saved and checked at once, one goes on.
 */
async function seenBefore(trx: Knex, { id, target, checksum }: ImportRow): Promise<string | null> {
	if (isPostgres(trx)) await trx.raw(`select pg_advisory_xact_lock(hashtextextended(?, 80))`, [checksum]);
	const before = (await trx('imports')
		.where({ target, checksum })
		.whereNot({ id })
		.where((either) => void either.where({ state: 'running' }).orWhere('rows_done', '>', 0))
		.first('name')) as { name: string | null } | undefined;
	return before ? `Ce fichier a déjà été importé (« ${before.name ?? 'sans nom'} ») : l’importer à nouveau créerait des doublons.` : null;
}

async function check({ host, payload, signal }: ExternalRun<Payload>, one: ImportRow): Promise<JobResult> {
	const { database } = host;
	const person = await readPerson(database, one.user_created);
	const plan = await planOf(host, one.target, person);
	const { bytes, filename } = await readBytes(host, one.file, person);
	const checksum = createHash('sha256').update(bytes).digest('hex');
	await database('import_parts').where({ import: one.id }).delete();
	const outcome = await checkInThread(
		{ bytes, filename, plan },
		{
			signal,
			answer: (questions) => answerQuestions(host, plan, person, questions),
			part: async ({ number, rows }) => {
				signal.throwIfAborted();
				if (!(await database('imports').where({ id: one.id, round: payload.round, state: 'checking' }).first('id'))) throw new Superseded();
				await database('import_parts').insert({ id: partId(one.id, number), import: one.id, number, state: 'waiting', rows });
			},
		},
	);
	const { columns, headerFaults, faults, faultCount, source, parts, rows, good, bad } = outcome;
	await database('imports')
		.where({ id: one.id, round: payload.round })
		.update({
			checksum,
			parts,
			rows_total: rows,
			rows_good: good,
			rows_bad: bad,
			report: JSON.stringify({ source, columns, faults: [...headerFaults, ...faults], faultCount: headerFaults.length + faultCount }),
		});
	return { rows, good, bad, parts, faults: faultCount + headerFaults.length };
}

/** What was found decides how it goes on, in the transaction that ends the job. */
async function decide(trx: Knex.Transaction, result: JobResult, id: string, round: number): Promise<void> {
	const one = await readImport(trx, id);
	if (!one || one.state !== 'checking' || one.round !== round || !result || !('good' in result)) return;
	const warning = await seenBefore(trx, one);
	const goesOn = Number(result['good']) > 0 && warning === null && (result['faults'] === 0 || one.good_only);
	await updateImport(trx, id, { state: goesOn ? 'running' : 'refused', rows_done: 0, rows_kept: 0, report: { ...one.report, warning } });
	if (goesOn) await queueWrite(trx, one, 0);
}

/** Reads and checks a file, and writes nothing of it. */
defineJob<Payload>({
	kind: 'exchange.check',
	mode: 'external',
	payload: z.object({ import: z.string(), round: z.number() }),
	maxAttempts: 4,
	timeoutMs: 120_000,
	run: async (run) => {
		const { host, payload, job } = run;
		const one = await readImport(host.database, payload.import);
		if (!one || one.state !== 'checking' || one.round !== payload.round) return { skipped: 'Cet import n’attend plus de vérification.' };
		const fail = async (error: string): Promise<void> => {
			await host
				.database('imports')
				.where({ id: one.id, round: payload.round, state: 'checking' })
				.update({ state: 'failed', report: JSON.stringify({ error }) });
		};
		try {
			return await check(run, one);
		} catch (error) {
			if (error instanceof Superseded) return { skipped: 'Cet import n’attend plus de vérification.' };
			if (error instanceof Unreadable) {
				await fail(error.message);
				return { skipped: error.message };
			}
			if (kindOf(error) === 'user') await fail((error as Error).message);
			else if (!isRetryable(error) || job.attempts >= job.max_attempts)
				await fail('Une erreur inattendue a arrêté la vérification : réessayez, ou demandez à votre administrateur de lire le journal du serveur.');
			throw error;
		}
	},
	record: async (trx, result, { payload }) => {
		const { import: id, round } = payload as Payload;
		await decide(trx, result, id, round);
	},
});
