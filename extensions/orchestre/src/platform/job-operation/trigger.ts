/** What a flow hands its operations as `$trigger`, in every shape that Directus 11 uses. */
type Trigger = { key?: unknown; keys?: unknown; body?: { keys?: unknown } } | null | undefined;

/**
 * The rows that a run is about: `key` of a create, `keys` of an update or delete, the selection of a manual flow. Null for a
 * schedule, or a manual flow without selection.
 */
export function itemsOf(trigger: unknown): string[] | null {
	const { key, keys, body } = (trigger as Trigger) ?? {};
	if (Array.isArray(keys)) return keys.map(String);
	if (Array.isArray(body?.keys) && body.keys.length > 0) return body.keys.map(String);
	return key === undefined || key === null ? null : [String(key)];
}

/** The minute that a scheduled run stands for, in UTC: several instances, or a second run, mean the same work. */
export const minuteSlot = (at: Date): string => at.toISOString().slice(0, 16);
