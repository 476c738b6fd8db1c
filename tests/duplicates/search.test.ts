import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, now, resetClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';

type Reached = Client & { url: URL };
type PairRow = { id: string; kind: string; state: string; level: string; sureness: number; reasons: string; proposal: string; label: string };
type Similar = { collection: string; id: string; label: string; level: string; reasons: string[]; pair: string | null };

let directus: TestDirectus;
let team: string;
let seller: { id: string; client: Reached };
let manager: { id: string; client: Reached };
let runs = 0;

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const hire = async (role: string, over: Row = {}): Promise<{ id: string; client: Reached }> =>
	(await directus.hire(role, over)) as { id: string; client: Reached };

/** What the schedule of a flow does: one job, run at once. Returns its result. */
async function run(kind: 'duplicates.check' | 'duplicates.recheck'): Promise<Record<string, unknown>> {
	const [id = ''] = await enqueue(directus.database, [{ kind, key: `${kind}:test:${++runs}` }]);
	expect(tallyOf(await runJobs(await hostOf(directus), { ids: [id] }))).toMatchObject({ done: 1, reasons: [] });
	const row = (await directus.database('jobs').where({ id }).first('result')) as { result: string | Record<string, unknown> };
	advanceClock(1000);
	return typeof row.result === 'string' ? (JSON.parse(row.result) as Record<string, unknown>) : row.result;
}

async function pairsOf(...ids: string[]): Promise<PairRow[]> {
	const rows = (await directus.database('duplicate_pairs').select()) as (PairRow & Record<string, string | null>)[];
	return rows.filter((row) => ['company', 'person', 'lead'].some((side) => ids.includes(row[`${side}_a`] ?? '') && ids.includes(row[`${side}_b`] ?? '')));
}
const reject = (client: Reached, pair: string) => ask(client, 'POST', `/orchestre/duplicates/${pair}/reject`);
const similar = (client: Reached, body: unknown) => ask<Similar[]>(client, 'POST', '/orchestre/duplicates/similar', body);

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
});
afterAll(() => directus.close());
afterEach(resetClock);
beforeEach(async () => {
	team = await create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	seller = await hire('Commercial', { team, takes_leads: true, lead_capacity: 500, hired_on: '2020-01-06', languages: ['fr'] });
	manager = await hire('Manager', { team });
});

/** Two records of each kind that are one, typed twice. */
async function twins(): Promise<{ companies: string[]; people: string[]; leads: string[] }> {
	const n = randomUUID().slice(0, 8);
	const owned = { owner: seller.id, team };
	return {
		companies: [
			await create('companies', { name: `SA Dupont ${n}`, website: `https://www.dupont-${n}.fr`, ...owned }),
			await create('companies', { name: `Dupont ${n} S.A.S.`, email: `contact@dupont-${n}.fr`, ...owned }),
		],
		people: [
			await create('people', { first_name: 'Hélène', last_name: `Roux${n}`, email: `helene@roux-${n}.fr`, ...owned }),
			await create('people', { first_name: `ROUX${n}`, last_name: 'Helene', email: `Helene@roux-${n}.fr`, ...owned }),
		],
		leads: [
			await create('leads', { first_name: 'Luc', last_name: `Petit${n}`, email: `luc@petit-${n}.fr`, ...owned }),
			await create('leads', { first_name: 'Luc', last_name: `Petit${n}`, email: `luc@petit-${n}.fr`, ...owned }),
		],
	};
}

describe('the search at night', () => {
	it('proposes companies, people and leads that are typed twice, says why and what merging does, and finds nothing new the second time', async () => {
		const { companies, people, leads } = await twins();
		const figures = await run('duplicates.check');
		expect(figures).toMatchObject({ companies: { pairs: expect.any(Number) }, people: { pairs: expect.any(Number) }, leads: { pairs: expect.any(Number) } });
		expect(await pairsOf(...companies)).toMatchObject([
			{
				state: 'proposed',
				level: 'sure',
				reasons: expect.stringContaining('ême domaine dupont-'),
				proposal: expect.stringMatching(/^Garde « .*», y verse « /),
			},
		]);
		expect(await pairsOf(...people)).toMatchObject([{ level: 'sure', reasons: expect.stringContaining('mêmes nom et prénom, dans un autre ordre') }]);
		expect(await pairsOf(...leads)).toMatchObject([{ level: 'sure', label: expect.stringContaining(' ↔ ') }]);
		const before = await directus.database('duplicate_pairs').orderBy('id').pluck('id');
		await run('duplicates.check');
		expect(await directus.database('duplicate_pairs').orderBy('id').pluck('id')).toEqual(before);
	});

	it('never brings back what a person has put aside, and takes away what no longer holds', async () => {
		const { companies, people } = await twins();
		await run('duplicates.check');
		const [aside] = await pairsOf(...companies);
		expect((await reject(seller.client, aside?.id ?? '')).status).toBe(200);
		await call(directus.admin, 'PATCH', `/items/people/${people[0] ?? ''}`, { first_name: 'Paul', last_name: 'Autre', email: null });
		await run('duplicates.check');
		expect(await pairsOf(...companies)).toMatchObject([{ id: aside?.id, state: 'not_duplicates' }]);
		expect(await pairsOf(...people)).toEqual([]);
		const decided = (await directus.database('duplicate_pairs').where({ id: aside?.id }).first('decided_by')) as { decided_by: string };
		expect(decided.decided_by).toBe(seller.id);
	});

	it('looks at nothing that is archived or anonymised', async () => {
		const { companies, people } = await twins();
		await call(directus.admin, 'PATCH', `/items/companies/${companies[0] ?? ''}`, { archived: true });
		await directus.database('people').where({ id: people[0] }).update({ anonymised_at: now() });
		await run('duplicates.check');
		expect(await pairsOf(...companies, ...people)).toEqual([]);
	});
});

describe('the search after changes', () => {
	it('finds what was created or changed since the last one, with no job and no statement in the transaction of a new lead', async () => {
		await run('duplicates.recheck');
		const { companies, people, leads } = await twins();
		const own = (await directus.database('jobs').whereIn('item', leads).pluck('kind')) as string[];
		expect(own.filter((kind) => kind.startsWith('duplicates'))).toEqual([]);
		await run('duplicates.recheck');
		expect(await pairsOf(...companies)).toMatchObject([{ level: 'sure' }]);
		expect(await pairsOf(...people)).toMatchObject([{ level: 'sure' }]);
		expect(await pairsOf(...leads)).toMatchObject([{ level: 'sure' }]);
		await call(directus.admin, 'PATCH', `/items/companies/${companies[1] ?? ''}`, { name: 'Tout autre chose', email: null });
		await run('duplicates.recheck');
		expect(await pairsOf(...companies)).toEqual([]);
		expect(await pairsOf(...people)).toHaveLength(1);
	});
});

describe('the list', () => {
	it('is a salesperson’s own, the whole team’s for a manager, everything for the direction, and closed to finance and partners', async () => {
		const { companies, leads } = await twins();
		const foreign = await hire('Commercial', { team: await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) });
		await run('duplicates.check');
		const [company, lead] = [(await pairsOf(...companies))[0]?.id ?? '', (await pairsOf(...leads))[0]?.id ?? ''];
		const sees = async (client: Reached, id: string): Promise<number> => (await ask(client, 'GET', `/items/duplicate_pairs/${id}`)).status;
		for (const id of [company, lead]) {
			expect(await sees(seller.client, id)).toBe(200);
			expect(await sees(manager.client, id)).toBe(200);
			expect(await sees((await hire('Direction')).client, id)).toBe(200);
			expect(await sees(foreign.client, id)).toBe(403);
			expect(await sees((await hire('Finance')).client, id)).toBe(403);
			expect(await sees((await hire('Revendeur')).client, id)).toBe(403);
		}
		expect((await reject(foreign.client, company)).status).toBe(403);
		expect((await ask(seller.client, 'PATCH', `/items/duplicate_pairs/${company}`, { state: 'merged' })).status).toBe(400);
		expect((await ask(directus.admin as Reached, 'PATCH', `/items/duplicate_pairs/${company}`, { merge: {} })).status).toBe(400);
		expect((await ask(directus.admin as Reached, 'POST', '/items/duplicate_pairs', { kind: 'leads', pair_key: 'x' })).status).toBe(403);
	});
});

describe('the warning while typing', () => {
	it('names who is known already by e-mail, phone, name or SIREN, with the reasons, however it is typed', async () => {
		const { companies, people, leads } = await twins();
		const stored = (await directus.database('people').where({ id: people[0] }).first()) as Record<string, string>;
		const byMail = await similar(seller.client, {
			collection: 'people',
			values: { first_name: 'helene', last_name: stored['last_name']?.toUpperCase(), email: ` ${stored['email']?.toUpperCase()} ` },
		});
		expect(byMail).toMatchObject({ status: 200 });
		expect(byMail.data?.map(({ id }) => id).toSorted()).toEqual(people.toSorted());
		expect(byMail.data?.[0]).toMatchObject({ collection: 'people', level: 'sure', reasons: expect.arrayContaining(['même e-mail']) });
		const company = (await directus.database('companies').where({ id: companies[0] }).first()) as Record<string, string>;
		const slip = await similar(seller.client, {
			collection: 'companies',
			values: { name: company['name']?.replace('Dupont', 'Duppont'), website: company['website'] },
		});
		expect(slip.data?.map(({ id }) => id)).toContain(companies[0]);
		await call(directus.admin, 'PATCH', `/items/companies/${companies[0] ?? ''}`, { siren: '552032534' });
		const bySiren = await similar(seller.client, { collection: 'companies', values: { name: 'Autre', siren: '552 032 534' } });
		expect(bySiren.data).toMatchObject([{ id: companies[0], reasons: ['même SIREN', 'noms différents'] }]);
		// A name alone is a hint, and no more than that.
		const byName = await similar(seller.client, { collection: 'people', values: { first_name: stored['first_name'], last_name: stored['last_name'] } });
		expect(byName.data).toMatchObject([{ level: 'possible' }, { level: 'possible' }]);
		const itself = await similar(seller.client, {
			collection: 'people',
			id: people[0],
			values: { first_name: stored['first_name'], last_name: stored['last_name'], email: stored['email'] },
		});
		expect(itself.data?.map(({ id }) => id)).toEqual([people[1]]);
		expect(leads).toHaveLength(2);
	});

	it('tells whoever types a lead that the person and the company are known', async () => {
		const n = randomUUID().slice(0, 8);
		const company = await create('companies', { name: `Menuiserie ${n}`, website: `https://menuiserie-${n}.fr` });
		const person = await create('people', { first_name: 'Inès', last_name: `Faure ${n}`, email: `ines@menuiserie-${n}.fr`, company });
		const answer = await similar(seller.client, {
			collection: 'leads',
			values: {
				first_name: 'Inès',
				last_name: `Faure ${n}`,
				email: `ines@menuiserie-${n}.fr`,
				company_name: `MENUISERIE ${n} SARL`,
				website: `menuiserie-${n}.fr`,
			},
		});
		expect(answer.data?.map(({ collection, id }) => [collection, id])).toEqual([
			['people', person],
			['companies', company],
		]);
	});

	it('discloses nothing of what the caller may not read, and asks nobody in particular', async () => {
		const { leads } = await twins();
		const lead = (await directus.database('leads').where({ id: leads[0] }).first()) as Record<string, string>;
		const values = { first_name: lead['first_name'], last_name: lead['last_name'], email: lead['email'] };
		expect((await similar(manager.client, { collection: 'leads', values })).data).toHaveLength(2);
		const foreign = await hire('Commercial', { team: await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) });
		expect((await similar(foreign.client, { collection: 'leads', values })).data).toEqual([]);
		const reseller = await hire('Revendeur');
		expect((await similar(reseller.client, { collection: 'people', values })).data).toEqual([]);
		const nobody = await fetch(new URL('/orchestre/duplicates/similar', directus.url), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ collection: 'leads', values }),
		});
		expect(nobody.status).toBe(403);
		expect((await similar(seller.client, { collection: 'invoices', values })).status).toBe(400);
		expect((await similar(seller.client, { collection: 'people', values: { email: 'pas une adresse', phone: '12', last_name: { evil: true } } })).data).toEqual(
			[],
		);
	});

	it('is silent about two records that a person has said to be two', async () => {
		const { people } = await twins();
		await run('duplicates.check');
		const stored = (await directus.database('people').where({ id: people[0] }).first()) as Record<string, string>;
		const body = { collection: 'people', id: people[0], values: { first_name: stored['first_name'], last_name: stored['last_name'], email: stored['email'] } };
		const [pair] = await pairsOf(...people);
		expect((await similar(seller.client, body)).data).toMatchObject([{ pair: pair?.id }]);
		await reject(seller.client, pair?.id ?? '');
		expect((await similar(seller.client, body)).data).toEqual([]);
	});
});
