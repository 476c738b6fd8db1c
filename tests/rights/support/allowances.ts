import { ask, wordsOf, type Reply } from './ask.ts';
import { conditionedRows, harmlessChange } from './bodies.ts';
import type { Facts } from './facts.ts';
import { spread } from './reads.ts';
import type { Writing } from './refusals.ts';

/** Declared rights must be usable, too: new rows, changes and deletions that the declaration allows go through. */
export async function tryAllowedWrites({ url, facts, ledger, actor, table, planter }: Writing, fresh: () => Promise<Facts>): Promise<void> {
	const path = `/items/${table.name}`;
	const goesThrough = ({ status }: Reply): boolean => status === 200 || status === 204;
	const note = (action: string, reply: Reply, what: () => string): void =>
		ledger.check(goesThrough(reply), [actor.label, table.name, action], () => `${what()} is refused: ${wordsOf(reply)}`);
	if (facts.may(actor, table.name, 'create') && !table.singleton) {
		const { taken } = conditionedRows(facts, actor, table, planter);
		ledger.check(taken.length > 0, [actor.label, table.name, 'create'], () => 'no new row meets the condition');
		for (const body of spread(taken, 2)) {
			const reply = await ask(url, actor, 'POST', path, body);
			note('create', reply, () => JSON.stringify(body));
		}
	}
	const change = harmlessChange(facts, actor, table, planter);
	if (!change && !facts.may(actor, table.name, 'delete')) return;
	for (const action of ['update', 'delete'] as const) {
		const open = [...(facts.rows.get(table.name) ?? [])].filter(([, row]) => facts.mayTouch(actor, table.name, action, row)).map(([id]) => id);
		if (action === 'update' && !change) continue;
		for (const id of spread(open, action === 'update' ? 2 : 1)) {
			const reply = table.singleton
				? await ask(url, actor, 'PATCH', path, change)
				: action === 'update'
					? await ask(url, actor, 'PATCH', `${path}/${id}`, change)
					: await ask(url, actor, 'DELETE', `${path}/${id}`);
			// What an earlier write changed may have changed whose the row is.
			const row = goesThrough(reply) ? undefined : (await fresh()).rows.get(table.name)?.get(id);
			if (!goesThrough(reply) && !row) continue;
			note(action, reply, () => `${id} ${JSON.stringify(change)}`);
		}
	}
}
