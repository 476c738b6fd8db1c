import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, resetClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import type { Plain } from './support.ts';

type Reached = Client & { url: URL };
type Kind = 'companies' | 'people' | 'leads';
type Merged = { kept: string; gone: string; already: boolean; summary: string; moved: { collection: string; count: number }[] };
type Undone = { left: string[]; report: string };
type Line = { field: string; label: string; kept: string; gone: string; side: string; mayBoth: boolean; mine: boolean };
type Preview = {
	kept: { id: string };
	lines: Line[];
	counts: { collection: string; move: number; stay: number }[];
	faults: string[];
	warnings: string[];
	refusal: string | null;
};

const flows = { merge: '75000000-0000-4000-8000-000000000003', reject: '75000000-0000-4000-8000-000000000004', undo: '75000000-0000-4000-8000-000000000005' };

let directus: TestDirectus;
let team: string;
let seller: { id: string; client: Reached };
let manager: { id: string; client: Reached };
let direction: { id: string; client: Reached };

const admin = (): Reached => directus.admin as Reached;
const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const read = (collection: string, id: string): Promise<Plain> => directus.database(collection).where({ id }).first() as Promise<Plain>;
const hire = async (role: string, over: Row = {}): Promise<{ id: string; client: Reached }> =>
	(await directus.hire(role, over)) as { id: string; client: Reached };
const pairOf = async (kind: Kind, a: string, b: string): Promise<string> => {
	const answer = await ask<{ id: string }>(admin(), 'POST', '/orchestre/duplicates', { kind, a, b });
	expect(answer).toMatchObject({ status: 200 });
	return answer.data?.id ?? '';
};
const merge = (client: Reached, pair: string, body: object = {}) => ask<Merged>(client, 'POST', `/orchestre/duplicates/${pair}/merge`, body);
const undo = (client: Reached, pair: string) => ask<Undone>(client, 'POST', `/orchestre/duplicates/${pair}/undo`);
const preview = async (client: Reached, pair: string, keep: string): Promise<Preview> => {
	const answer = await ask<Preview>(client, 'GET', `/orchestre/duplicates/${pair}?keep=${keep}`);
	expect(answer).toMatchObject({ status: 200 });
	return answer.data as Preview;
};
const press = (client: Reached, flow: string, keys: string[]) => ask(client, 'POST', `/flows/trigger/${flow}`, { collection: 'duplicate_pairs', keys });
const mine = (): Row => ({ owner: seller.id, team });
const n = (): string => randomUUID().slice(0, 8);

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	direction = await hire('Direction');
});
afterAll(() => directus.close());
afterEach(resetClock);
beforeEach(async () => {
	team = await create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	seller = await hire('Commercial', { team, takes_leads: true, lead_capacity: 500, hired_on: '2020-01-06', languages: ['fr'] });
	manager = await hire('Manager', { team });
});

describe('the values of a merge', () => {
	it('are what is there before what is not, both texts, and what somebody chose; an undo gives each record its own', async () => {
		const [first, second] = [n(), n()];
		const kept = await create('companies', {
			name: `Roux ${first}`,
			phone: '0320000001',
			description: 'Rencontrés au salon',
			lifecycle: 'prospect',
			street: '1 rue A',
			city: 'Lille',
			...mine(),
		});
		const gone = await create('companies', {
			name: `Roux et fils ${second}`,
			phone: '0320000002',
			email: `contact@roux-${second}.fr`,
			description: 'Client depuis 2019',
			lifecycle: 'active',
			is_client: true,
			street: '2 rue B',
			city: 'Lyon',
			external_id: `X-${second}`,
			...mine(),
		});
		await directus
			.database('companies')
			.where({ id: gone })
			.update({ stripe_customer_id: `cus_${second}` });
		const pair = await pairOf('companies', kept, gone);
		const shown = await preview(seller.client, pair, kept);
		const line = (field: string): Line | undefined => shown.lines.find((one) => one.field === field);
		expect(line('phone')).toMatchObject({ label: 'Standard', kept: '03 20 00 00 01', gone: '03 20 00 00 02', side: 'kept', mine: true });
		expect(line('email')).toMatchObject({ kept: '', side: 'gone' });
		expect(line('lifecycle')).toMatchObject({ kept: 'Prospect', gone: 'Client actif', side: 'gone' });
		expect(line('is_client')).toMatchObject({ kept: 'Non', gone: 'Oui', side: 'gone' });
		expect(line('description')).toMatchObject({ side: 'both', mayBoth: true });
		// An address is one thing.
		expect(line('street')).toMatchObject({ kept: '1 rue A, Lille', gone: '2 rue B, Lyon', side: 'kept' });
		expect(line('city')).toBeUndefined();

		expect(await merge(seller.client, pair, { keep: kept, choices: { phone: 'gone', street: 'gone' } })).toMatchObject({ status: 200 });
		const after = await read('companies', kept);
		expect(after).toMatchObject({
			name: `Roux ${first}`,
			phone: '+33320000002',
			email: `contact@roux-${second}.fr`,
			lifecycle: 'active',
			description: 'Rencontrés au salon\n\nClient depuis 2019',
			street: '2 rue B',
			city: 'Lyon',
			external_id: `X-${second}`,
			stripe_customer_id: `cus_${second}`,
		});
		expect(await undo(seller.client, pair)).toMatchObject({ status: 200, data: { left: [] } });
		expect(await read('companies', kept)).toMatchObject({
			phone: '+33320000001',
			email: null,
			description: 'Rencontrés au salon',
			external_id: null,
			stripe_customer_id: null,
			city: 'Lille',
		});
		expect(await read('companies', gone)).toMatchObject({ external_id: `X-${second}`, stripe_customer_id: `cus_${second}`, merged_into: null });
	});

	it('let a refusal outlive an older consent, and take date and proof along with it', async () => {
		const kept = await create('people', {
			last_name: `Roux ${n()}`,
			email_consent: 'given',
			email_consent_at: '2026-01-05T09:00:00Z',
			email_consent_proof: 'Salon',
			...mine(),
		});
		const gone = await create('people', {
			last_name: `Roux ${n()}`,
			email_consent: 'refused',
			email_consent_at: '2026-02-05T09:00:00Z',
			email_consent_proof: 'Message',
			...mine(),
		});
		await merge(seller.client, await pairOf('people', kept, gone), { keep: kept });
		expect(await read('people', kept)).toMatchObject({ email_consent: 'refused', email_consent_proof: 'Message' });
	});

	it('of fields that the caller may not change are not theirs to choose', async () => {
		const kept = await create('companies', { name: `Roux ${n()}`, payment_terms_days: 30, ...mine() });
		const gone = await create('companies', { name: `Roux ${n()}`, payment_terms_days: 60, ...mine() });
		const pair = await pairOf('companies', kept, gone);
		expect((await preview(seller.client, pair, kept)).lines.find(({ field }) => field === 'payment_terms_days')).toMatchObject({ mine: false });
		await merge(seller.client, pair, { keep: kept, choices: { payment_terms_days: 'gone' } });
		expect(await read('companies', kept)).toMatchObject({ payment_terms_days: 30 });
	});

	it('that the caller may not see are not shown, and stay', async () => {
		const kept = await create('companies', { name: `Roux ${n()}`, customer_account: '411001', ...mine() });
		const gone = await create('companies', { name: `Roux ${n()}`, customer_account: '411002', ...mine() });
		const pair = await pairOf('companies', kept, gone);
		expect((await preview(seller.client, pair, kept)).lines.map(({ field }) => field)).not.toContain('customer_account');
		expect((await preview(direction.client, pair, kept)).lines.map(({ field }) => field)).toContain('customer_account');
	});
});

describe('a merge is refused', () => {
	it('with the reason, for two SIREN, two accounts, two conversions or an archived record', async () => {
		const refusal = async (kind: Kind, one: Row, other: Row): Promise<string | undefined> => {
			const [kept, gone] = [await create(kind, { ...one, ...mine() }), await create(kind, { ...other, ...mine() })];
			const pair = await pairOf(kind, kept, gone);
			const { faults } = await preview(seller.client, pair, kept);
			const answer = await merge(seller.client, pair, { keep: kept });
			expect(answer.status).toBe(409);
			expect(answer.errors[0]?.message).toBe(faults.join(' '));
			expect((await read(kind, gone))['merged_into']).toBeNull();
			return faults[0];
		};
		expect(await refusal('companies', { name: `Roux ${n()}`, siren: '404833048' }, { name: `Roux ${n()}`, siren: '552032534' })).toContain(
			'Deux SIREN différents',
		);
		expect(await refusal('people', { last_name: `Roux ${n()}`, user: seller.id }, { last_name: `Roux ${n()}`, user: manager.id })).toContain(
			'compte utilisateur',
		);
	});

	it('for a lead that is converted, unless it is the one that stays', async () => {
		const lead = async (): Promise<string> =>
			create('leads', { first_name: 'Ana', last_name: `Roux ${n()}`, company_name: `Atelier ${n()}`, status: 'contacted', ...mine() });
		const [won, again] = [await lead(), await lead()];
		expect((await ask(seller.client, 'POST', `/orchestre/leads/${won}/convert`)).status).toBe(200);
		const pair = await pairOf('leads', won, again);
		expect(await merge(seller.client, pair, { keep: again })).toMatchObject({ status: 409 });
		const done = await merge(seller.client, pair);
		expect(done).toMatchObject({ status: 200, data: { kept: won, gone: again } });
		expect(await read('leads', again)).toMatchObject({ status: 'lost', lost_reason: 'duplicate', merged_into: won });
	});

	it('to whoever may not change both: each role by its own rights, and nothing is written', async () => {
		const other = await hire('Commercial', { team: await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) });
		const attempt = async (client: Reached, kind: Kind, one: Row, two: Row): Promise<number> => {
			const base = (): Row =>
				kind === 'companies' ? { name: `Roux ${n()}` } : kind === 'people' ? { last_name: `Roux ${n()}` } : { last_name: `Roux ${n()}`, status: 'contacted' };
			const [kept, gone] = [await create(kind, { ...base(), ...one }), await create(kind, { ...base(), ...two })];
			const pair = await pairOf(kind, kept, gone);
			const { status } = await merge(client, pair, { keep: kept });
			expect(Boolean((await read(kind, gone))['merged_into'])).toBe(status === 200);
			return status;
		};
		const theirs = { owner: other.id };
		for (const kind of ['companies', 'people', 'leads'] as const) {
			expect([kind, await attempt(seller.client, kind, mine(), mine())]).toEqual([kind, 200]);
			expect([kind, await attempt(seller.client, kind, mine(), theirs)]).toEqual([kind, 403]);
			expect([kind, await attempt(manager.client, kind, mine(), mine())]).toEqual([kind, 200]);
			expect([kind, await attempt(manager.client, kind, mine(), theirs)]).toEqual([kind, 403]);
			expect([kind, await attempt(direction.client, kind, mine(), theirs)]).toEqual([kind, 200]);
			for (const role of ['Finance', 'Opérations', 'Revendeur'])
				expect([role, await attempt((await hire(role)).client, kind, mine(), mine())]).toEqual([role, 403]);
		}
		const success = await hire('Succès client');
		expect(await attempt(success.client, 'companies', { owner: success.id }, { owner: success.id })).toBe(200);
		expect(await attempt(success.client, 'leads', mine(), mine())).toBe(403);
	});

	it('to somebody who may not even read one: the pair looks as if it were not there', async () => {
		const other = await hire('Commercial', { team: await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) });
		const [a, b] = [await create('leads', { last_name: `Roux ${n()}`, ...mine() }), await create('leads', { last_name: `Roux ${n()}`, ...mine() })];
		const pair = await pairOf('leads', a, b);
		expect((await ask(other.client, 'GET', `/orchestre/duplicates/${pair}`)).status).toBe(404);
		expect((await ask(other.client, 'POST', '/orchestre/duplicates', { kind: 'leads', a, b })).status).toBe(404);
		expect((await undo(other.client, pair)).status).toBe(403);
		expect((await ask(other.client, 'GET', `/orchestre/duplicates/${randomUUID()}`)).status).toBe(404);
		expect((await ask(seller.client, 'POST', '/orchestre/duplicates', { kind: 'leads', a, b: a })).status).toBe(400);
	});
});

describe('what a merge moves', () => {
	it('leaves a contact of a deal that both were on where it is, and says so', async () => {
		const company = await create('companies', { name: `Atelier ${n()}`, ...mine() });
		const [kept, gone] = [
			await create('people', { last_name: `Roux ${n()}`, company, ...mine() }),
			await create('people', { last_name: `Roux ${n()}`, company, ...mine() }),
		];
		const deal = async (): Promise<string> =>
			create('opportunities', { name: `Affaire ${n()}`, company, stage: '35000000-0000-4000-8000-000000000001', ...mine() });
		const [both, only] = [await deal(), await deal()];
		for (const person of [kept, gone]) await create('opportunity_contacts', { opportunity: both, person });
		await create('opportunity_contacts', { opportunity: only, person: gone });
		const pair = await pairOf('people', kept, gone);
		expect((await preview(seller.client, pair, kept)).counts).toContainEqual(expect.objectContaining({ collection: 'opportunity_contacts', move: 1, stay: 1 }));
		await merge(seller.client, pair, { keep: kept });
		const contacts = (await directus.database('opportunity_contacts').whereIn('opportunity', [both, only]).select('opportunity', 'person')) as Plain[];
		expect(
			contacts
				.filter(({ person }) => person === kept)
				.map(({ opportunity }) => opportunity)
				.toSorted(),
		).toEqual([both, only].toSorted());
		expect(contacts.filter(({ person }) => person === gone)).toEqual([{ opportunity: both, person: gone }]);
	});

	it('of an issued invoice is the link alone, which the preview says', async () => {
		const [kept, gone] = [await create('companies', { name: `Roux ${n()}`, ...mine() }), await create('companies', { name: `Roux ${n()}`, ...mine() })];
		const invoice = await create('invoices', { company: gone, direction: 'sale', kind: 'invoice', status: 'draft', title: 'Pack' });
		await directus.database('invoices').where({ id: invoice }).update({ status: 'sent' });
		const before = await read('invoices', invoice);
		const pair = await pairOf('companies', kept, gone);
		expect((await preview(seller.client, pair, kept)).warnings.join()).toContain('factures émises restent telles qu’elles ont été émises');
		await merge(seller.client, pair, { keep: kept });
		expect(await read('invoices', invoice)).toEqual({ ...before, company: kept });
	});

	it('does not leave a company its own parent', async () => {
		const gone = await create('companies', { name: `Roux ${n()}`, ...mine() });
		const kept = await create('companies', { name: `Roux ${n()}`, parent: gone, ...mine() });
		const pair = await pairOf('companies', kept, gone);
		await merge(seller.client, pair, { keep: kept });
		expect(await read('companies', kept)).toMatchObject({ parent: null });
		await undo(seller.client, pair);
		expect(await read('companies', kept)).toMatchObject({ parent: gone });
	});

	it('of a lead ends its prospecting once, not twice, and counts it once', async () => {
		const lead = async (): Promise<string> => create('leads', { first_name: 'Ana', last_name: `Roux ${n()}`, company_name: `Atelier ${n()}`, ...mine() });
		const [kept, gone] = [await lead(), await lead()];
		const open = async (of: string): Promise<number> =>
			Number(((await directus.database('tasks').where({ lead: of, status: 'todo' }).count({ n: '*' }))[0] as { n: number }).n);
		const load = async (): Promise<number> =>
			Number(((await directus.database('workloads').where({ user: seller.id }).first()) as { open_leads: number }).open_leads);
		const [before, tasks] = [await load(), await open(kept)];
		const pair = await pairOf('leads', kept, gone);
		await merge(seller.client, pair, { keep: kept });
		expect([await load(), await open(kept)]).toEqual([before - 1, tasks]);
		expect(await undo(seller.client, pair)).toMatchObject({ status: 200 });
		expect([await load(), await open(kept), await open(gone)]).toEqual([before, tasks, tasks]);
	});
});

describe('an undo', () => {
	it('leaves what was changed since, says so, and gives the rest back', async () => {
		const [kept, gone] = [
			await create('people', { last_name: `Roux ${n()}`, ...mine() }),
			await create('people', { last_name: `Roux ${n()}`, job_title: 'Gérante', city: 'Lille', ...mine() }),
		];
		const third = await create('people', { last_name: `Autre ${n()}`, ...mine() });
		const at = '2026-01-05T09:00:00Z';
		const [moved, taken] = [
			await create('interactions', { kind: 'call', at, person: gone, subject: 'Appel' }),
			await create('interactions', { kind: 'call', at, person: gone, subject: 'Visite' }),
		];
		const pair = await pairOf('people', kept, gone);
		await merge(seller.client, pair, { keep: kept });
		await call(directus.admin, 'PATCH', `/items/people/${kept}`, { job_title: 'Directrice' });
		await call(directus.admin, 'PATCH', `/items/interactions/${taken}`, { person: third });
		const fresh = await create('interactions', { kind: 'email', at, person: kept, subject: 'Depuis' });
		const answer = await undo(seller.client, pair);
		expect(answer.data).toMatchObject({ left: ['« Fonction »', '1 échange'], report: expect.stringContaining('parce que modifié depuis') });
		expect(await read('people', kept)).toMatchObject({ job_title: 'Directrice', city: null });
		expect(await read('interactions', moved)).toMatchObject({ person: gone });
		expect(await read('interactions', taken)).toMatchObject({ person: third });
		expect(await read('interactions', fresh)).toMatchObject({ person: kept });
		expect(await read('duplicate_pairs', pair)).toMatchObject({ state: 'undone' });
	});

	it('is refused a second time, after thirty days, and while a later merge stands on it', async () => {
		const three = [
			await create('people', { last_name: `A ${n()}`, ...mine() }),
			await create('people', { last_name: `B ${n()}`, ...mine() }),
			await create('people', { last_name: `C ${n()}`, ...mine() }),
		] as const;
		const [a, b, c] = three;
		const [first, second] = [await pairOf('people', a, b), await pairOf('people', b, c)];
		await merge(seller.client, first, { keep: b });
		await merge(seller.client, second, { keep: c });
		// Whoever was merged before is found by its last home.
		expect(await read('people', a)).toMatchObject({ merged_into: c });
		expect(await undo(seller.client, first)).toMatchObject({ status: 409, errors: [{ message: expect.stringContaining('annulez d’abord cette fusion-là') }] });
		expect(await undo(seller.client, second)).toMatchObject({ status: 200 });
		expect(await read('people', a)).toMatchObject({ merged_into: b });
		advanceClock(31 * 86_400_000);
		expect(await undo(seller.client, first)).toMatchObject({ status: 409, errors: [{ message: expect.stringContaining('30 jours') }] });
		resetClock();
		expect(await undo(seller.client, first)).toMatchObject({ status: 200 });
		expect(await undo(seller.client, first)).toMatchObject({ status: 409 });
		expect(await read('people', a)).toMatchObject({ merged_into: null });
	});
});

describe('the buttons of the list', () => {
	it('merge what is sure, leave the rest with a reason, put aside and take back', async () => {
		const email = `ana@roux-${n()}.fr`;
		const sure = [
			await create('people', { first_name: 'Ana', last_name: 'Roux', email, ...mine() }),
			await create('people', { first_name: 'ANA', last_name: 'Roux', email, ...mine() }),
		] as const;
		const unsure = [
			await create('people', { last_name: `Petit ${n()}`, ...mine() }),
			await create('people', { last_name: `Grand ${n()}`, ...mine() }),
		] as const;
		const [one, two] = [await pairOf('people', ...sure), await pairOf('people', ...unsure)];
		expect(await read('duplicate_pairs', one)).toMatchObject({ level: 'sure', proposal: expect.stringMatching(/^Garde « /) });
		expect(await read('duplicate_pairs', two)).toMatchObject({ level: 'by_hand' });
		expect((await press(seller.client, flows.merge, [one, two])).status).toBe(200);
		expect(await read('duplicate_pairs', one)).toMatchObject({ state: 'merged', decided_by: seller.id });
		expect(await read('duplicate_pairs', two)).toMatchObject({ state: 'proposed' });
		const [told] = (await directus.database('directus_notifications').where({ recipient: seller.id })) as { subject: string; message: string }[];
		expect(told).toMatchObject({ subject: '1 paire fusionnée, 1 reste à vérifier.', message: expect.stringContaining('comparez les deux fiches') });
		expect((await press(seller.client, flows.merge, [two])).status).not.toBe(200);
		expect((await press(seller.client, flows.reject, [two])).status).toBe(200);
		expect(await read('duplicate_pairs', two)).toMatchObject({ state: 'not_duplicates' });
		expect((await press(seller.client, flows.undo, [one])).status).toBe(200);
		expect(await read('duplicate_pairs', one)).toMatchObject({ state: 'undone' });
		expect(await read('people', sure[1])).toMatchObject({ merged_into: null });
	});
});
