import { z } from 'zod';
import { now } from '../../../platform/clock.ts';
import { derivedId } from '../../../platform/derived-id.ts';
import { parseJson, type Host } from '../../../platform/directus.ts';
import { UserError } from '../../../platform/errors.ts';
import { enqueue } from '../../../platform/jobs/index.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { sharedState } from '../../../platform/shared-state.ts';
import { toParis } from '../../../platform/time/paris.ts';
import { postOnce } from '../../../onboarding/branches/post-once.ts';
import { whyNoMail } from '../../../sequences/mail.ts';
import { flow } from '../flows.ts';
import { gatherReport, reportPeriod } from '../gather.ts';
import { reportLetter } from '../letter.ts';
import { renderPdf } from '../pdf/render.ts';
import { readAudience, readReader, type Reader } from '../readers.ts';
import { kinds } from '../rules/kinds.ts';
import { keepFile, keepReport } from '../store.ts';
import type { Report } from '../types.ts';

const state = sharedState('reports', () => ({ storage: 'local' }));

/** Where files go: the first of Directus's own places. */
export function useStorage(locations: unknown): void {
	state.storage =
		String(locations ?? 'local')
			.split(',')[0]
			?.trim() || 'local';
}

/**
 * Every morning: the reports of the week and of the month that have ended, one for each reader. The key says whose and of when, so the other
 * mornings find them made, and a morning that the server slept through is made up for on the next.
 */
defineJob({
	kind: 'reports.plan',
	flow,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx }): Promise<JobResult> => {
		const today = toParis(now()).day;
		const audience = await readAudience(trx, kinds);
		const jobs = audience.map(({ kind, reader }) => {
			const { start } = reportPeriod(kind, today, true);
			return { kind: 'reports.make', key: `reports.make:${kind}:${start}:${reader.id}`, payload: { kind, reader: reader.id, day: start, demand: false } };
		});
		return { planned: (await enqueue(trx, jobs)).length, readers: audience.length };
	},
});

type Made = { report: Report; reader: Reader; file: string };
/** What a run has made, until it is recorded. */
const made = new Map<string, Made>();

const payload = z.object({ kind: z.enum(kinds), reader: z.uuid(), day: z.number().int(), demand: z.boolean() });

defineJob({
	kind: 'reports.make',
	mode: 'external',
	timeoutMs: 60_000,
	payload,
	run: async ({ host, job, payload: { kind, reader: id, day } }): Promise<JobResult> => {
		const reader = await readReader(host.database, id);
		if (!reader) return { skipped: 'La personne à qui ce rapport est destiné n’a plus de compte actif.' };
		const report = await gatherReport(host, { kind, reader, period: reportPeriod(kind, day, false) });
		const file = derivedId(`orchestre.report-file:${job.key}`);
		await keepFile(host, state.storage, { id: file, report, reader, pdf: await renderPdf(report) });
		made.set(job.id, { report, reader, file });
		return { figures: report.figures.length + report.gains.length };
	},
	record: async (trx, _result, job) => {
		const one = made.get(job.id);
		made.delete(job.id);
		if (!one) return;
		const id = derivedId(`orchestre.report:${job.key}`);
		const { demand } = payload.parse(job.payload);
		const isNew = await keepReport(trx, one.report, { id, key: job.key, file: one.file, reader: one.reader, demand }, now());
		if (isNew && !demand) await enqueue(trx, [{ kind: 'reports.send', key: `reports.send:${id}`, payload: { report: id }, collection: 'reports', item: id, label: one.report.title }]);
	},
}); // prettier-ignore

/** The frozen report and who reads it; throws in French when it cannot be sent. */
async function readReport(host: Host, id: string): Promise<{ report: Report; reader: Reader } | null> {
	const row = (await host.database('reports').where({ id }).first('figures', 'owner')) as { figures: unknown; owner: string | null } | undefined;
	if (!row?.owner) return null;
	const reader = await readReader(host.database, row.owner);
	if (!reader) return null;
	if (!reader.email) throw new UserError('La personne à qui ce rapport est destiné n’a pas d’adresse e-mail.');
	return { report: parseJson<Report>(row.figures), reader };
}

defineJob({
	kind: 'reports.send',
	mode: 'external',
	timeoutMs: 60_000,
	payload: z.object({ report: z.uuid() }),
	run: async ({ host, job, payload: { report: id } }): Promise<JobResult> => {
		const why = whyNoMail();
		if (why) return { skipped: `${why} Le rapport est prêt dans Orchestre.` };
		const found = await readReport(host, id);
		if (!found) return { skipped: 'La personne à qui ce rapport est destiné n’a plus de compte actif.' };
		const { report, reader } = found;
		const to = { name: reader.name, address: reader.email ?? '' };
		await postOnce(host, job, reportLetter(report, { id, to, pdf: await renderPdf(report) }), 'auprès du destinataire');
		return { sent: true };
	},
	record: async (trx, result, job) => {
		if (!result || 'skipped' in result || !job.item) return;
		await trx('reports').where({ id: job.item }).update({ status: 'sent', sent_at: now() });
	},
});
