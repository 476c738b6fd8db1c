import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPostgres, type Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { runDueJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { hireSalesPeople } from '../leads/support.ts';
import { createImport, importFile, leadsCsv, messages, press, readImport, workbook, type Caller } from './support.ts';

let directus: TestDirectus;
let host: Host;
let manager: Caller;
let managerId: string;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	host = await hostOf(directus);
	await hireSalesPeople(directus.admin, 3, 1000);
	const hired = await directus.hire('Manager');
	manager = hired.client as Caller;
	managerId = hired.id;
});
afterAll(() => directus.close());

const leads = (where: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> => directus.database('leads').where(where);
const byEmail = async (email: string): Promise<Record<string, unknown>> => (await leads({ email }))[0] ?? {};

/** Makes one import of a file begin, as another instance would let it, at the moment at which the check of another import of it is over. */
async function beginsMeanwhile(one: string, other: string): Promise<void> {
	const { database } = directus;
	const begin = `update imports set state = 'running', checksum = new.checksum where id = '${one}'`;
	const after = `create trigger begins_meanwhile after update of checksum on imports for each row when (new.id = '${other}')`;
	if (!isPostgres(database)) return void (await database.raw(`${after} begin ${begin}; end`));
	await database.raw(`create function begin_meanwhile() returns trigger language plpgsql as $$ begin ${begin}; return null; end $$`);
	await database.raw(`${after} execute function begin_meanwhile()`);
}

describe('a good file', () => {
	it('CSV of a French Excel: written, treated, in the name of who imports', async () => {
		const one = await importFile(manager, host, leadsCsv(250));
		expect(one).toMatchObject({ state: 'done', rows_total: 250, rows_good: 250, rows_bad: 0, rows_done: 250, name: 'leads.csv' });
		const rows = await leads({ user_created: managerId });
		expect(rows).toHaveLength(250);
		expect(rows.every(({ grade, owner, display_name }) => grade && owner && display_name)).toBe(true);
		expect(rows[0]).toMatchObject({ budget_cents: 1_250_050, source: 'website' });
		expect(new Date(rows[0]?.['demo_requested_at'] as number).toISOString()).toBe('2025-12-30T23:00:00.000Z');
		expect((await directus.database('tasks').where({ origin: 'leads.follow_up' }).select('id')).length).toBeGreaterThanOrEqual(2 * 250);
	});

	it('tells each owner once instead of once a lead', async () => {
		await directus.database('directus_notifications').delete();
		await importFile(manager, host, leadsCsv(30));
		const told = await directus.database('directus_notifications').select('recipient', 'subject');
		expect(told.length).toBeLessThanOrEqual(4);
		expect(told.map(({ subject }: { subject: string }) => subject)).toContain('Import terminé : leads.csv');
	});

	it('comma, Windows-1252, quoted line ends, English headers, choices by value, serial dates, lost zeros', async () => {
		const text =
			'first_name,last_name,email,phone,need,timing,consent_at,siren,Country\nZo\u00e9,L\u2019H\u00e9rault,zoe@windows.example,612345678,"Deux\nlignes, oui",quarter,46022.5,732829320,france\n';
		const bytes = Buffer.from(text.replaceAll('\u2019', '\u0092'), 'latin1');
		const one = await importFile(manager, host, bytes);
		expect(messages(one)).toEqual([]);
		expect(one).toMatchObject({ state: 'done', rows_done: 1 });
		expect(await byEmail('zoe@windows.example')).toMatchObject({
			first_name: 'Zoé',
			last_name: 'L’Hérault',
			phone: '+33612345678',
			need: 'Deux\nlignes, oui',
			timing: 'quarter',
			country: 'FR',
		});
	});

	it('XLSX, with real dates and amounts as numbers', async () => {
		const one = await importFile(
			manager,
			host,
			workbook([
				['Nom', 'E-mail', 'Budget annoncé', 'Démonstration demandée le', 'Secteur'],
				['Excel', 'xlsx@classeur.example', 19.99, { date: 46022 }, 'Santé'],
			]),
			{},
			'leads.xlsx',
		);
		expect(one).toMatchObject({ state: 'done', rows_done: 1 });
		expect(await byEmail('xlsx@classeur.example')).toMatchObject({ budget_cents: 1999, industry: 'health' });
	});

	it('JSON as the API answers it; technical names hold what the field stores', async () => {
		const one = await importFile(
			manager,
			host,
			JSON.stringify({ data: [{ last_name: 'Json', email: 'json@fichier.example', budget_cents: 12345 }] }),
			{},
			'leads.json',
		);
		expect(one).toMatchObject({ state: 'done', rows_done: 1 });
		expect(await byEmail('json@fichier.example')).toMatchObject({ budget_cents: 12345 });
	});

	it('companies with their owner by e-mail and parent by SIREN, then people by company', async () => {
		const { email } = await call<{ email: string }>(directus.admin, 'GET', `/users/${managerId}`);
		expect(await importFile(manager, host, 'Nom;SIREN\nGroupe Orion;732 829 320\n', { target: 'companies' })).toMatchObject({ state: 'done' });
		const one = await importFile(
			manager,
			host,
			`Nom;Responsable;Maison mère;Fournisseur;Client depuis;Code postal\nOrion Sud;${email};732829320;oui;01/02/2020;6000\n`,
			{ target: 'companies' },
		);
		expect(messages(one)).toEqual([]);
		const [sud] = (await directus.database('companies').where({ name: 'Orion Sud' })) as Record<string, unknown>[];
		expect(sud).toMatchObject({ owner: managerId, postal_code: '06000' });
		expect(sud?.['parent']).toBeTruthy();
		expect(await importFile(manager, host, 'Nom;Prénom;Entreprise\nDurand;Léa;ORION SUD\n', { target: 'people' })).toMatchObject({
			state: 'done',
			rows_done: 1,
		});
		expect((await directus.database('people').where({ last_name: 'Durand' }))[0]).toMatchObject({ company: sud?.['id'] });
	});
});

describe('a bad file', () => {
	const bad = [
		'Nom;E-mail;Source;Budget annoncé;Responsable;SIREN;Démonstration demandée le;Identifiant externe',
		'Bon;bon@mauvais.example;Site web;10;;;;A1',
		'Un;pas-un-mail;Site web;10;;;;A2',
		'Deux;deux@mauvais.example;Minitel;dix;Personne Inconnue;123456789;31/02/2026;A1',
	].join('\n');

	it('writes nothing, and says in French what is wrong by row and column', async () => {
		const before = (await leads()).length;
		const one = await importFile(manager, host, bad);
		expect(one).toMatchObject({ state: 'refused', rows_total: 3, rows_good: 1, rows_bad: 2, rows_done: 0 });
		expect((await leads()).length).toBe(before);
		expect(messages(one)).toEqual([
			[3, 'E-mail', 'L’adresse e-mail « pas-un-mail » n’est pas valide.'],
			[4, 'Source', expect.stringContaining('n’est pas un choix possible (Site web, Recommandation')],
			[4, 'Budget annoncé', '« Budget annoncé » : « dix » n’est pas un montant ni un nombre.'],
			[4, 'Démonstration demandée le', expect.stringContaining('n’est pas une date')],
			[4, 'SIREN', expect.stringContaining('n’est pas valide')],
			[4, 'Responsable', expect.stringContaining('rien ne s’appelle « Personne Inconnue »')],
			[4, 'Identifiant externe', '« Identifiant externe » : « A1 » est déjà à la ligne 2 du fichier.'],
		]);
		expect((await press(manager, one.id, 'start')).status).toBe(204);
		await runDueJobs(host);
		expect(await readImport(manager, one.id)).toMatchObject({ state: 'done', rows_done: 1, rows_bad: 2 });
		expect((await leads()).length).toBe(before + 1);
	});

	it('with the option, the good rows are written at once', async () => {
		const one = await importFile(manager, host, bad.replaceAll('mauvais', 'option').replaceAll('A1', 'A9'), { good_only: true });
		expect(one).toMatchObject({ state: 'done', rows_done: 1, rows_bad: 2 });
	});

	it('columns that nothing can take, or twice, are faults; computed ones are left out', async () => {
		expect(await importFile(manager, host, `Nom;Nom;E-mail\nVide ${Date.now()};;vide@deux-fois.example\n`)).toMatchObject({ state: 'done' });
		const one = await importFile(manager, host, 'Nom;Nom;Couleur préférée;Points\nA;B;bleu;12\n');
		expect(one.state).toBe('refused');
		expect(messages(one).map(([, column]) => column)).toEqual(['Nom', 'Couleur préférée']);
		expect(one.report.columns?.at(-1)).toMatchObject({ column: 'Points', field: null });
	});

	it('a required column that is missing leaves no row good, a required cell that is empty', async () => {
		const without = await importFile(manager, host, 'SIREN\n732829320\n', { target: 'companies', good_only: true });
		expect(messages(without)).toEqual([[1, 'Nom', expect.stringContaining('obligatoire')]]);
		expect(without).toMatchObject({ state: 'refused', rows_total: 1, rows_good: 0, rows_bad: 1 });
		const untitled = await importFile(manager, host, 'Export du 01/02/2026\nNom;E-mail\nA;a@titre.example\n', { good_only: true });
		expect(untitled).toMatchObject({ state: 'refused', rows_total: 2, rows_good: 0, rows_bad: 2 });
		expect(messages(await importFile(manager, host, 'Nom;Ville\n;Lyon\n', { target: 'companies' }))).toEqual([[2, 'Nom', '« Nom » est obligatoire.']]);
	});

	it('the same file a second time must be confirmed', async () => {
		const csv = leadsCsv(3);
		await importFile(manager, host, csv);
		const again = await importFile(manager, host, csv, { good_only: true });
		expect(again.state).toBe('refused');
		expect(again.report.warning).toContain('déjà été importé');
	});

	it('saved twice at once it is written once, even when both were checked before either was written', async () => {
		const csv = leadsCsv(3);
		const [first, second] = [await createImport(manager, csv), await createImport(manager, csv)];
		await directus.database('jobs').where({ item: first }).delete();
		await beginsMeanwhile(first, second);
		await runDueJobs(host);
		expect(await readImport(manager, second)).toMatchObject({
			state: 'refused',
			rows_good: 3,
			rows_done: 0,
			report: { warning: expect.stringContaining('déjà') },
		});
	});

	it('what was stopped half-way counts as imported, too', async () => {
		const csv = leadsCsv(120);
		const id = await createImport(manager, csv);
		await runDueJobs(host, { limit: 2 });
		expect((await press(manager, id, 'cancel')).status).toBe(204);
		expect(await importFile(manager, host, csv)).toMatchObject({ state: 'refused', report: { warning: expect.stringContaining('déjà') } });
	});

	it('what only the write can refuse takes everything back', async () => {
		const csv = leadsCsv(150).split('\r\n');
		const lines = csv.map((line, n) => (n === 0 ? `${line};Identifiant externe` : `${line};late-${n}`));
		const id = await createImport(manager, lines.join('\r\n'));
		await runDueJobs(host, { limit: 1 });
		await call(directus.admin, 'POST', '/items/leads', { last_name: 'Entre-temps', external_id: 'late-140' });
		await runDueJobs(host);
		const one = await readImport(manager, id);
		expect(one).toMatchObject({ state: 'refused', rows_done: 0 });
		expect(one.report.error).toContain('retiré');
		expect(await directus.database('leads').where('external_id', 'like', 'late-%').select('id')).toHaveLength(1);
		await press(manager, id, 'start');
		await runDueJobs(host);
		const good = await readImport(manager, id);
		expect(good).toMatchObject({ state: 'done', rows_good: 149, rows_bad: 1, rows_done: 149 });
		expect(messages(good)).toEqual([[141, 'Identifiant externe', '« Identifiant externe » : « late-140 » existe déjà dans Orchestre.']]);
	});
});

describe('cancel and undo', () => {
	it('stops between parts, goes on, and writes each row once', async () => {
		const id = await createImport(manager, leadsCsv(350));
		await runDueJobs(host, { limit: 5 });
		expect(await readImport(manager, id)).toMatchObject({ state: 'running', rows_done: 200 });
		expect((await press(manager, id, 'cancel')).status).toBe(204);
		await runDueJobs(host);
		expect(await readImport(manager, id)).toMatchObject({ state: 'cancelled', rows_done: 200 });
		expect((await press(manager, id, 'start')).status).toBe(204);
		await runDueJobs(host);
		expect(await readImport(manager, id)).toMatchObject({ state: 'done', rows_done: 350 });
		expect((await press(manager, id, 'start')).status).toBe(409);
		expect((await press(manager, id, 'cancel')).status).toBe(409);
	});

	it('undoes all of it, but what somebody has worked with', async () => {
		const before = (await leads()).length;
		const loads = await directus.database('workloads').orderBy('id');
		const tasks = await directus.database('tasks').count({ n: '*' });
		const one = await importFile(manager, host, leadsCsv(220));
		const ids = (await directus.database('leads').orderBy('date_created', 'desc').limit(220).pluck('id')) as string[];
		await call(directus.admin, 'PATCH', `/items/leads/${ids[0]}`, { city: 'Lyon' });
		await call(directus.admin, 'POST', '/items/interactions', { lead: ids[1], kind: 'call', subject: 'Appel', at: new Date().toISOString() });
		await call(directus.admin, 'POST', '/comments', { collection: 'leads', item: ids[2], comment: 'À garder' });
		expect((await press(manager, one.id, 'undo')).status).toBe(204);
		await runDueJobs(host);
		const undone = await readImport(manager, one.id);
		expect(undone).toMatchObject({ state: 'undone', rows_kept: 3, rows_done: 3 });
		expect(undone.report.kept?.map(({ item }) => item).toSorted()).toEqual(ids.slice(0, 3).toSorted());
		expect((await leads()).length).toBe(before + 3);
		for (const id of ids.slice(0, 3)) await call(directus.admin, 'DELETE', `/items/leads/${id}`);
		expect(await directus.database('tasks').count({ n: '*' })).toEqual(tasks);
		const open = (rows: Record<string, unknown>[]): unknown => rows.map(({ open: count }) => count);
		expect(open(await directus.database('workloads').orderBy('id'))).toEqual(open(loads));
		expect((await press(manager, one.id, 'undo')).status).toBe(409);
	});
});

describe('rights', () => {
	it('other roles see no imports; colleagues do not see mine; nobody writes what the product keeps', async () => {
		const commercial = (await directus.as('Commercial')) as Caller;
		expect((await ask(commercial, 'POST', '/items/imports', { target: 'leads' })).status).toBe(403);
		const other = (await directus.as('Manager')) as Caller;
		const id = await createImport(manager, leadsCsv(2));
		expect((await ask(other, 'GET', `/items/imports/${id}`)).status).toBe(403);
		expect((await press(other, id, 'cancel')).status).toBe(403);
		expect((await ask(manager, 'PATCH', `/items/imports/${id}`, { state: 'done' })).status).toBeGreaterThanOrEqual(400);
		expect((await ask(directus.admin as Caller, 'PATCH', `/items/imports/${id}`, { state: 'done' })).status).toBe(400);
		expect((await ask(directus.admin as Caller, 'DELETE', `/items/imports/${id}`)).status).toBe(409);
		await runDueJobs(host);
	});

	it('an import can do no more than the person: operations may not create leads, nor set a company’s owner', async () => {
		const operations = (await directus.as('Opérations')) as Caller;
		const refused = await importFile(operations, host, leadsCsv(2));
		expect(refused).toMatchObject({ state: 'failed' });
		expect(refused.report.error).toContain('droits');
		const owner = await importFile(operations, host, 'Nom;Responsable\nHangar;x@example.com\n', { target: 'companies' });
		expect(messages(owner)).toEqual([[1, 'Responsable', 'Vos droits ne permettent pas de renseigner « Responsable ».']]);
		expect(await importFile(operations, host, 'Nom\nHangar\n', { target: 'companies' })).toMatchObject({ state: 'done' });
	});

	it('stops when the person loses the account', async () => {
		const leaver = await directus.hire('Manager');
		const id = await createImport(leaver.client as Caller, leadsCsv(150));
		await runDueJobs(host, { limit: 3 });
		await call(directus.admin, 'PATCH', `/users/${leaver.id}`, { status: 'suspended' });
		await runDueJobs(host);
		expect(await readImport(directus.admin as Caller, id)).toMatchObject({ state: 'cancelled', rows_done: 100 });
	});

	it('two imports at once do not mix', async () => {
		const [a, b] = await Promise.all([createImport(manager, leadsCsv(230)), createImport(manager, leadsCsv(170))]);
		await Promise.all([runDueJobs(host), runDueJobs(host)]);
		expect(await readImport(manager, a)).toMatchObject({ state: 'done', rows_done: 230 });
		expect(await readImport(manager, b)).toMatchObject({ state: 'done', rows_done: 170 });
	});
});
