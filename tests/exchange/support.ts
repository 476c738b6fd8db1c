import { randomUUID } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { expect } from 'vitest';
import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { runDueJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import type { Report } from '../../extensions/orchestre/src/exchange/row.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask, type Answer } from '../support/answer.ts';

export type Caller = Client & { url: URL };
export type Import = {
	id: string;
	name: string;
	state: string;
	rows_total: number;
	rows_good: number;
	rows_bad: number;
	rows_done: number;
	rows_kept: number;
	report: Report;
};

/** Uploads a file as the admin app does; returns its key. */
export async function upload(client: Caller, name: string, content: string | Uint8Array): Promise<string> {
	const form = new FormData();
	form.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), name);
	// A kept connection may have been closed while a large file was being made in this same process.
	const request = {
		method: 'POST',
		headers: { authorization: `Bearer ${(await client.getToken()) ?? ''}` },
		body: form,
	};
	const send = (): Promise<Response> => fetch(new URL('/files', client.url), request);
	const response = await send().catch(send);
	const { data } = (await response.json()) as { data: { id: string } };
	return data.id;
}

export async function createImport(client: Caller, content: string | Uint8Array, over: Row = {}, name = 'leads.csv'): Promise<string> {
	const file = await upload(client, name, content);
	const { id } = await call<{ id: string }>(client, 'POST', '/items/imports', { file, target: 'leads', ...over });
	return id;
}

export const readImport = (client: Caller, id: string): Promise<Import> => call<Import>(client, 'GET', `/items/imports/${id}`);
export const press = (client: Caller, id: string, command: string): Promise<Answer> => ask(client, 'POST', `/orchestre/imports/${id}/${command}`);

/** Uploads, saves, lets all jobs run, and reads the import. */
export async function importFile(client: Caller, host: Host, content: string | Uint8Array, over: Row = {}, name = 'leads.csv'): Promise<Import> {
	const id = await createImport(client, content, over, name);
	await runDueJobs(host);
	return readImport(client, id);
}

export const messages = ({ report }: Import): [row: number, column: string, message: string][] =>
	(report.faults ?? []).map(({ row, column, message }) => [row, column, message]);

/** `count` good leads as a French Excel saves them; each call other people. */
export function leadsCsv(count: number): string {
	const mark = randomUUID().slice(0, 8);
	const rows = Array.from(
		{ length: count },
		(_, n) => `Camille;Essai ${mark} ${n};camille.${n}@essai-${mark}-${n}.example;Atelier ${mark} ${n};Site web;12 500,50;31/12/2025`,
	);
	return ['\uFEFFPrénom;Nom;E-mail;Nom de l’entreprise;Source;Budget annoncé;Démonstration demandée le', ...rows].join('\r\n');
}

/** A workbook with one sheet; text as shared strings, `{ date }` as a serial number in a date style. */
export function workbook(rows: readonly (readonly (string | number | { date: number } | null)[])[]): Uint8Array {
	const strings: string[] = [];
	const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	const cellOf = (value: string | number | { date: number } | null, place: string): string => {
		if (value === null) return '';
		if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`;
		if (typeof value === 'object') return `<c r="${place}" s="1"><v>${value.date}</v></c>`;
		return `<c r="${place}" t="s"><v>${strings.push(value) - 1}</v></c>`;
	};
	const sheet = rows
		.map((cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cellOf(value, `${String.fromCharCode(65 + column)}${row + 1}`)).join('')}</row>`)
		.join('');
	return zipSync({
		'[Content_Types].xml': strToU8('<Types/>'),
		'xl/workbook.xml': strToU8('<workbook xmlns:r="r"><sheets><sheet name="Feuil1" sheetId="1" r:id="rId1"/></sheets></workbook>'),
		'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
		'xl/styles.xml': strToU8(
			'<styleSheet><numFmts><numFmt numFmtId="165" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="165"/></cellXfs></styleSheet>',
		),
		'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
		'xl/sharedStrings.xml': strToU8(`<sst>${strings.map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join('')}</sst>`),
	});
}

/** Nothing of an import may still be owed. */
export const expectSettled = (one: Import): void => expect(['refused', 'done', 'cancelled', 'undone', 'failed']).toContain(one.state);
