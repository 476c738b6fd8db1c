import { z } from 'zod';
import { type Accountability, type Knex } from '../../platform/directus.ts';
import { kindOf, UnexpectedError } from '../../platform/errors.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult, TransactionRun } from '../../platform/jobs/types.ts';
import { withoutJobs } from '../../platform/jobs/without.ts';
import { readPerson, type Person } from '../person.ts';
import { readImport, readPart, updateImport, withFaults, type ImportRow, type PartRow } from '../row.ts';
import { faultsOf } from '../rules/refusal.ts';
import type { Fault, Ready } from '../rules/types.ts';
import { queueTell, queueUndo, queueWrite } from './queue.ts';

type Payload = { import: string; round: number; part: number };
type Create = (knex: Knex, rows: readonly Ready[]) => Promise<string[]>;

/** Jobs that every single new row would bring: one summary at the end of the import stands for announcements, and imported clients are no new ones. */
const announcements: Readonly<Partial<Record<ImportRow['target'], string>>> = { leads: 'leads.announce', companies: 'onboarding.start' };

class TakeBack extends Error {}

const isRefusal = (error: unknown): boolean => {
	const [first] = Array.isArray(error) ? (error as unknown[]) : [error];
	const { name, status, kind } = (first ?? {}) as { name?: string; status?: number; kind?: unknown };
	return kindOf(error) === 'user' || (kind === undefined && name === 'DirectusError' && Number(status) < 500);
};

/** The part as a whole, which is fast; when a row of it is refused after all, row by row, so that the report can name it. */
async function write(trx: Knex.Transaction, create: Create, part: PartRow, one: ImportRow): Promise<{ items: (string | null)[]; faults: Fault[] }> {
	try {
		return { items: await trx.transaction((savepoint) => create(savepoint, part.rows)), faults: [] };
	} catch (error) {
		if (!isRefusal(error)) throw error;
	}
	const items: (string | null)[] = [];
	const faults: Fault[] = [];
	await trx
		.transaction(async (whole) => {
			for (const ready of part.rows) {
				try {
					items.push((await whole.transaction((savepoint) => create(savepoint, [ready])))[0] ?? null);
				} catch (error) {
					if (!isRefusal(error)) throw error;
					items.push(null);
					faults.push(...faultsOf(error, ready, one.report.columns ?? []));
				}
			}
			if (faults.length > 0 && !one.good_only) throw new TakeBack();
		})
		.catch((error: unknown) => {
			if (!(error instanceof TakeBack)) throw error;
		});
	return { items, faults };
}

async function takeBack(trx: Knex.Transaction, one: ImportRow, faults: readonly Fault[]): Promise<void> {
	const error = 'Une ligne a été refusée pendant l’écriture : ce qui avait été importé est retiré.';
	await updateImport(trx, one.id, { state: 'undoing', report: { ...withFaults(one.report, faults), error, takenBack: true } });
	await queueUndo(trx, one, 0, one.user_created);
}

async function writePart({ trx, host, payload }: TransactionRun<Payload>, one: ImportRow, part: PartRow, accountability: Accountability): Promise<JobResult> {
	const schema = await host.getSchema();
	const announced = announcements[one.target];
	const create: Create = async (knex, rows) => {
		if (announced) withoutJobs(knex, announced);
		const service = new host.services.ItemsService(one.target, { schema, knex, accountability });
		const keys = await service.createMany(
			rows.map(({ payload: values }) => values),
			// Events would reach flows before the commit, ten thousand times: what the product itself must do is queued with the rows.
			{ bypassEmitAction: () => undefined },
		);
		return keys.map(String);
	};
	const { items, faults } = await write(trx, create, part, one);
	if (faults.length > 0 && !one.good_only) {
		await takeBack(trx, one, faults);
		return { written: 0, refused: faults.length };
	}
	const written = items.filter((item) => item !== null);
	// From now on only the keys are needed: what people are called need not stay in two places.
	const marked = await trx('import_parts')
		.where({ id: part.id, state: 'waiting' })
		.update({ state: 'written', items: JSON.stringify(items), rows: JSON.stringify(part.rows.map(({ row }) => ({ row }))) });
	if (marked !== 1) throw new UnexpectedError('import: this part was written meanwhile');
	const isLast = payload.part + 1 >= one.parts;
	await updateImport(trx, one.id, {
		rows_done: one.rows_done + written.length,
		...(isLast && { state: 'done' }),
		...(faults.length > 0 && {
			report: withFaults(one.report, faults),
			rows_good: one.rows_good - part.rows.length + written.length,
			rows_bad: one.rows_bad + part.rows.length - written.length,
		}),
	});
	if (!isLast) await queueWrite(trx, one, payload.part + 1);
	else {
		await queueTell(trx, one);
	}
	return { written: written.length, refused: part.rows.length - written.length };
}

/** Writes one part of a file through Directus, with the rights and in the name of the person who imports. */
defineJob<Payload>({
	kind: 'exchange.write',
	mode: 'transaction',
	payload: z.object({ import: z.string(), round: z.number(), part: z.number() }),
	run: async (run): Promise<JobResult> => {
		const one = await readImport(run.trx, run.payload.import);
		if (!one || one.state !== 'running' || one.round !== run.payload.round) return { skipped: 'L’import a été arrêté.' };
		const part = await readPart(run.trx, one.id, run.payload.part);
		if (part?.state !== 'waiting') return { skipped: 'Cette partie est déjà écrite.' };
		const person = await readPerson(run.trx, one.user_created).catch((error: unknown) => error);
		if (person instanceof Error) {
			if (kindOf(person) !== 'user') throw person;
			await updateImport(run.trx, one.id, { state: 'cancelled', report: { ...one.report, error: person.message } });
			return { skipped: person.message };
		}
		return writePart(run, one, part, (person as Person).accountability);
	},
});
