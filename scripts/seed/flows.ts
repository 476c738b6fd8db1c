import { createHash } from 'node:crypto';
import { isObject } from '../schema/merge.ts';
import type { Json } from '../schema/snapshot.ts';
import type { Row } from '../support/client.ts';
import type { Seed } from './format.ts';

/**
 * In a seed a flow holds its operations (`operations: [{ key, type, options, resolve, reject }]`) and names them by
 * key; here that becomes the rows of Directus's two tables, which point at each other by id.
 */
export type Flow = { row: Row; operations: Row[] };

/** Ids that follow from the flow and the operation's key: the same on every instance, without writing each one down. */
const idFor = (flow: string, key: string): string => {
	const hex = createHash('sha256').update(`${flow}/${key}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Every flow of the seeds with its operations, wherever they are written: inside it or in a seed of their own. */
export function readFlows(seeds: Seed[]): Flow[] {
	const loose = seeds.filter(({ collection }) => collection === 'directus_operations').flatMap(({ rows }) => rows);
	return seeds.filter(({ collection }) => collection === 'directus_flows').flatMap(({ rows }) => rows.map((row) => readFlow(row, loose)));
}

function readFlow({ operations, ...row }: Row, loose: Row[]): Flow {
	const flow = String(row.id);
	const own = [...(Array.isArray(operations) ? operations.filter(isObject) : []), ...loose.filter((operation) => operation.flow === row.id)];
	const ids = new Map(own.map((operation) => [operation.key, operation.id ?? idFor(flow, String(operation.key))]));
	const idOf = (reference: Json | undefined): Json => ids.get(reference ?? null) ?? reference ?? null;
	const places = layOut(own, row.operation);
	return {
		row: { ...row, operation: idOf(row.operation) },
		operations: own.map((operation) => ({
			...places.get(String(operation.key)),
			name: operation.key ?? null,
			options: {},
			...operation,
			id: idOf(operation.key),
			flow,
			resolve: idOf(operation.resolve),
			reject: idOf(operation.reject),
		})),
	};
}

/** Places in the editor for operations that state none: successes to the right, failures below. */
function layOut(operations: Row[], entry: Json | undefined): Map<string, Row> {
	const places = new Map<string, Row>();
	const byKey = new Map(operations.flatMap((operation) => [operation.key, operation.id].filter(Boolean).map((name) => [String(name), operation] as const)));
	const place = (name: Json | undefined, column: number, line: number): void => {
		const operation = byKey.get(String(name));
		if (!operation || places.has(String(operation.key))) return;
		places.set(String(operation.key), { position_x: 19 + 18 * column, position_y: 1 + 18 * line });
		place(operation.resolve, column + 1, line);
		place(operation.reject, column + 1, line + 1);
	};
	place(entry, 0, 0);
	operations
		.filter(({ key }) => !places.has(String(key)))
		.forEach(({ key }, index) => places.set(String(key), { position_x: 19 + 18 * index, position_y: 55 }));
	return places;
}

/** Operations from the last to the first, so that each is written after those that it leads to. */
export function targetsFirst(operations: Row[]): Row[] {
	const byId = new Map(operations.map((operation) => [operation.id, operation]));
	const sorted = new Set<Row>();
	const visit = (operation: Row | undefined): void => {
		if (!operation || sorted.has(operation)) return;
		visit(byId.get(operation.resolve ?? null));
		visit(byId.get(operation.reject ?? null));
		sorted.add(operation);
	};
	operations.forEach(visit);
	return [...sorted];
}

/**
 * Stored operations whose targets change, with both targets cleared: the columns are unique, and A→C cannot become
 * A→B→C row by row otherwise.
 */
export function unlinked(wanted: Row[], stored: Row[]): Row[] {
	const byId = new Map(wanted.map((row) => [row.id, row]));
	return stored
		.filter((row) => {
			const next = byId.get(row.id ?? null);
			return next && ((row.resolve !== null && row.resolve !== next.resolve) || (row.reject !== null && row.reject !== next.reject));
		})
		.map(({ id }) => ({ id: id ?? null, resolve: null, reject: null }));
}
