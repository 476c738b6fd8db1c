import { randomBytes } from 'node:crypto';
import {
	closeSync,
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveReader, ArchiveWriter } from '../../scripts/backup/archive.ts';
import { manifestFormat } from '../../scripts/backup/manifest.ts';
import type { Manifest } from '../../scripts/backup/manifest.ts';
import { call } from '../../scripts/support/client.ts';
import { hireSalesPeople, newLead } from '../leads/support.ts';
import { startDirectus } from '../support/directus.ts';
import type { TestDirectus } from '../support/directus.ts';
import { archivesIn, contentsOf, filesOf, hashOf, runCommand, sqlite, startCommand } from './support.ts';
import type { Site } from './support.ts';

let directus: TestDirectus;
let folder: string;
/** The living instance's. */
let source: Site;
/** A copy in which nothing happens any more: schedules would write into the living one. */
let still: Site;
let archive: string;
let sites = 0;

const newSite = (): Site => {
	const own = join(folder, `site-${(sites += 1)}`);
	mkdirSync(own);
	return { DB_FILENAME: join(own, 'orchestre.db'), STORAGE_LOCAL_ROOT: join(own, 'uploads'), ORCHESTRE_BACKUP_FOLDER: join(own, 'backups') };
};

async function upload(name: string, content: Buffer): Promise<void> {
	const form = new FormData();
	form.set('file', new Blob([new Uint8Array(content)]), name);
	const token = (await directus.admin.getToken()) ?? '';
	const response = await fetch(`${directus.url}/files`, { method: 'POST', body: form, headers: { authorization: `Bearer ${token}` } });
	expect(response.status).toBe(200);
}

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'orchestre-backup-'));
	source = { DB_FILENAME: '', STORAGE_LOCAL_ROOT: join(folder, 'uploads'), ORCHESTRE_BACKUP_FOLDER: join(folder, 'backups') };
	mkdirSync(source.STORAGE_LOCAL_ROOT);
	directus = await startDirectus({ STORAGE_LOCAL_ROOT: source.STORAGE_LOCAL_ROOT });
	source.DB_FILENAME = process.env['DB_FILENAME'] ?? '';
	await hireSalesPeople(directus.admin, 3, 500);
	await upload('contrat signé.pdf', randomBytes(700_000));
	await upload('vide.txt', Buffer.alloc(0));
	await upload('note.txt', Buffer.from('Élan « vital »\0fin'));
	for (let n = 0; n < 5; n++) await call(directus.admin, 'POST', '/items/leads', newLead());
	still = newSite();
	copyFileSync(source.DB_FILENAME, still.DB_FILENAME);
	cpSync(source.STORAGE_LOCAL_ROOT, still.STORAGE_LOCAL_ROOT, { recursive: true, preserveTimestamps: true });
	const { code, output } = await runCommand('backup', [], still);
	if (code !== 0) throw new Error(output);
	archive = archivesIn(still.ORCHESTRE_BACKUP_FOLDER)[0] ?? '';
});

afterAll(async () => {
	await directus.close();
	rmSync(folder, { recursive: true, force: true });
});

describe('a backup that is restored', () => {
	it('has every row of every table, the schema, the counters and every byte of every file', async () => {
		const site = newSite();
		expect(await runCommand('restore', [archive], site)).toMatchObject({ code: 0 });
		const [before, after] = [await contentsOf(still.DB_FILENAME), await contentsOf(site.DB_FILENAME)];
		expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
		for (const [table, rows] of before) expect({ table, rows: after.get(table) }).toEqual({ table, rows });
		expect(before.size).toBeGreaterThan(90);
		expect(filesOf(site.STORAGE_LOCAL_ROOT)).toEqual(filesOf(still.STORAGE_LOCAL_ROOT));
		expect(Object.keys(filesOf(site.STORAGE_LOCAL_ROOT))).toHaveLength(3);
	});

	it('keeps values that are hard to write down', async () => {
		const site = newSite();
		const database = sqlite(site.DB_FILENAME);
		await database.raw('create table "odd names?" (id integer primary key autoincrement, n numeric, r real, t text, b blob, "select" json)');
		for (const [index, t] of ['it’s', 'a?b', '{"x":"\\n"}', '\u2028\n\r', '😀', '', 'null', '0012'].entries())
			await database('odd names?').insert({ n: index / 3, r: 2, t, b: Buffer.from([0, 255, index]), select: JSON.stringify({ index }) });
		await database('odd names?').insert({ n: 9_007_199_254_740_991, r: -0.1, t: null, b: null, select: null });
		await database('odd names?').where({ id: 9 }).delete();
		await database.raw(`create trigger guard before insert on "odd names?" when new.t = 'x?' begin select raise(abort, 'non ? « oui »'); end`);
		await database.destroy();
		const copy = newSite();
		expect(await runCommand('backup', [], site)).toMatchObject({ code: 0 });
		expect(await runCommand('restore', archivesIn(site.ORCHESTRE_BACKUP_FOLDER), copy)).toMatchObject({ code: 0 });
		expect(await contentsOf(copy.DB_FILENAME)).toEqual(await contentsOf(site.DB_FILENAME));
	});

	it('is one moment, even while leads come in: each lead with its score, its tasks and its jobs', async () => {
		let created = 0;
		const stop = new AbortController();
		const writers = [0, 1, 2].map(async () => {
			while (!stop.signal.aborted) {
				await call(directus.admin, 'POST', '/items/leads', newLead());
				created += 1;
			}
		});
		await sleep(300);
		const to = join(folder, 'busy');
		const before = created;
		const results = [await runCommand('backup', ['--to', to], source), await runCommand('backup', ['--to', to], source)];
		const after = created;
		stop.abort();
		await Promise.all(writers);
		expect(results.map(({ code }) => code)).toEqual([0, 0]);
		// Nobody was kept from writing.
		expect(after).toBeGreaterThan(before);
		for (const path of archivesIn(to)) {
			const site = newSite();
			expect(await runCommand('restore', [path], site)).toMatchObject({ code: 0 });
			const database = sqlite(site.DB_FILENAME);
			const leads = (await database('leads').select('id', 'treated_status', 'owner')) as { id: string; treated_status: string | null; owner: string | null }[];
			const numberOf = async (table: string, where: Record<string, unknown>): Promise<number> => (await database(table).where(where)).length;
			expect(leads.length).toBeGreaterThan(0);
			expect(await database.raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
			expect(await database.raw('pragma foreign_key_check')).toEqual([]);
			for (const { id, treated_status, owner } of leads) {
				expect(treated_status).toBe('new');
				expect(owner).not.toBeNull();
				expect(await numberOf('lead_scores', { lead: id })).toBe(1);
				expect(await numberOf('tasks', { lead: id })).toBe(3);
				expect(await numberOf('jobs', { item: id, kind: 'leads.announce' })).toBe(1);
			}
			const open = (await database('workloads').sum({ n: 'open_leads' })) as { n: number }[];
			expect(open[0]?.n).toBe(leads.length);
			await database.destroy();
		}
	}, 60_000);

	it('is for its owner’s eyes only', () => {
		expect(statSync(archive).mode & 0o777).toBe(0o600);
		expect(statSync(still.ORCHESTRE_BACKUP_FOLDER).mode & 0o777).toBe(0o700);
	});
});

describe('a restore', () => {
	/** A site with a database and a file of its own, to see that they stay. */
	function livingSite(): { site: Site; state: () => unknown } {
		const site = newSite();
		copyFileSync(still.DB_FILENAME, site.DB_FILENAME);
		mkdirSync(site.STORAGE_LOCAL_ROOT);
		writeFileSync(join(site.STORAGE_LOCAL_ROOT, 'mine.txt'), 'old');
		const parent = join(site.DB_FILENAME, '..');
		return {
			site,
			state: () => ({
				hash: hashOf(site.DB_FILENAME),
				files: filesOf(site.STORAGE_LOCAL_ROOT),
				all: readdirSync(parent),
				uploads: readdirSync(site.STORAGE_LOCAL_ROOT),
			}),
		};
	}

	it('refuses an installation that is not empty, and with --force keeps the old beside', async () => {
		const { site, state } = livingSite();
		const before = state();
		const refused = await runCommand('restore', [archive], site);
		expect(refused.code).toBe(1);
		expect(refused.output).toContain('n’est pas vide (la base de données et le dossier des fichiers) : ajoutez --force');
		expect(state()).toEqual(before);
		const old = hashOf(site.DB_FILENAME);
		expect(await runCommand('restore', [archive, '--force'], site)).toMatchObject({ code: 0 });
		expect(filesOf(site.STORAGE_LOCAL_ROOT)).toEqual(filesOf(still.STORAGE_LOCAL_ROOT));
		const kept = readdirSync(join(site.DB_FILENAME, '..')).find((name) => name.includes('avant-restauration')) ?? '';
		expect(hashOf(join(site.DB_FILENAME, '..', kept))).toBe(old);
		const keptFiles = readdirSync(site.STORAGE_LOCAL_ROOT).find((name) => name.startsWith('.avant-restauration')) ?? '';
		expect(readFileSync(join(site.STORAGE_LOCAL_ROOT, keptFiles, 'mine.txt'), 'utf8')).toBe('old');
	});

	it('refuses while Orchestre runs', async () => {
		const { output } = await runCommand('restore', [archive, '--force'], { ...newSite(), PORT: new URL(directus.url).port } as Site);
		expect(output).toContain('Orchestre tourne encore');
	});

	it.runIf(process.platform === 'linux')('refuses while anybody has the database open, wherever Orchestre listens', async () => {
		const { site, state } = livingSite();
		const held = openSync(site.DB_FILENAME, 'r');
		const before = state();
		const { code, output } = await runCommand('restore', [archive, '--force'], site);
		closeSync(held);
		expect(code).toBe(1);
		expect(output).toContain(`processus ${process.pid}`);
		expect(state()).toEqual(before);
	});

	it.each([
		['a byte of a table', (bytes: Buffer) => flip(bytes, bytes.indexOf('tables/leads.jsonl.gz') + 530)],
		['a byte of an upload', (bytes: Buffer) => flip(bytes, bytes.indexOf('.pdf\0') + 900)],
		['a byte of the manifest', (bytes: Buffer) => flip(bytes, bytes.lastIndexOf('"createdAt"') + 20)],
		['a byte of a header', (bytes: Buffer) => flip(bytes, bytes.indexOf('tables/leads.jsonl.gz') + 130)],
		['its end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3000)],
		['its second half', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))],
		['everything', () => Buffer.from('not an archive at all')],
	])('refuses an archive when %s is damaged, and touches nothing', async (_name, damage) => {
		const { site, state } = livingSite();
		const before = state();
		const bad = join(folder, 'bad.tar');
		writeFileSync(bad, damage(readFileSync(archive)));
		const { code, output } = await runCommand('restore', [bad, '--force'], site);
		expect(code).toBe(1);
		expect(output).toMatch(/abîmée?|modifiée|n’est pas une sauvegarde/);
		expect(state()).toEqual(before);
	});

	const flip = (bytes: Buffer, at: number): Buffer => {
		expect(at).toBeGreaterThan(530);
		bytes[at] = (bytes[at] ?? 0) ^ 1;
		return bytes;
	};

	/** The archive once more with another manifest or schema, checksums right. */
	async function rebuilt(change: (manifest: Manifest) => Manifest, schema?: string): Promise<string> {
		const path = join(folder, `rebuilt-${(sites += 1)}.tar`);
		const reader = await ArchiveReader.open(archive);
		const writer = await ArchiveWriter.create(path);
		const { manifest } = reader;
		for (const part of [...manifest.tables, ...manifest.files].map((one) => one.part)) await writer.add(part.name, part.bytes, 0, reader.stream(part.name));
		const chunks: Buffer[] = [];
		for await (const chunk of reader.stream(manifest.schema.name)) chunks.push(chunk as Buffer);
		const part = await writer.addText('schema.json', schema ?? Buffer.concat(chunks).toString('utf8'), 0);
		await writer.finish(change({ ...manifest, schema: part }), 0);
		await reader.close();
		return path;
	}

	it.each([
		['a newer Directus', (manifest: Manifest) => ({ ...manifest, directus: '11.18.0' }), 'plus récent que celui de cette copie'],
		['a newer product', (manifest: Manifest) => ({ ...manifest, product: '99.0.0' }), 'plus récent que cette copie'],
		['another format', (manifest: Manifest) => ({ ...manifest, format: (manifestFormat + 1) as typeof manifestFormat }), 'au format 2'],
		['PostgreSQL', (manifest: Manifest) => ({ ...manifest, database: { vendor: 'postgres' as const, version: '16' } }), 'vient de PostgreSQL'],
		[
			'a path that leads outside',
			(manifest: Manifest) => ({ ...manifest, files: manifest.files.map((file) => ({ ...file, path: `../../${file.path}` })) }),
			'hors du dossier des fichiers',
		],
		[
			'fewer rows than it says',
			(manifest: Manifest) => ({ ...manifest, tables: manifest.tables.map((table) => ({ ...table, rows: table.rows + 1 })) }),
			'lignes après la restauration au lieu de',
		],
	])('refuses an archive of %s with a French sentence, and touches nothing', async (_name, change, sentence) => {
		const { site, state } = livingSite();
		const before = state();
		const { code, output } = await runCommand('restore', [await rebuilt(change), '--force'], site);
		expect(code).toBe(1);
		expect(output).toContain(sentence);
		expect(state()).toEqual(before);
	});

	it('that fails in the middle leaves the old as it was', async () => {
		const { site, state } = livingSite();
		const before = state();
		const bad = await rebuilt((manifest) => manifest, JSON.stringify({ before: ['create table leads (id text)'], after: [] }));
		expect((await runCommand('restore', [bad, '--force'], site)).code).toBe(1);
		expect(state()).toEqual(before);
	});
});

describe('a backup that cannot be made', () => {
	it('says why, ends, and leaves nothing: a file that is no database, and so a disk that is full', async () => {
		const site = newSite();
		writeFileSync(site.DB_FILENAME, randomBytes(20_000));
		const { code, output } = await runCommand('backup', [], site);
		expect(output).toContain('Le fichier de la base de données est abîmé.');
		expect(code).toBe(1);
		expect(readdirSync(site.ORCHESTRE_BACKUP_FOLDER)).toEqual([]);
	});
});

describe('a backup that is killed', () => {
	it('leaves no archive, and the next one clears up after it', async () => {
		const site = newSite();
		copyFileSync(still.DB_FILENAME, site.DB_FILENAME);
		mkdirSync(site.STORAGE_LOCAL_ROOT);
		for (let n = 0; n < 20; n++) writeFileSync(join(site.STORAGE_LOCAL_ROOT, `${n}.bin`), randomBytes(2_000_000));
		for (const ms of [0, 40, 120, 250]) {
			const child = startCommand('backup', [], site);
			while (!existsSync(site.ORCHESTRE_BACKUP_FOLDER) || !readdirSync(site.ORCHESTRE_BACKUP_FOLDER).some((name) => name.includes(`-${child.pid}-`)))
				await sleep(2);
			await sleep(ms);
			child.kill('SIGKILL');
			await new Promise((resolve) => child.on('close', resolve));
			expect(archivesIn(site.ORCHESTRE_BACKUP_FOLDER)).toEqual([]);
		}
		expect(readdirSync(site.ORCHESTRE_BACKUP_FOLDER).length).toBeGreaterThan(0);
		expect(await runCommand('backup', [], site)).toMatchObject({ code: 0 });
		expect(readdirSync(site.ORCHESTRE_BACKUP_FOLDER)).toHaveLength(1);
	});
});
