import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookmarks } from '../../seeds/bookmarks/roles.ts';
import { defaultViews } from '../../seeds/bookmarks/defaults.ts';
import type { LimitedRole } from '../../seeds/rights/words.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { ask, each, query, wordsOf, type Reply } from './support/ask.ts';
import { hireCast, type Actor, type Cast } from './support/cast.ts';
import { Facts } from './support/facts.ts';
import { Ledger } from './support/ledger.ts';
import { checkPaths } from './support/paths.ts';
import { tables } from './support/schema.ts';
import { Planter } from './support/world.ts';

/** Filters, sorts and counts that go through a relation tell nothing of rows on its other side that their author does not see. */
let directus: TestDirectus;
let cast: Cast;
let facts: Facts;
let planter: Planter;
const ledger = new Ledger();
const roles = ['direction', 'manager', 'commercial', 'finance', 'success', 'operations', 'reseller'] as const satisfies LimitedRole[];

/** A deal of another team with a sum that nothing else has, its client, and a task of ours on it. */
const hidden = { amount: 777_001, deal: '', company: '', task: '', tie: '' };
/** The same, of ours. */
const own = { amount: 888_002, deal: '', company: '', task: '' };

const actor = (label: string): Actor => {
	const found = cast.actors.find((one) => one.label === label);
	if (!found) throw new Error(`no actor ${label}`);
	return found;
};
const idsOf = ({ data }: Reply): string[] => ((data as { id: string }[] | undefined) ?? []).map(({ id }) => String(id));
const find = async (collection: string, filter: object, label = 'commercial'): Promise<string[]> => {
	const reply = await query(directus.url, actor(label), collection, { filter, fields: ['id'], limit: -1 });
	if (reply.status !== 200) throw new Error(wordsOf(reply));
	return idsOf(reply);
};
const sentence = async (collection: string, asked: Record<string, unknown>, label = 'commercial'): Promise<string> => {
	const reply = await query(directus.url, actor(label), collection, { fields: ['id'], ...asked });
	return `${reply.status} ${reply.errors.map(({ message }) => message).join(' ')}`;
};
const graphql = (label: string, text: string): Promise<Reply> => ask(directus.url, actor(label), 'POST', '/graphql', { query: text });

async function deal(amount: number, owner: string, team: string): Promise<{ deal: string; company: string; task: string }> {
	const row = { deal: randomUUID(), company: randomUUID(), task: randomUUID() };
	await directus.database('companies').insert({ id: row.company, name: `Client ${amount}` });
	await directus.database('opportunities').insert({
		id: row.deal,
		name: `Affaire ${amount}`,
		company: row.company,
		stage: (await directus.database('stages').first('id'))?.id,
		owner,
		team,
		amount_cents: amount,
	});
	await directus.database('tasks').insert({ id: row.task, title: 'Relancer', opportunity: row.deal, assignee: actor('commercial').id });
	return row;
}

beforeAll(async () => {
	directus = await startDirectus({ CACHE_SCHEMA_FREEZE_ENABLED: 'true', LOG_LEVEL: 'silent' });
	cast = await hireCast(
		directus,
		roles.map((role) => ({ label: role, role })),
	);
	planter = new Planter(directus.database, cast);
	await planter.plantAll(2);
	const me = actor('commercial').id ?? '';
	Object.assign(hidden, await deal(hidden.amount, cast.stranger, cast.team.other));
	Object.assign(own, await deal(own.amount, me, cast.team.mine));
	hidden.tie = randomUUID();
	const person = await planter.plant('people');
	await directus.database('opportunity_contacts').insert({ id: hidden.tie, opportunity: hidden.deal, person });
	facts = await Facts.read(directus.database);
});
afterAll(async () => {
	ledger.print('paths', tables.size);
	await directus.close();
});

test.each(['commercial', 'operations', 'reseller'])(
	'%s finds through every relation what they see behind it, and no more',
	async (label) => {
		await each([...tables.values()], 6, (table) => checkPaths({ url: directus.url, facts, ledger, actor: actor(label), table }));
		const faults = ledger.report();
		ledger.faults.length = 0;
		expect(faults).toEqual([]);
	},
	300_000,
);

describe('a filter', () => {
	test('finds one’s own through a row, a list and two relations', async () => {
		expect(await find('tasks', { opportunity: { amount_cents: { _eq: own.amount } } })).toEqual([own.task]);
		expect(await find('companies', { opportunities: { amount_cents: { _eq: own.amount } } })).toEqual([own.company]);
		expect(await find('tasks', { opportunity: { company: { opportunities: { amount_cents: { _eq: own.amount } } } } })).toEqual([own.task]);
	});

	test('compares one and the same row, as it did before', async () => {
		const both = (name: string): object => ({ _and: [{ opportunities: { amount_cents: { _eq: own.amount } } }, { opportunities: { name: { _eq: name } } }] });
		expect(await find('companies', both(`Affaire ${own.amount}`))).toEqual([own.company]);
		expect(await find('companies', both('Une autre'))).toEqual([]);
	});

	test.each([
		['a row', 'tasks', { opportunity: { amount_cents: { _eq: hidden.amount } } }],
		['a list', 'companies', { opportunities: { amount_cents: { _eq: hidden.amount } } }],
		['a list, with _some', 'companies', { opportunities: { _some: { amount_cents: { _eq: hidden.amount } } } }],
		['two relations', 'tasks', { opportunity: { company: { opportunities: { amount_cents: { _eq: hidden.amount } } } } }],
		['a relation inside _some', 'companies', { opportunities: { _some: { company: { opportunities: { amount_cents: { _eq: hidden.amount } } } } } }],
		['a list and then a row', 'companies', { tasks: { opportunity: { amount_cents: { _eq: hidden.amount } } } }],
		['_or', 'tasks', { _or: [{ opportunity: { amount_cents: { _eq: hidden.amount } } }, { title: { _eq: 'rien de tel' } }] }],
		['_and inside the relation', 'tasks', { opportunity: { _and: [{ amount_cents: { _gte: hidden.amount } }, { amount_cents: { _lte: hidden.amount } }] } }],
		['a function', 'tasks', { opportunity: { _and: [{ 'year(date_created)': { _gt: 1000 } }, { amount_cents: { _eq: hidden.amount } }] } }],
		['an implicit relation', 'companies', { '$FOLLOW(opportunities, company)': { amount_cents: { _eq: hidden.amount } } }],
	])('through %s finds nothing out about rows of others', async (_way, collection, filter) => {
		const found = await find(collection, filter);
		expect(found.filter((id) => [hidden.task, hidden.company].includes(id))).toEqual([]);
	});

	test.each([
		['_neq', (amount: number) => ({ amount_cents: { _neq: amount } })],
		['_nin', (amount: number) => ({ amount_cents: { _nin: [amount] } })],
		['_nnull', () => ({ amount_cents: { _nnull: true } })],
		['_null', () => ({ amount_cents: { _null: true } })],
		['_lt', (amount: number) => ({ amount_cents: { _lt: amount } })],
	])('that denies (%s) finds nothing out either: what is not seen never answers', async (_operator, compare) => {
		for (const amount of [hidden.amount, 1]) {
			const tasks = await find('tasks', { _and: [{ id: { _eq: hidden.task } }, { opportunity: compare(amount) }] });
			const companies = await find('companies', { _and: [{ id: { _eq: hidden.company } }, { opportunities: { ...compare(amount) } }] });
			expect(tasks).toEqual([]);
			// A client without any deal that is seen is one without deals: “no sum” holds for it, whatever the hidden sum is.
			expect(companies).toEqual(_operator === '_null' ? [hidden.company] : []);
		}
	});

	test('with _none, _null or _nnull on a list takes rows that are not seen for none', async () => {
		const mine = { id: { _in: [hidden.company, own.company] } };
		for (const filter of [
			{ opportunities: { _none: { amount_cents: { _gt: 0 } } } },
			{ opportunities: { _null: true } },
			{ opportunities: { id: { _null: true } } },
		])
			expect(await find('companies', { _and: [mine, filter] })).toEqual([hidden.company]);
		expect(await find('companies', { _and: [mine, { opportunities: { _nnull: true } }] })).toEqual([own.company]);
	});

	test('for “no deal” still finds what has none', async () => {
		const lone = randomUUID();
		await directus.database('tasks').insert({ id: lone, title: 'Seule', assignee: actor('commercial').id });
		const asked = { _and: [{ id: { _in: [lone, hidden.task, own.task] } }, { opportunity: { amount_cents: { _null: true } } }] };
		expect(await find('tasks', asked)).toEqual([lone]);
	});

	test('of a list inside a row is held as well (deep)', async () => {
		const mine = async (amount: number): Promise<unknown[]> => {
			const reply = await ask(directus.url, actor('commercial'), 'SEARCH', `/users`, {
				query: {
					filter: { id: { _eq: '$CURRENT_USER' } },
					fields: ['todo.id'],
					alias: { todo: 'tasks' },
					deep: { todo: { _filter: { opportunity: { amount_cents: { _eq: amount } } } } },
				},
			});
			return (reply.data as { todo: unknown[] }[]).flatMap(({ todo }) => todo);
		};
		expect(await mine(own.amount)).toEqual([{ id: own.task }]);
		expect(await mine(hidden.amount)).toEqual([]);
	});

	test('counted or summed, over REST and GraphQL, holds what is seen', async () => {
		const counted = async (amount: number): Promise<number> => {
			const reply = await query(directus.url, actor('commercial'), 'tasks', {
				filter: { opportunity: { amount_cents: { _eq: amount } } },
				aggregate: { count: '*' },
			});
			return Number((reply.data as { count: number }[])[0]?.count);
		};
		expect([await counted(own.amount), await counted(hidden.amount)]).toEqual([1, 0]);
		const seen = async (amount: number): Promise<unknown> =>
			(
				await graphql(
					'commercial',
					`{ tasks(filter: { opportunity: { amount_cents: { _eq: ${amount} } } }) { id }
					   tasks_aggregated(filter: { opportunity: { amount_cents: { _eq: ${amount} } } }) { countAll } }`,
				)
			).data;
		expect(await seen(own.amount)).toEqual({ tasks: [{ id: own.task }], tasks_aggregated: [{ countAll: 1 }] });
		expect(await seen(hidden.amount)).toEqual({ tasks: [], tasks_aggregated: [{ countAll: 0 }] });
	});

	test('of a list in GraphQL holds what is seen', async () => {
		const listed = async (amount: number): Promise<unknown> =>
			(
				await graphql(
					'commercial',
					`{ opportunities(filter: { id: { _eq: "${own.deal}" } }) { todo: tasks(filter: { opportunity: { amount_cents: { _eq: ${amount} } } }) { id } } }`,
				)
			).data;
		expect(await listed(own.amount)).toEqual({ opportunities: [{ todo: [{ id: own.task }] }] });
		expect(await listed(hidden.amount)).toEqual({ opportunities: [{ todo: [] }] });
	});

	test('is not in the way of an export, page by page', async () => {
		const reply = await ask(
			directus.url,
			actor('commercial'),
			'GET',
			`/items/tasks?export=csv&fields=id&limit=-1&filter=${encodeURIComponent(JSON.stringify({ opportunity: { amount_cents: { _in: [own.amount, hidden.amount] } } }))}`,
		);
		expect(reply.text.split('\n').slice(1)).toEqual([`"${own.task}"`]);
	});
});

describe('is refused, in a sentence that says what to do:', () => {
	test.each([
		['a sort through a list', 'companies', { sort: ['-opportunities.amount_cents'] }],
		['a sort through a row', 'tasks', { sort: ['opportunity.amount_cents'] }],
		['a sort by a number of rows', 'companies', { sort: ['-count(opportunities)'] }],
		['a sort by a list', 'companies', { sort: ['opportunities'] }],
		['a group by a number of rows', 'companies', { groupBy: ['count(opportunities)'], aggregate: { count: '*' }, fields: undefined }],
		['a sort through an implicit relation', 'companies', { sort: ['$FOLLOW(opportunities, company).amount_cents'] }],
		['a sort of a list inside a row', 'people', { fields: ['company.tasks.id'], deep: { company: { tasks: { _sort: ['opportunity.amount_cents'] } } } }],
	])('%s', async (_what, collection, asked) => {
		expect(await sentence(collection, asked)).toMatch(
			/^403 Tri ou regroupement impossible par « .* » : vous ne voyez qu’une partie des fiches de ce côté-là \((affaires|tâches)\), .* Choisissez une colonne/,
		);
	});

	test('a filter by a number of rows', async () => {
		for (const filter of [{ 'count(opportunities)': { _gt: 1 } }, { company: { 'count(opportunities)': { _gt: 1 } } }])
			expect(await sentence('company' in filter ? 'tasks' : 'companies', { filter })).toMatch(
				/^403 Filtre impossible sur « count\(opportunities\) » : .* Filtrez sur ce qu’elles contiennent/,
			);
		const reply = await graphql('commercial', '{ companies(filter: { opportunities_func: { count: { _gt: 1 } } }) { id } }');
		expect(reply.errors[0]?.message).toMatch(/^Filtre impossible/);
	});

	test('a change or a deletion of what a query finds, which Directus would look for with full rights', async () => {
		const filter = { _and: [{ id: { _eq: own.task } }, { opportunity: { amount_cents: { _gt: 1 } } }] };
		for (const [method, body] of [
			['PATCH', { query: { filter }, data: { title: 'Changé' } }],
			['DELETE', { query: { filter } }],
		] as const)
			expect(await ask(directus.url, actor('commercial'), method, '/items/tasks', body)).toMatchObject({
				status: 403,
				errors: [{ message: expect.stringMatching(/^Modifier ou supprimer par requête est réservé à l’administrateur\. Désignez/) }],
			});
		expect((await ask(directus.url, actor('commercial'), 'PATCH', '/items/tasks', { keys: [own.task], data: { title: 'Rappeler' } })).status).toBe(200);
	});
});

test('sorts and counts go on where the other side is seen whole', async () => {
	for (const [label, collection, asked] of [
		['commercial', 'tasks', { sort: ['company.name'] }],
		['commercial', 'subscriptions', { sort: ['company.name'] }],
		['commercial', 'companies', { sort: ['count(people)'], filter: { 'count(people)': { _gte: 0 } } }],
		['finance', 'companies', { sort: ['-opportunities.amount_cents'] }],
		['direction', 'tasks', { sort: ['opportunity.amount_cents'] }],
		['commercial', 'tasks', { sort: ['-assignee.last_name', 'due_at'] }],
	] as const)
		expect([label, collection, (await query(directus.url, actor(label), collection, { fields: ['id'], limit: 1, ...asked })).status]).toEqual([
			label,
			collection,
			200,
		]);
});

test('the administrator is not held back', async () => {
	const found = (await directus.admin.request(() => ({
		method: 'SEARCH',
		path: '/items/companies',
		body: JSON.stringify({
			query: { filter: { opportunities: { amount_cents: { _eq: hidden.amount } } }, sort: ['-opportunities.amount_cents'], fields: ['id'] },
		}),
	}))) as { id: string }[];
	expect(found).toEqual([{ id: hidden.company }]);
});

test('a rule that changes holds at the next query', async () => {
	const filter = { opportunity: { amount_cents: { _eq: hidden.amount } } };
	expect(await find('tasks', filter)).toEqual([]);
	await directus.database('opportunities').where({ id: hidden.deal }).update({ team: cast.team.mine });
	expect(await find('tasks', filter)).toEqual([hidden.task]);
	await directus.database('opportunities').where({ id: hidden.deal }).update({ team: cast.team.other });
	await directus
		.database('directus_users')
		.where({ id: actor('commercial').id })
		.update({ team: cast.team.other });
	expect(await find('tasks', filter)).toEqual([hidden.task]);
	await directus
		.database('directus_users')
		.where({ id: actor('commercial').id })
		.update({ team: cast.team.mine });
	expect(await find('tasks', filter)).toEqual([]);
});

test('what everybody’s lists and bookmarks ask for is answered', async () => {
	for (const one of cast.actors) {
		const role = one.roles[0] as LimitedRole;
		const lists = Object.entries(defaultViews)
			.filter(([collection]) => facts.may(one, collection, 'read'))
			.map(([collection, view]) => ({ name: collection, collection, filter: view.filter ?? {}, view }));
		for (const { name, collection, filter, view } of [...lists, ...(bookmarks[role] ?? [])]) {
			const { sort = [] } = (view.layout_query[view.layout] ?? {}) as { sort?: string[] };
			const reply = await query(directus.url, one, collection, { filter, sort, fields: ['id'], limit: 1 });
			expect([one.label, name, wordsOf(reply)]).toEqual([one.label, name, '200 ']);
		}
	}
});
