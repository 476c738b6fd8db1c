import { Readable } from 'node:stream';
import { systemAccountability, type Host, type Knex } from '../../platform/directus.ts';
import { periodName, readPeriod } from '../kpis/rules/periods.ts';
import { hashOf } from './pdf/render.ts';
import type { Reader } from './readers.ts';
import { reportKinds } from './rules/kinds.ts';
import type { Report } from './types.ts';

/** The folder of Direction (seeds/ids.ts); its reader sees a report's file as their own upload. */
const folder = '0d000000-0000-4000-8000-000000000005';

const slug = (text: string): string =>
	text
		.normalize('NFD')
		.replaceAll(/[\u0300-\u036f]/g, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-|-$/g, '');

/** `semaine-commerciale-2026-11-16.pdf` */
export const fileName = ({ title, period }: Pick<Report, 'title' | 'period'>): string => `${slug(title)}-${period.start}.pdf`;

/** Keeps the file; written once more under the same id it is the same file. */
export async function keepFile(host: Host, storage: string, { id, report, reader, pdf }: { id: string; report: Report; reader: Reader; pdf: Buffer }): Promise<void> {
	const files = new host.services.FilesService({ schema: await host.getSchema(), accountability: systemAccountability(), knex: host.database });
	const about = { storage, folder, title: `${report.title} – ${report.period.name}`, filename_download: fileName(report), type: 'application/pdf', uploaded_by: reader.id };
	const exists = (await host.database('directus_files').where({ id }).first('id')) as { id: string } | undefined;
	await files.uploadOne(Readable.from(pdf), exists ? about : { id, ...about }, exists ? id : undefined, { emitEvents: false });
} // prettier-ignore

type Row = { id: string; key: string; file: string; reader: Reader; demand: boolean };

/** The row of `reports`; a key that is there already is left alone. Returns whether it is new. */
export async function keepReport(trx: Knex, report: Report, { id, key, file, reader, demand }: Row, at: Date): Promise<boolean> {
	const { kind, title, period, scope } = report;
	const name = readPeriod(reportKinds[kind].period, period.start);
	const changes = report.figures.flatMap(({ changes: own }) => own);
	const rows = (await trx('reports')
		.insert({
			id,
			title: `${title} – ${name ? periodName(name) : period.name} – ${scope}`,
			status: 'ready',
			kind: demand && kind !== 'gains' ? 'on_demand' : kind,
			period_start: period.start,
			period_end: period.end,
			owner: reader.id,
			team: reader.team,
			file,
			summary: changes.length > 0 ? changes.map((line) => `- ${line}`).join('\n') : null,
			generated_at: at,
			figures: JSON.stringify(report),
			figures_sha256: hashOf(report),
			report_key: key,
			date_created: at,
		})
		.onConflict('report_key')
		.ignore()
		.returning('id')) as { id: string }[];
	return rows.length > 0;
}
