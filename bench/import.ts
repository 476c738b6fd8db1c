import { get, type Server } from '../scripts/support/server.ts';
import { median, medianInterval } from './support/figures.ts';
import { lead } from './support/lead.ts';
import { inTurns, startPair } from './support/pair.ts';
import type { Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

/** A file of leads with the names of the fields as headings, which both imports understand. */
function csvOf(count: number): Blob {
	const leads = Array.from({ length: count }, lead);
	const columns = Object.keys(leads[0] ?? {});
	const lines = leads.map((row) => columns.map((column) => `"${String(row[column])}"`).join(','));
	return new Blob([[columns.join(','), ...lines].join('\n')], { type: 'text/csv' });
}

async function send(server: Server, path: string, body: FormData | string): Promise<Response> {
	const headers: Record<string, string> = { authorization: `Bearer ${server.token}`, ...(typeof body === 'string' && { 'content-type': 'application/json' }) };
	const answer = await fetch(server.url + path, { method: 'POST', headers, body });
	if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
	return answer;
}

const formWith = (file: Blob): FormData => {
	const form = new FormData();
	form.append('file', file, 'leads.csv');
	return form;
};

/** Rows per second by Directus's own import, which answers when all are written. */
async function byDirectus(server: Server, count: number): Promise<number> {
	const form = formWith(csvOf(count));
	const before = performance.now();
	await (await send(server, '/utils/import/leads', form)).arrayBuffer();
	return (count * 1000) / (performance.now() - before);
}

/** Rows per second by the product's import, from the upload until the last lead is scored, assigned and followed up. */
async function byOrchestre(server: Server, count: number): Promise<number> {
	const form = formWith(csvOf(count));
	const before = performance.now();
	const file = ((await (await send(server, '/files', form)).json()) as { data: { id: string } }).data.id;
	const created = await send(server, '/items/imports', JSON.stringify({ file, target: 'leads' }));
	const { id } = ((await created.json()) as { data: { id: string } }).data;
	for (;;) {
		const one = await get<{ state: string; rows_kept: number; rows_done: number }>(server, `/items/imports/${id}`);
		if (one.state === 'done') {
			if (one.rows_done !== count) throw new Error(`The import wrote ${one.rows_done} of ${count} rows.`);
			return (count * 1000) / (performance.now() - before);
		}
		if (!['checking', 'running'].includes(one.state)) throw new Error(`The import ended as ${one.state}.`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** Importing leads, all treated, against Directus's own import of such rows untreated. */
export async function importRate(place: Place, { rounds, rows: count }: Options): Promise<Table> {
	const pair = await startPair(place, 'import');
	try {
		await byDirectus(pair.plain, 100);
		await byOrchestre(pair.treated, 100);
		const pairs = await inTurns(
			rounds,
			() => byDirectus(pair.plain, count),
			() => byOrchestre(pair.treated, count),
		);
		const ratios = pairs.map(([before, after]) => after / before);
		const row = {
			rows: count,
			"Directus's own, untreated /s": median(pairs.map(([one]) => one)),
			'Orchestre, treated /s': median(pairs.map(([, one]) => one)),
			ratio: median(ratios),
			...medianInterval(ratios),
		};
		return { name: 'import', note: 'rows per second, checked and treated against Directus’s own import; aim: ratio ≥ 0.8', rows: [row] };
	} finally {
		await pair.stop();
	}
}
