import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { count, hireSalesPeople, newLead, readLead, sumOf } from './support.ts';

let directus: TestDirectus;

beforeAll(async () => {
	directus = await startDirectus();
	await hireSalesPeople(directus.admin, 2, 500);
});
afterAll(() => directus.close());

const create = async (over: Record<string, unknown> = {}): Promise<string> =>
	(await call<{ id: string }>(directus.admin, 'POST', '/items/leads', newLead(over))).id;

test('a changed fact scores the lead again, keeps the history and tells the owner when the grade changes', async () => {
	const id = await create({ timing: 'later', budget_cents: null, industry: null });
	const before = await readLead(directus.admin, id);
	await call(directus.admin, 'PATCH', `/items/leads/${id}`, {
		demo_requested_at: new Date().toISOString(),
		trial_started_at: new Date().toISOString(),
		pricing_viewed_at: new Date().toISOString(),
		pages_viewed: 40,
	});
	const after = await readLead(directus.admin, id);
	expect(after.points).toBeGreaterThan(before.points);
	expect(sumOf(after)).toBe(after.points);
	expect(after.grade).not.toBe(before.grade);
	expect(after.scores).toHaveLength(2);
	expect(after.scores).toContainEqual(expect.objectContaining({ previous_grade: before.grade, grade: after.grade, cause: 'updated' }));
	await expect.poll(() => count(directus.database, 'jobs', { kind: 'leads.grade_changed', item: id, state: 'done' }), { timeout: 8000 }).toBe(1);
});

test('a change without meaning for the score writes no history', async () => {
	const id = await create();
	await call(directus.admin, 'PATCH', `/items/leads/${id}`, { city: 'Amiens' });
	expect(await count(directus.database, 'lead_scores', { lead: id })).toBe(1);
});

test('two people who change a lead at the same time lose nothing: the score follows from both changes', async () => {
	for (let round = 0; round < 5; round++) {
		const id = await create({ timing: null, budget_cents: null, employees: null, size_band: null });
		await Promise.all([
			call(directus.admin, 'PATCH', `/items/leads/${id}`, { timing: 'now' }),
			call(directus.admin, 'PATCH', `/items/leads/${id}`, { employees: 120 }),
			call(directus.admin, 'PATCH', `/items/leads/${id}`, { budget_cents: 9_000_000 }),
		]);
		const together = await readLead(directus.admin, id);
		const reference = await readLead(directus.admin, await create({ timing: 'now', employees: 120, budget_cents: 9_000_000, size_band: null }));
		expect(together.points).toBe(reference.points);
	}
});

test('what the history tells of a lead is whole: whoever restores a score does not empty the rest', async () => {
	const last_name = 'Delorme';
	const id = await create({ last_name, city: 'Amiens', timing: null });
	await call(directus.admin, 'PATCH', `/items/leads/${id}`, { city: 'Brest', timing: 'now' });
	const history = async () =>
		await call<{ data: Record<string, unknown>; delta: Record<string, unknown> | null }[]>(directus.admin, 'GET', '/revisions', undefined, {
			'filter[collection][_eq]': 'leads',
			'filter[item][_eq]': id,
			fields: 'id,collection,item,data,delta,activity.*',
			sort: 'id',
		});
	const noted = await history();
	const scored = noted.filter(({ delta }) => delta && 'points' in delta && !('last_name' in delta));
	expect(scored).toHaveLength(2);
	expect(scored.map(({ data }) => ({ last_name: data['last_name'], city: data['city'] }))).toEqual([{ last_name, city: 'Amiens' }, { last_name, city: 'Brest' }]); // prettier-ignore
	// Of the demo's leads nobody noted the creation.
	await directus.database('directus_activity').where({ collection: 'leads', item: id, action: 'create' }).delete();
	expect((await history()).at(0)?.data).toMatchObject({ last_name });
});

test('many leads changed in one call are each scored from their own row', async () => {
	const ids = [await create({ employees: 5, size_band: null }), await create({ employees: 500, size_band: null })];
	await call(directus.admin, 'PATCH', '/items/leads', { keys: ids, data: { timing: 'now' } });
	for (const id of ids) {
		const lead = await readLead(directus.admin, id);
		expect(sumOf(lead)).toBe(lead.points);
		expect(lead.scores).toHaveLength(2);
	}
	const [small, large] = await Promise.all(ids.map((id) => readLead(directus.admin, id)));
	expect(small?.points).not.toBe(large?.points);
});

test('a changed criterion holds for the very next lead', async () => {
	const rule = await call<{ id: string }>(directus.admin, 'POST', '/items/scoring_rules', {
		name: 'Ville de Romorantin',
		side: 'fit',
		field: 'need',
		operator: 'contains',
		value: 'romorantin',
		points: 17,
		active: true,
	});
	const lead = await readLead(directus.admin, await create({ need: 'Un projet à Romorantin.' }));
	expect(lead.reasons).toContainEqual(expect.objectContaining({ name: 'Ville de Romorantin', points: 17 }));
	await call(directus.admin, 'DELETE', `/items/scoring_rules/${rule.id}`);
	const next = await readLead(directus.admin, await create({ need: 'Un projet à Romorantin.' }));
	expect(next.reasons.map(({ name }) => name)).not.toContain('Ville de Romorantin');
});

test('a criterion that cannot be read is refused in French, on its value', async () => {
	await expect(
		call(directus.admin, 'POST', '/items/scoring_rules', {
			name: 'Illisible',
			side: 'fit',
			field: 'employees',
			operator: 'at_least',
			value: 'beaucoup',
			points: 5,
			active: true,
		}),
	).rejects.toThrow(/FAILED_VALIDATION/);
	expect(await count(directus.database, 'scoring_rules', { name: 'Illisible' })).toBe(0);
});

test('a call noted on the lead counts as its first contact', async () => {
	const id = await create();
	const at = new Date().toISOString();
	await call(directus.admin, 'POST', '/items/interactions', { lead: id, kind: 'call', direction: 'outbound', subject: 'Premier appel', at });
	expect((await readLead(directus.admin, id)).first_contact_at).not.toBeNull();
});

test('computed fields cannot be set from outside, not even by an administrator', async () => {
	const id = await create();
	for (const forged of [{ points: 99 }, { grade: 'A1' }, { reasons: [] }, { assignment: {} }, { counted_for: null }])
		await expect(call(directus.admin, 'PATCH', `/items/leads/${id}`, forged)).rejects.toThrow(/calculé/);
	await expect(call(directus.admin, 'POST', '/items/leads', newLead({ points: 99 }))).rejects.toThrow(/calculé/);
});
