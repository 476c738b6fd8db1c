import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, resetClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runDueJobs, runJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { newLead } from '../leads/support.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { json, openVendor, type Vendor } from '../support/vendor.ts';

type Reached = Client & { url: URL };
type View = { enrichment: { note: string; fields: Record<string, Row> } | null; choices: { siren: string }[]; job: Row | null; off: string | null };

let directus: TestDirectus;
let register: Vendor;
let hunter: Vendor;
let team: string;
let seller: { id: string; client: Reached };

const siren = '732829320';
/** As the official description has it, shortened. */
const unit = (over: Row = {}): Row => ({
	siren,
	nom_complet: 'ATELIER ROUX',
	nom_raison_sociale: 'ATELIER ROUX',
	sigle: null,
	nombre_etablissements: 1,
	siege: {
		siret: '73282932000074',
		code_postal: '59000',
		libelle_commune: 'LILLE',
		region: '32',
		numero_voie: '9',
		type_voie: 'RUE',
		libelle_voie: 'NATIONALE',
		complement_adresse: null,
		statut_diffusion_etablissement: 'O',
	},
	activite_principale: '16.23Z',
	section_activite_principale: 'C',
	nature_juridique: '5710',
	tranche_effectif_salarie: '12',
	etat_administratif: 'A',
	statut_diffusion: 'O',
	matching_etablissements: [],
	finances: { '2023': { ca: 1_250_400, resultat_net: 1 } },
	...over,
});
const units = (...results: Row[]): Row => ({ results, total_results: results.length, page: 1, per_page: 25, total_pages: 1 }) as Row;

beforeAll(async () => {
	[register, hunter] = [await openVendor(), await openVendor()];
	directus = await startDirectus({
		ORCHESTRE_WORKER: 'false',
		ORCHESTRE_REGISTER_URL: register.url,
		ORCHESTRE_HUNTER_API_KEY: 'a-secret-key',
		ORCHESTRE_HUNTER_URL: hunter.url,
	});
	team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: `Nord ${randomUUID()}`, kind: 'sales' })).id;
	seller = (await directus.hire('Commercial', { team, takes_leads: true, lead_capacity: 500 })) as typeof seller;
}, 240_000);
afterAll(async () => {
	await directus?.close();
	await Promise.all([register?.close(), hunter?.close()]);
});
beforeEach(async () => {
	register.asked.length = hunter.asked.length = 0;
	register.answer((_asked, response) => json(response, units(unit())));
	hunter.answer((_asked, response) => json(response, { errors: [] }, 404));
	await directus.database('integrations').update({ state: 'ready', retry_after: null, calls_today: 0, enabled: true, daily_limit: null });
});
afterEach(resetClock);

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const company = (over: Row = {}): Promise<string> => create('companies', { name: 'Atelier Roux', owner: seller.id, team, ...over });
const read = async (table: string, id: string): Promise<Row> => (await directus.database(table).where({ id }).first()) as Row;
const enrich = (collection: string, id: string, body: Row = {}, client: Client = seller.client) =>
	ask<{ summary: string }>(client as Reached, 'POST', `/orchestre/${collection}/${id}/enrichment`, body);
const view = async (collection: string, id: string): Promise<View> =>
	(await ask<View>(seller.client, 'GET', `/orchestre/${collection}/${id}/enrichment`)).data as View;
const connection = async (key: string): Promise<Row> => (await directus.database('integrations').where({ key }).first()) as Row;

describe('a company', () => {
	it('is completed by its SIREN, keeps what a person wrote, says where each field comes from, and a second time changes nothing', async () => {
		const id = await company({ siren, city: 'Roubaix', industry: 'services' });
		const answer = await enrich('companies', id);
		expect(answer).toMatchObject({ status: 200, data: { summary: expect.stringContaining('Trouvée dans le registre') } });
		expect(register.asked).toMatchObject([{ path: '/search', query: { q: siren } }]);
		expect(await read('companies', id)).toMatchObject({
			siret: '73282932000074',
			legal_form: 'sas',
			naf_code: '16.23Z',
			size_band: '10-49',
			revenue_keur: 1250,
			region: 'hauts_de_france',
			postal_code: '59000',
			city: 'Roubaix',
			industry: 'services',
		});
		const { enrichment } = await view('companies', id);
		expect(enrichment?.fields['siret']).toMatchObject({ source: 'register', value: '73282932000074', detail: 'SIREN 732829320, trouvé par SIREN' });
		expect(enrichment?.fields).not.toHaveProperty('city');
		const trail = await directus.database('directus_activity').where({ collection: 'companies', item: id });
		expect((await enrich('companies', id)).data?.summary).toContain('Rien de nouveau à compléter.');
		expect(await directus.database('directus_activity').where({ collection: 'companies', item: id })).toHaveLength(trail.length);

		await call(directus.admin, 'PATCH', `/items/companies/${id}`, { naf_code: '62.01Z', postal_code: null });
		await enrich('companies', id);
		expect(await read('companies', id)).toMatchObject({ naf_code: '62.01Z', postal_code: null });
	});

	it('is found by name and place; where several may be meant, a person chooses', async () => {
		const id = await company({ postal_code: '59000' });
		expect((await enrich('companies', id)).status).toBe(200);
		expect(register.asked[0]?.query).toEqual({ q: 'Atelier Roux', code_postal: '59000', per_page: '25' });
		expect(await read('companies', id)).toMatchObject({ siren });

		register.answer((asked, response) => json(response, asked.query['q'] === siren ? units(unit()) : units(unit(), unit({ siren: '552100554' }))));
		const other = await company();
		expect((await enrich('companies', other)).data?.summary).toContain('choisissez la bonne');
		expect(await read('companies', other)).toMatchObject({ siren: null });
		expect((await view('companies', other)).choices.map((choice) => choice.siren)).toEqual(['552100554', siren]);
		expect((await enrich('companies', other, { siren: '123456789' })).status).toBe(400);
		expect((await enrich('companies', other, { siren })).status).toBe(200);
		expect(await read('companies', other)).toMatchObject({ siren, city: 'Lille' });
		expect((await view('companies', other)).choices).toEqual([]);
	});

	it('is never asked for by two at a time, when fifty ask at once', async () => {
		let [now, most] = [0, 0];
		register.answer((_asked, response) => {
			now += 1;
			most = Math.max(most, now);
			setTimeout(() => {
				now -= 1;
				json(response, units(unit()));
			}, 300);
		});
		const id = await company({ siren });
		const answers = await Promise.all(Array.from({ length: 50 }, () => enrich('companies', id)));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
		expect(most).toBe(1);
		// Whoever asks after the first answer came asks anew; the others are told that somebody does.
		expect(register.asked.length).toBeLessThan(10);
		expect(await read('companies', id)).toMatchObject({ siret: '73282932000074' });
	}, 120_000);
});

describe('a lead', () => {
	it('that is new is completed by the flow, scored anew with it, and asked about once', async () => {
		const lead = await create(
			'leads',
			newLead({ siren, company_name: 'Atelier Roux', industry: null, size_band: null, region: null, owner: seller.id, team }) as Row,
		);
		const sweep = async (): Promise<void> => {
			const [id] = await enqueue(directus.database, [{ kind: 'enrichment.sweep', key: `sweep:${randomUUID()}` }]);
			await runJobs(await hostOf(directus), { ids: id ? [id] : [] });
			await runDueJobs(await hostOf(directus));
		};
		const before = (await read('leads', lead))['points'] as number;
		await sweep();
		const after = await read('leads', lead);
		expect(after).toMatchObject({ industry: 'manufacturing', size_band: '10-49', region: 'hauts_de_france', revenue_keur: 1250 });
		expect(after['points']).not.toBe(before);
		const calls = register.asked.length;
		await sweep();
		expect(register.asked).toHaveLength(calls);
	});

	it('without an e-mail gets the one that Hunter found, with what is said of it; one that a person typed stays', async () => {
		hunter.answer((_asked, response) =>
			json(response, {
				data: { email: 'Camille.Essai@roux.example', score: 97, verification: { date: '2026-11-01', status: 'valid' }, sources: [] },
				meta: {},
			}),
		);
		const person = { last_name: 'Essai', first_name: 'Camille', website: 'https://www.roux.example', owner: seller.id, team };
		const lead = await create('leads', newLead({ ...person, email: null }) as Row);
		expect((await enrich('leads', lead)).data?.summary).toContain('E-mail trouvé : adresse vérifiée le 2026-11-01, confiance 97 sur 100.');
		expect(await read('leads', lead)).toMatchObject({ email: 'camille.essai@roux.example', email_consent: 'unknown' });
		expect(hunter.asked).toMatchObject([
			{ path: '/v2/email-finder', query: { domain: 'roux.example', first_name: 'Camille', last_name: 'Essai' }, headers: { 'x-api-key': 'a-secret-key' } },
		]);
		expect(JSON.stringify(hunter.asked[0]?.query)).not.toContain('a-secret-key');
		const typed = await create('leads', newLead({ ...person, email: `a.${randomUUID()}@autre.example` }) as Row);
		await enrich('leads', typed);
		expect(hunter.asked).toHaveLength(1);
	});

	it('whose person asked Hunter not to be found is left alone', async () => {
		hunter.answer((_asked, response) => json(response, { errors: [{ id: 'claimed_email' }] }, 451));
		const lead = await create('leads', newLead({ email: null, website: 'https://roux.example', owner: seller.id, team }) as Row);
		expect((await enrich('leads', lead)).data?.summary).toContain('Aucune adresse e-mail assez sûre');
		expect(await connection('hunter')).toMatchObject({ state: 'ready' });
	});
});

describe('a service that does not do its part', () => {
	const failing = async (): Promise<{ answer: Awaited<ReturnType<typeof enrich>>; id: string }> => {
		const id = await company({ siren });
		return { answer: await enrich('companies', id), id };
	};
	const jobOf = async (id: string): Promise<Row> => (await directus.database('jobs').where({ item: id, kind: 'enrichment.record' }).first()) as Row;

	it('is waited for as long as it asks, by all, and asked again then', async () => {
		register.answer((_asked, response) => json(response, {}, 429, { 'retry-after': '120' }));
		const { answer, id } = await failing();
		expect(answer).toMatchObject({ status: 503, errors: [{ message: expect.stringContaining('Trop de demandes pour registre des entreprises.') }] });
		expect(await connection('register')).toMatchObject({ state: 'limited', last_error: 'Trop de demandes pour registre des entreprises.' });
		const job = await jobOf(id);
		expect(job).toMatchObject({ state: 'waiting' });
		const wait = (new Date(job['due_at'] as string | number).getTime() - Date.now()) / 1000;
		expect(wait).toBeGreaterThan(100);
		const calls = register.asked.length;
		expect((await enrich('companies', await company({ siren }))).status).toBe(503);
		expect(register.asked).toHaveLength(calls);
		expect((await view('companies', id)).job).toMatchObject({ state: 'waiting' });
		register.answer((_asked, response) => json(response, units(unit())));
		advanceClock(600_000);
		await runDueJobs(await hostOf(directus));
		expect(await jobOf(id)).toMatchObject({ state: 'done' });
		expect(await connection('register')).toMatchObject({ state: 'ready' });
	});

	it.each([
		['an error of its own', 'waiting', (response: Parameters<typeof json>[0]) => json(response, {}, 500), 'Erreur de registre des entreprises (code 500).'],
		['garbage', 'waiting', (response: Parameters<typeof json>[0]) => void response.end('<html>'), 'Réponse incompréhensible de registre des entreprises.'],
		[
			'another shape',
			'waiting',
			(response: Parameters<typeof json>[0]) => json(response, { results: [{ siren: 12 }] }),
			'Réponse incompréhensible de registre des entreprises.',
		],
		['a hang-up', 'waiting', (response: Parameters<typeof json>[0]) => void response.destroy(), 'Service injoignable : registre des entreprises.'],
		[
			'a redirection',
			'waiting',
			(response: Parameters<typeof json>[0]) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
			'Service injoignable : registre des entreprises.',
		],
		[
			'a flood',
			'waiting',
			(response: Parameters<typeof json>[0]) => void response.end('x'.repeat(3_000_000)),
			'Réponse incompréhensible de registre des entreprises.',
		],
		['a refusal', 'failed', (response: Parameters<typeof json>[0]) => json(response, {}, 400), 'Demande refusée par registre des entreprises (code 400).'],
	])('with %s leaves its reason on the job and on the connection, and the company as it was', async (_name, state, answers, reason) => {
		register.answer((_asked, response) => answers(response));
		const { id } = await failing();
		expect(await jobOf(id)).toMatchObject({ state, error: reason });
		expect(await connection('register')).toMatchObject({ state: 'failing', last_error: reason });
		expect(await read('companies', id)).toMatchObject({ siret: null, enriched_at: null });
	});

	it('that never answers is given up in time', async () => {
		register.answer(() => undefined);
		const begun = Date.now();
		const { id } = await failing();
		expect(Date.now() - begun).toBeLessThan(30_000);
		expect(await jobOf(id)).toMatchObject({ state: 'waiting', error: 'Pas de réponse à temps de registre des entreprises.' });
	}, 60_000);

	it('keeps what the first source found when the second is used up', async () => {
		hunter.answer((_asked, response) => json(response, {}, 429));
		const lead = await create('leads', newLead({ email: null, siren, region: null, website: 'https://roux.example', owner: seller.id, team }) as Row);
		expect(await enrich('leads', lead)).toMatchObject({ status: 503, errors: [{ message: 'Le forfait de Hunter est épuisé.' }] });
		expect(await read('leads', lead)).toMatchObject({ region: 'hauts_de_france' });
		expect(await connection('hunter')).toMatchObject({ state: 'limited' });
	});

	it('is not called past the day’s limit, nor when it is switched off', async () => {
		await directus.database('integrations').where({ key: 'register' }).update({ daily_limit: 1 });
		expect((await enrich('companies', await company({ siren }))).status).toBe(200);
		expect((await enrich('companies', await company({ siren }))).status).toBe(503);
		await directus.database('integrations').where({ key: 'register' }).update({ daily_limit: null, enabled: false });
		expect(await enrich('companies', await company({ siren }))).toMatchObject({
			status: 503,
			errors: [{ message: 'La connexion est désactivée : registre des entreprises.' }],
		});
		expect(register.asked).toHaveLength(1);
	});
});

it('belongs to who may change the row, and its results cannot be written from outside', async () => {
	const id = await company({ siren });
	const lead = await create('leads', newLead({ owner: seller.id, team }) as Row);
	for (const role of ['Revendeur', 'API', 'Opérations']) {
		const client = await directus.as(role);
		expect((await enrich('leads', lead, {}, client)).status).toBe(403);
		expect((await ask(client as Reached, 'GET', `/orchestre/leads/${lead}/enrichment`)).status).toBe(403);
	}
	expect((await fetch(new URL(`/orchestre/companies/${id}/enrichment`, directus.url), { method: 'POST' })).status).toBe(403);
	expect(register.asked).toEqual([]);
	expect((await ask(directus.admin as Reached, 'PATCH', `/items/leads/${lead}`, { enrichment: {} })).status).toBe(400);
	expect((await ask(directus.admin as Reached, 'PATCH', `/items/companies/${id}`, { enrichment: {} })).status).toBe(400);
});
