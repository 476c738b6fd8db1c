import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { post, startServer, type Server } from '../../scripts/support/server.ts';
import { connect } from '../../scripts/support/database.ts';
import { productDefaults } from '../../scripts/support/environment.mjs';
import { testEnvironment } from '../support/environment.ts';
import { newLead } from './support.ts';

const rounds = 3;

let folder: string;
let environment: Record<string, string>;
let login: { email: string; password: string };

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'orchestre-kill-'));
	const file = join(folder, 'test.db');
	await copyFile(inject('templateDatabase'), file);
	environment = { ...productDefaults, ...testEnvironment, DB_FILENAME: file, STORAGE_LOCAL_ROOT: folder, EXTENSIONS_PATH: inject('extensionsPath') };
	login = { email: testEnvironment.ADMIN_EMAIL ?? '', password: testEnvironment.ADMIN_PASSWORD ?? '' };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Eight callers who create leads without a pause; the server is killed once `after` were accepted, while others are under way. */
async function storm(server: Server, after: number): Promise<number> {
	let accepted = 0;
	const caller = async (): Promise<void> => {
		while (await post(server, '/items/leads', [newLead(), newLead(), newLead()])) {
			accepted += 3;
			if (accepted >= after) void server.kill();
		}
	};
	await Promise.allSettled(Array.from({ length: 8 }, caller));
	return accepted;
}

test('a server killed in the middle of a storm of leads leaves whole leads only, all those that it accepted, and no slot is lost', async () => {
	let accepted = 0;
	for (let round = 0; round < rounds; round++) {
		const server = await startServer(18060 + round, environment, login);
		if (round === 0)
			await post(
				server,
				'/users',
				[1, 2, 3].map((n) => ({ first_name: 'Vente', last_name: String(n), status: 'active', takes_leads: true, lead_capacity: 1000, languages: ['fr'] })),
			);
		accepted += await storm(server, 15 + 20 * round);
	}

	const database = connect(environment);
	try {
		const leads = (await database('leads').select('id', 'grade', 'owner', 'assignment', 'sla_due_at', 'counted_for')) as Record<string, unknown>[];
		expect(leads.length).toBeGreaterThanOrEqual(accepted);
		expect(accepted).toBeGreaterThanOrEqual(15 + 35 + 55);
		for (const lead of leads) expect([lead.grade, lead.owner, lead.assignment, lead.sla_due_at, lead.counted_for]).not.toContain(null);
		for (const table of ['lead_scores', 'tasks', 'jobs'] as const) {
			const column = table === 'jobs' ? 'item' : 'lead';
			const rows = (await database(table).whereNotNull(column).distinct(column)) as Record<string, unknown>[];
			expect(new Set(rows.map((row) => row[column]))).toEqual(new Set(leads.map(({ id }) => id)));
		}
		const counters = (await database('workloads').sum({ open: 'open_leads' })) as { open: number }[];
		expect(counters[0]?.open).toBe(leads.length);
	} finally {
		await database.destroy();
	}
}, 240_000);
