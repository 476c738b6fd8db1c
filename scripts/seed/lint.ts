import { isObject } from '../schema/merge.ts';
import type { Json } from '../schema/snapshot.ts';
import type { Row } from '../support/client.ts';
import { keyOf } from './compare.ts';
import { readFlows } from './flows.ts';
import type { Flow } from './flows.ts';
import type { Seed } from './format.ts';

/** What the flows are judged against. */
export type FlowContext = {
	/** Types of operations that exist: Directus's own and the bundle's. */
	operationTypes: Set<string>;
	collections: Set<string>;
	isCron: (rule: string) => boolean;
};

/** Directus's own operations, as of 11.17.4. */
export const builtInOperations = [
	'condition', 'exec', 'item-create', 'item-delete', 'item-read', 'item-update', 'json-web-token', 'log', 'mail', 'notification', 'request', 'sleep', 'throw-error', 'transform', 'trigger',
]; // prettier-ignore

const writes = new Set(['item-create', 'item-update', 'item-delete']);
const acting = new Set([...writes, 'item-read', 'notification']);

/** Rows that two seeds, or one twice, claim under the same key. */
export function findDuplicates(seeds: Seed[]): string[] {
	const seen = new Set<string>();
	const faults: string[] = [];
	for (const { name, collection, key, rows } of seeds) {
		if (rows.length === 1 && rows[0]?.[[key].flat()[0] ?? ''] === undefined) continue;
		for (const row of rows) {
			const place = `${collection} ${keyOf(row, [key].flat())}`;
			if (seen.has(place)) faults.push(`seeds/${name}: ${place} is there twice`);
			seen.add(place);
		}
	}
	return faults;
}

/**
 * Faults of the flows of the seeds. A cycle of operations kills the server for good, a second way into an operation
 * cannot be stored, an unknown type stops a flow without a word: all of it is refused before anything is written.
 */
export function lintFlows(seeds: Seed[], context: FlowContext): string[] {
	const flows = readFlows(seeds);
	const faults = flows.flatMap((flow) => flowFaults(flow, flows, context).map((fault) => `${String(flow.row.name)}: ${fault}`));
	const ring = findRing(flows.map(({ row, operations }) => [String(row.id), triggeredBy(operations)] as const));
	if (ring) faults.push(`flows trigger each other in a ring: ${ring.map((id) => String(flows.find(({ row }) => row.id === id)?.row.name ?? id)).join(' → ')}`);
	return faults;
}

const triggeredBy = (operations: Row[]): string[] =>
	operations.filter(({ type }) => type === 'trigger').map(({ options }) => String(isObject(options) ? options.flow : ''));

function flowFaults({ row, operations }: Flow, flows: Flow[], context: FlowContext): string[] {
	const faults: string[] = [];
	const options = isObject(row.options) ? row.options : {};
	const ids = new Set(operations.map(({ id }) => id));
	if (row.accountability === undefined) faults.push('accountability is not stated (all, activity or null)');
	if (row.trigger === 'schedule' && !context.isCron(String(options.cron))) faults.push(`"${String(options.cron)}" is no cron rule`);
	for (const collection of listOf(options.collections))
		if (!context.collections.has(String(collection))) faults.push(`there is no collection "${String(collection)}"`);
	if (operations.length > 0 && !ids.has(row.operation ?? null)) faults.push('its entry (operation) is none of its operations');
	const keys = operations.map(({ key }) => key);
	for (const key of new Set(keys.filter((value, index) => keys.indexOf(value) !== index))) faults.push(`two operations have the key "${String(key)}"`);
	for (const way of ['resolve', 'reject'] as const) {
		const targets = operations.map((operation) => operation[way]).filter((target) => target !== null);
		for (const target of targets) if (!ids.has(target ?? null)) faults.push(`${way} leads to ${String(target)}, which is none of its operations`);
		if (new Set(targets).size < targets.length) faults.push(`two operations ${way} to the same one`);
	}
	const ring = findRing(operations.map(({ id, resolve, reject }) => [String(id), [resolve, reject].filter((next) => next !== null).map(String)] as const));
	if (ring) faults.push(`its operations run in a ring: ${ring.map((id) => String(operations.find((operation) => operation.id === id)?.key)).join(' → ')}`);
	for (const operation of operations) faults.push(...operationFaults(operation, options, flows, context).map((fault) => `${String(operation.key)} ${fault}`));
	return faults;
}

function operationFaults({ type, options }: Row, trigger: Row, flows: Flow[], context: FlowContext): string[] {
	const faults: string[] = [];
	const own = isObject(options) ? options : {};
	if (!context.operationTypes.has(String(type))) return [`is of the unknown type "${String(type)}"`];
	if (acting.has(String(type)) && own.permissions === undefined) faults.push('does not state its permissions');
	if (type === 'trigger' && !flows.some(({ row }) => row.id === own.flow)) faults.push('triggers a flow that is not seeded');
	if (typeof own.collection === 'string' && !own.collection.includes('{') && !context.collections.has(own.collection))
		faults.push(`works on "${own.collection}", which does not exist`);
	if (writes.has(String(type)) && own.emitEvents === true && listOf(trigger.collections).includes(own.collection ?? null))
		faults.push('emits events on the collection that triggers the flow: it would run without end');
	return faults;
}

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

/** A ring in a graph given as [node, successors], from a node back to itself; undefined when there is none. */
export function findRing(graph: (readonly [string, string[]])[]): string[] | undefined {
	const next = new Map(graph);
	const done = new Set<string>();
	const walk = (node: string, path: string[]): string[] | undefined => {
		if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
		if (done.has(node)) return undefined;
		for (const successor of next.get(node) ?? []) {
			const ring = walk(successor, [...path, node]);
			if (ring) return ring;
		}
		done.add(node);
		return undefined;
	};
	for (const [node] of graph) {
		const ring = walk(node, []);
		if (ring) return ring;
	}
	return undefined;
}
