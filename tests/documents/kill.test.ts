import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { facturX } from '../../extensions/orchestre/src/documents/einvoice/made-up.ts';
import { folderIds } from '../../seeds/ids.ts';
import type { Row } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import type { Server } from '../../scripts/support/server.ts';
import { eventually, useKillable } from '../support/killable.ts';

const { start, environment } = useKillable(18075, 'documents@maison.example');

/** The process in which the server reads, stopped as soon as it is there. */
async function stopReading({ pid }: Server): Promise<number> {
	for (let turn = 0; turn < 20_000; turn++) {
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
		for (const child of children) {
			if (!readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('orchestre.documents.child')) continue;
			process.kill(child, 'SIGSTOP');
			return child;
		}
		await new Promise((resolve) => setTimeout(resolve, 3));
	}
	throw new Error('the server reads nothing');
}

const isAlive = (pid: number): boolean => {
	try {
		return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return false;
	}
};

test('a server killed while it reads, before the record is made, and between the record and the document: one record in the end, and nothing left lying', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'orchestre-killed-copies-'));
	environment()['TMPDIR'] = folder;
	const copies = (): string[] => readdirSync(folder).filter((name) => name.startsWith('orchestre-document-'));
	let server = await start();
	const database = connect(environment());
	const documents = (): Promise<Row[]> => database('documents').where({ title: 'Tuée' });
	/** Until it is taken away again, whoever writes this stays in the middle of a transaction for as long as it lives. */
	const hold = async (name: string, when: string): Promise<void> => {
		await database.raw(`create view ${name}_endless as with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) as x from n`);
		await database.raw(`create trigger ${name} before ${when} begin select x from ${name}_endless; end`);
	};
	const release = async (name: string): Promise<void> => {
		await database.raw(`drop trigger ${name}`);
		await database.raw(`drop view ${name}_endless`);
	};
	/** Somebody else has been writing for so long that it can only be whoever is held. */
	const held = async (): Promise<void> => {
		const began = { at: 0 };
		await eventually(async () => {
			const busy = await database.raw('pragma busy_timeout = 0').then(() => database.raw('begin immediate').then(() => database.raw('rollback').then(() => false), () => true)); // prettier-ignore
			if (!busy) began.at = 0;
			else if (began.at === 0) began.at = Date.now();
			return busy && Date.now() - began.at > 2000 ? true : undefined;
		});
		await database.raw('pragma busy_timeout = 5000');
	};
	/** As after a crash: what it had read of the database is there, and nothing of what it was writing. */
	const nothingYet = async (): Promise<void> => {
		expect(await documents()).toMatchObject([{ status: 'reading', invoice: null }]);
		expect(await database('invoices').where({ supplier_number: 'FA-2026-0042' })).toEqual([]);
		expect(await database('companies').where({ siren: '732829320' })).toEqual([]);
		// The leases of the dead process are over.
		await database('jobs').where({ state: 'running' }).update({ leased_until: new Date(0) }); // prettier-ignore
	};
	try {
		await database('company_profile').insert({ id: 'c0000000-0000-4000-8000-000000000001', legal_name: 'Ma Société', siren: '552100554' }).onConflict('id').merge(); // prettier-ignore
		const form = new FormData();
		form.set('title', 'Tuée');
		form.set('folder', folderIds.inbox);
		form.set('file', new Blob([facturX], { type: 'text/xml' }), 'facture.xml');
		const uploaded = await fetch(new URL('/files', server.url), { method: 'POST', headers: { authorization: `Bearer ${server.token}` }, body: form });
		expect(uploaded.status).toBe(200);

		const reader = await stopReading(server);
		await server.kill();
		await nothingYet();
		expect(copies()).toHaveLength(1);
		process.kill(reader, 'SIGCONT');
		await eventually(async () => (isAlive(reader) ? undefined : true));

		await hold('before_record', 'insert on companies');
		server = await start();
		await held();
		await server.kill();
		await release('before_record');
		await nothingYet();

		await hold('before_document', `update on documents when new.status = 'filed'`);
		server = await start();
		await held();
		await server.kill();
		await release('before_document');
		await nothingYet();

		server = await start();
		await eventually(async () => ((await database('jobs').whereIn('state', ['waiting', 'running']).where('kind', 'like', 'documents.%')).length === 0 ? true : undefined)); // prettier-ignore
		const [document] = await documents();
		expect(await documents()).toHaveLength(1);
		expect(document).toMatchObject({ status: 'filed', reading_error: null });
		expect(await database('invoices').where({ supplier_number: 'FA-2026-0042' })).toMatchObject([{ id: document?.['invoice'] }]);
		expect(await database('companies').where({ siren: '732829320' })).toHaveLength(1);
		expect(await database('jobs').where({ item: document?.['id'], kind: 'documents.read' })).toMatchObject([{ state: 'done' }]);
		expect(await database('directus_activity').where({ collection: 'invoices', action: 'create' })).toHaveLength(1);
		expect(copies()).toEqual([]);
	} finally {
		await database.destroy();
		await server.kill();
		rmSync(folder, { recursive: true, force: true });
	}
}, 300_000);
