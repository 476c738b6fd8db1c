import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from './snapshot.ts';

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Deep merge of plain objects; arrays and scalars of `over` win. `{ $replace: x }` puts x in place of a whole object. */
export function merge(base: JsonObject, over: JsonObject | undefined): JsonObject {
	const result: JsonObject = { ...base };
	for (const [key, value] of Object.entries(over ?? {})) {
		const current = result[key];
		if (isObject(value) && '$replace' in value) result[key] = value.$replace as Json;
		else result[key] = isObject(current) && isObject(value) ? merge(current, value) : value;
	}
	return result;
}

/** The smallest `over` for which `merge(base, over)` is `wanted`; undefined when they are equal. */
export function difference(base: JsonObject, wanted: JsonObject): JsonObject | undefined {
	const over: JsonObject = {};
	if (Object.keys(base).some((key) => !(key in wanted))) return { $replace: wanted };
	for (const [key, value] of Object.entries(wanted)) {
		const current = base[key];
		if (isDeepStrictEqual(current, value)) continue;
		if (isObject(current) && isObject(value)) {
			const inner = difference(current, value);
			if (inner) over[key] = inner;
		} else over[key] = value;
	}
	return Object.keys(over).length ? over : undefined;
}
