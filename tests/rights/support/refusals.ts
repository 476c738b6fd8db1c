import { ask, wordsOf, type Reply } from './ask.ts';
import { conditionedRows, forgeries, harmlessChange, newRow, type Body } from './bodies.ts';
import { spread, type Asked } from './reads.ts';
import { tableNamed, tables } from './schema.ts';
import type { Planter } from './world.ts';

export type Writing = Asked & { planter: Planter };

/**
 * Refused: forbidden, not valid (a condition that is not met, a field that the product computes), or against what the
 * product holds of the row (409: a quote that was sent). Never an accident (500).
 */
const isTurnedDown = ({ status }: Reply): boolean => [400, 401, 403, 409].includes(status);

/** Rows that somebody may change or delete, and rows that they may not. */
function rowsBy({ facts, actor, table }: Asked, action: 'update' | 'delete'): { open: string[]; closed: string[] } {
	const open: string[] = [];
	const closed: string[] = [];
	for (const [id, row] of facts.rows.get(table.name) ?? []) (facts.mayTouch(actor, table.name, action, row) ? open : closed).push(id);
	return { open, closed };
}

/**
 * Everything that somebody may not write in a collection, tried. None of it may change a single value: who calls this
 * compares the database before and after.
 */
export async function tryForbiddenWrites(writing: Writing): Promise<void> {
	const { url, facts, ledger, actor, table, planter } = writing;
	const path = `/items/${table.name}`;
	const send = async (action: string, what: string, method: string, to: string, body?: Body | Body[] | string[]): Promise<void> => {
		const reply = await ask(url, actor, method, to, body);
		ledger.check(isTurnedDown(reply), [actor.label, table.name, action], () => `${what} is not refused: ${wordsOf(reply)} ${JSON.stringify(body)}`);
	};
	/** All forged fields at once: a refusal names each; one that it does not name is tried alone. */
	const forge = async (action: string, method: string, to: string, base: () => Body, which: 'sets' | 'changes'): Promise<void> => {
		const forged = forgeries(facts, actor, table, which);
		if (forged.length === 0) return;
		const whole = await ask(url, actor, method, to, { ...base(), ...(Object.assign({}, ...forged) as Body) });
		const words = isTurnedDown(whole) ? whole.text : '';
		const unnamed = forged.filter((one) => !Object.keys(one).every((field) => new RegExp(`[" (]${field}[" )\\\\,]`).test(words)));
		for (const one of forged) if (!unnamed.includes(one)) ledger.check(true, [actor.label, table.name, action], () => '');
		for (const one of unnamed) await send(action, 'a forged field', method, to, { ...base(), ...one });
	};
	if (facts.may(actor, table.name, 'create') && !table.singleton) {
		const { taken, refused } = conditionedRows(facts, actor, table, planter);
		for (const body of spread(refused, 4)) await send('create', 'a new row outside the condition', 'POST', path, body);
		await forge('create', 'POST', path, () => ({ ...taken[0], ...newRow(facts, actor, table) }), 'sets');
		const [first] = forgeries(facts, actor, table, 'sets');
		if (first) await send('create', 'a forged field in an array', 'POST', path, [newRow(facts, actor, table), { ...newRow(facts, actor, table), ...first }]);
	} else if (!table.singleton) await send('create', 'a new row', 'POST', path, newRow(facts, actor, table, { [table.columns[1]?.name ?? 'id']: 'x' }));

	if (table.singleton) {
		if (!facts.may(actor, table.name, 'update')) await send('update', 'the one row', 'PATCH', path, { [table.columns[1]?.name ?? 'id']: 'x' });
		else await forge('update', 'PATCH', path, () => ({}), 'changes');
		return;
	}
	const updates = rowsBy(writing, 'update');
	const change = harmlessChange(facts, actor, table, planter) ?? { [table.columns[1]?.name ?? 'id']: 'x' };
	for (const id of spread(updates.closed, 4)) await send('update', `row ${id}`, 'PATCH', `${path}/${id}`, change);
	const [allowed] = updates.open;
	const [closed] = updates.closed;
	if (allowed) await forge('update', 'PATCH', `${path}/${allowed}`, () => ({}), 'changes');
	if (allowed && closed) {
		await send('update', 'a row in a batch', 'PATCH', path, [
			{ [table.key]: allowed, ...change },
			{ [table.key]: closed, ...change },
		]);
		await send('update', 'a row among keys', 'PATCH', path, { keys: [allowed, closed], data: change } as unknown as Body);
	}
	const deletions = rowsBy(writing, 'delete');
	for (const id of spread(deletions.closed, 2)) await send('delete', `row ${id}`, 'DELETE', `${path}/${id}`);
	const [mine] = deletions.open;
	const [theirs] = deletions.closed;
	if (mine && theirs) await send('delete', 'a row among others', 'DELETE', path, [mine, theirs]);
}

/** Writes through a row that somebody may change into rows, or fields, that they may not. */
export async function tryNestedWrites({ url, facts, ledger, actor, table, planter }: Writing): Promise<void> {
	const [parent] = [...(facts.rows.get(table.name) ?? [])].filter(([, row]) => facts.mayTouch(actor, table.name, 'update', row)).map(([id]) => id);
	if (!parent || table.singleton) return;
	const changes = facts.fields(actor, table.name, 'changes');
	const send = async (what: string, body: Body): Promise<void> => {
		const reply = await ask(url, actor, 'PATCH', `/items/${table.name}/${parent}`, body);
		ledger.check(
			isTurnedDown(reply) || (what.endsWith('taken off') && reply.status === 200),
			[actor.label, table.name, 'nested'],
			() => `${what} is not refused: ${wordsOf(reply)} ${JSON.stringify(body)}`,
		);
	};
	for (const { field, of, by } of spread(
		table.lists.filter((list) => changes.has(list.field) && !list.of.startsWith('directus_')),
		4,
	)) {
		const child = tableNamed(of);
		const rows = [...(facts.rows.get(of) ?? [])];
		const change = harmlessChange(facts, actor, child, planter) ?? { [child.columns[1]?.name ?? 'id']: 'x' };
		const foreign = rows.find(([, row]) => !facts.mayTouch(actor, of, 'update', row))?.[0];
		// Directus passes over rows that are not the parent's, or not seen: then nothing may have happened, which the caller checks.
		const kept = rows.find(([, row]) => row[by] === parent && !facts.mayTouch(actor, of, 'delete', row) && !facts.mayTouch(actor, of, 'update', row))?.[0];
		if (!facts.may(actor, of, 'create'))
			await send(`a new row of ${of}`, { [field]: { create: [newRow(facts, actor, child, change)], update: [], delete: [] } });
		else
			for (const forged of spread(
				forgeries(facts, actor, child, 'sets').filter((one) => !(by in one)),
				2,
			))
				await send(`a forged new row of ${of}`, { [field]: { create: [{ ...newRow(facts, actor, child), ...forged }], update: [], delete: [] } });
		if (foreign) await send(`${foreign} of ${of} changed`, { [field]: { create: [], update: [{ [child.key]: foreign, ...change }], delete: [] } });
		if (foreign) await send(`${foreign} of ${of} taken over`, { [field]: { create: [], update: [{ [child.key]: foreign, [by]: parent }], delete: [] } });
		if (kept) await send(`${kept} of ${of} taken off`, { [field]: { create: [], update: [], delete: [kept] } });
	}
	for (const { name, target = '' } of spread(
		table.columns.filter((column) => column.target && tables.has(column.target) && changes.has(column.name)),
		3,
	)) {
		const other = tableNamed(target);
		const change = harmlessChange(facts, actor, other, planter) ?? { [other.columns[1]?.name ?? 'id']: 'x' };
		const foreign = [...(facts.rows.get(target) ?? [])].find(([, row]) => !facts.mayTouch(actor, target, 'update', row))?.[0];
		if (foreign) await send(`${foreign} of ${target} changed`, { [name]: { [other.key]: foreign, ...change } });
		if (!facts.may(actor, target, 'create')) await send(`a new row of ${target}`, { [name]: newRow(facts, actor, other, change) });
		else
			for (const forged of spread(forgeries(facts, actor, other, 'sets'), 2))
				await send(`a forged new row of ${target}`, { [name]: { ...newRow(facts, actor, other), ...forged } });
	}
	for (const { name, target } of spread(
		table.columns.filter((column) => column.target === 'directus_users' && changes.has(column.name)),
		1,
	))
		if (target) await send('somebody else’s profile', { [name]: { id: planter.stranger, first_name: 'Pirate' } });
}
