import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { createImport, importFile, press, readImport, workbook, type Caller } from './support.ts';

let directus: TestDirectus;
let host: Host;
let admin: Caller;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	host = await hostOf(directus);
	admin = directus.admin as Caller;
});
afterAll(() => directus.close());

/** A workbook whose sheet unfolds to `mb` megabytes. */
function bomb(mb: number, lie = false): Uint8Array {
	const parts = {
		'xl/workbook.xml': strToU8('<workbook xmlns:r="r"><sheets><sheet name="F" r:id="rId1"/></sheets></workbook>'),
		'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
		'xl/worksheets/sheet1.xml': new Uint8Array(mb * 1024 * 1024).fill(32),
	};
	const zip = zipSync(parts, { level: 9 });
	if (!lie) return zip;
	// The central directory says one kilobyte.
	const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
	for (let at = 0; at < zip.length - 4; at++)
		if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) === mb * 1024 * 1024) view.setUint32(at + 24, 1024, true);
	return zip;
}

const refusal = async (content: string | Uint8Array, name: string): Promise<string> => {
	const before = process.memoryUsage().rss;
	const one = await importFile(admin, host, content, {}, name);
	expect(one).toMatchObject({ state: 'failed', rows_done: 0 });
	expect(process.memoryUsage().rss - before).toBeLessThan(900 * 1024 * 1024);
	return one.report.error ?? '';
};

describe('a hostile or broken file is refused in French, and the server goes on', () => {
	it.each<[string, () => string | Uint8Array, RegExp]>([
		['empty.csv', () => ' ', /vide|en-tête|ligne/],
		['only-headers.csv', () => 'Nom;E-mail\n', /aucune ligne/],
		['open-quote.csv', () => 'Nom;E-mail\n"A;b\nc;d\n', /guillemet/],
		['binary.csv', () => new Uint8Array(5000), /n’est pas un texte/],
		['bomb.xlsx', () => bomb(400), /160 Mo/],
		['lying-bomb.xlsx', () => bomb(400, true), /vide|endommagé|ouvert/],
		['not.xlsx', () => new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), /XLSX/],
		['old.xls', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /\.xls/],
		['rows.csv', () => `Nom\n${'A\n'.repeat(50_001)}`, /50\s000 lignes/u],
		['columns.csv', () => `${'Nom;'.repeat(400)}\nA\n`, /300 colonnes/],
		['big.csv', () => new Uint8Array(21 * 1024 * 1024).fill(65), /20 Mo/],
		['deep.json', () => '['.repeat(100_000), /JSON/],
		['text.json', () => '{"a":1}', /liste d’objets/],
	])('%s', async (name, content, sentence) => {
		expect(await refusal(content(), name)).toMatch(sentence);
	});

	it('entities of a DTD do not unfold', async () => {
		const zip = zipSync({
			'xl/workbook.xml': strToU8(
				'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook xmlns:r="r"><sheets><sheet name="&b;" r:id="rId1"/></sheets></workbook>',
			),
			'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Target="../../../etc/passwd"/></Relationships>'),
		});
		expect(await refusal(zip, 'dtd.xlsx')).toMatch(/manque|endommagé/);
	});

	it('prototype names, markup and formulas are just words', async () => {
		const one = await importFile(admin, host, 'Nom;Ville;__proto__\n"<img src=x onerror=alert(1)>";=1+1;\n', {}, 'words.csv');
		expect(one).toMatchObject({ state: 'done', rows_done: 1 });
		expect((await directus.database('leads').where({ city: '=1+1' }))[0]).toMatchObject({ last_name: '<img src=x onerror=alert(1)>' });
		const json = await importFile(admin, host, '[{"__proto__":"x","last_name":{"_eq":"a"}}]', {}, 'proto.json');
		expect(json.state).toBe('refused');
	});

	it('a new file after a wrong one is checked again', async () => {
		const id = await createImport(admin, 'rien', {}, 'wrong.json');
		await (await import('../../extensions/orchestre/src/platform/jobs/index.ts')).runDueJobs(host);
		expect((await readImport(admin, id)).state).toBe('failed');
		expect((await press(admin, id, 'undo')).status).toBe(409);
		const good = workbook([['Nom'], ['Remplacé']]);
		const { upload } = await import('./support.ts');
		await call(admin, 'PATCH', `/items/imports/${id}`, { file: await upload(admin, 'good.xlsx', good) });
		await (await import('../../extensions/orchestre/src/platform/jobs/index.ts')).runDueJobs(host);
		expect(await readImport(admin, id)).toMatchObject({ state: 'done', rows_done: 1 });
	});
});

describe('exports', () => {
	const hostileName = '=HYPERLINK("https://mal.example";"Cliquez")';
	const fetchText = async (path: string): Promise<string> => {
		const response = await fetch(new URL(path, admin.url), { headers: { authorization: `Bearer ${(await admin.getToken()) ?? ''}` } });
		return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
	};

	beforeAll(async () => {
		for (const name of [hostileName, '+33 1', '-12', '@SUM(A1)', '\tx', 'Normal -1'])
			await call(admin, 'POST', '/items/companies', { name: `${name}`.replace('\t', 'tab '), legal_name: name.trim(), description: name });
	});

	it('CSV of a list: formulas are defused, numbers and plain words are not, Excel sees UTF-8', async () => {
		const csv = await fetchText('/items/companies?export=csv&fields=name,legal_name,payment_terms_days&sort=name');
		expect(csv.startsWith('\uFEFF')).toBe(true);
		expect(csv).toContain(`"'=HYPERLINK(""https://mal.example""`);
		for (const word of [`"'+33 1"`, `"'@SUM(A1)"`, '"-12"', '"Normal -1"']) expect(csv).toContain(word);
		expect(csv).toContain(',30');
		expect(csv.slice(1)).not.toMatch(/(?:^|[,\n])"?[=+@]/);
	});

	it('JSON stays what it is', async () => {
		const json = await fetchText('/items/companies?export=json&fields=name');
		expect(json).toContain('"=HYPERLINK(');
	});

	it('a file written in the background is defused as well', async () => {
		await call(admin, 'POST', '/utils/export/companies', { format: 'csv', query: { fields: ['name'], sort: ['name'] }, file: { title: 'sortie' } });
		const file = await expect
			.poll(async () => (await directus.database('directus_files').where({ title: 'sortie' }).first('id')) as { id: string } | undefined, { timeout: 10_000 })
			.toBeTruthy()
			.then(async () => (await directus.database('directus_files').where({ title: 'sortie' }).first('id')) as { id: string });
		const csv = await fetchText(`/assets/${file.id}`);
		expect(csv).toContain(`"'=HYPERLINK(`);
		const back = await importFile(
			admin,
			host,
			csv.replace('"name"', '"Nom"').replaceAll('"name"', 'x'),
			{ target: 'companies', good_only: true },
			'retour.csv',
		);
		expect(back.rows_done).toBeGreaterThan(0);
		expect((await directus.database('companies').where({ name: hostileName })).length).toBe(2);
	});
});
