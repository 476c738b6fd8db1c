import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { attempt, claim, enqueue } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { ArchiveReader } from '../../scripts/backup/archive.ts';
import { startDirectus } from '../support/directus.ts';
import type { TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { archivesIn } from './support.ts';

const flow = '70000000-0000-4000-8000-000000000003';
let directus: TestDirectus;
let host: Host;
let folder: string;
let backups: string;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'orchestre-nightly-'));
	backups = join(folder, 'backups');
	mkdirSync(join(folder, 'uploads'));
	directus = await startDirectus({ STORAGE_LOCAL_ROOT: join(folder, 'uploads'), ORCHESTRE_WORKER: 'false' });
	Object.assign(process.env, { ORCHESTRE_BACKUP_FOLDER: backups, ORCHESTRE_BACKUP_KEEP: '2' });
	host = await hostOf(directus);
});

beforeEach(async () => {
	rmSync(backups, { recursive: true, force: true });
	await directus.database('jobs').delete();
	await directus.database('directus_notifications').delete();
	await directus.database('directus_flows').where({ id: flow }).update({ status: 'active' });
});

afterAll(async () => {
	await directus.close();
	rmSync(folder, { recursive: true, force: true });
});

/** One attempt at a new backup job; `tried`: attempts behind it. */
async function backUp(tried = 0): Promise<Record<string, unknown>> {
	const [id] = await enqueue(directus.database, [{ kind: 'platform.backup', key: `test:${Math.random()}` }]);
	await directus.database('jobs').where({ id }).update({ attempts: tried, max_attempts: 3 });
	const [job] = await claim(directus.database, (query) => void query.where({ id }), 1);
	if (job) await attempt(host, job);
	return (await directus.database('jobs').where({ id }).first()) as Record<string, unknown>;
}
const notices = (): Promise<{ recipient: string; subject: string; message: string }[]> => directus.database('directus_notifications').select();

it('runs every night at half past one, by a flow that can be switched off', async () => {
	const row = (await directus.database('directus_flows').where({ id: flow }).first()) as { name: string; options: string };
	expect(row.name).toBe('[Plateforme] Sauvegarder');
	expect(row.options).toContain('30 1 * * *');
	await directus.database('directus_flows').where({ id: flow }).update({ status: 'inactive' });
	expect(await backUp()).toMatchObject({ state: 'skipped', error: expect.stringContaining('désactivée') as string });
	expect(archivesIn(backups)).toEqual([]);
});

it('makes a whole archive, keeps the newest and nobody else’s files, and leaves the server free meanwhile', async () => {
	mkdirSync(backups);
	const old = ['orchestre-2025-01-01-003000Z.tar', 'orchestre-2025-01-02-003000Z.tar', 'orchestre-2025-01-03-003000Z.tar'];
	for (const name of [...old, 'archives-comptables.tar']) writeFileSync(join(backups, name), 'x');
	const running = backUp();
	const waits: number[] = [];
	const over = new AbortController();
	void running.finally(() => over.abort());
	while (!over.signal.aborted) {
		const begin = performance.now();
		expect((await fetch(`${directus.url}/server/ping`)).status).toBe(200);
		waits.push(performance.now() - begin);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	expect(await running).toMatchObject({ state: 'done', error: null });
	expect(Math.max(...waits)).toBeLessThan(1000);
	const [mine, ...others] = archivesIn(backups);
	expect(mine).toContain('archives-comptables.tar');
	expect(others).toHaveLength(2);
	expect(others[0]).toContain(old[2]);
	const reader = await ArchiveReader.open(others[1] ?? '');
	await reader.verify();
	expect(reader.manifest.tables.find(({ table }) => table === 'directus_users')?.rows).toBeGreaterThan(0);
	await reader.close();
	expect(await notices()).toEqual([]);
});

it('tells the administrators when it has failed for good, once, and says why', async () => {
	writeFileSync(backups, 'a file where the folder should be');
	await directus.hire('Direction');
	expect(await backUp(0)).toMatchObject({ state: 'waiting' });
	expect(await notices()).toEqual([]);
	const failed = await backUp(2);
	expect(failed).toMatchObject({ state: 'failed' });
	const administrators = (await directus
		.database('directus_users')
		.join('directus_roles', 'directus_roles.id', 'directus_users.role')
		.where({ name: 'Administrateur', status: 'active' })
		.pluck('directus_users.id')) as string[];
	const told = await notices();
	expect(told.map(({ recipient }) => recipient).toSorted()).toEqual(administrators.toSorted());
	expect(told[0]).toMatchObject({ subject: 'La sauvegarde a échoué', message: expect.stringContaining(String(failed['error'])) as string });
});
