import { createHash } from 'node:crypto';

/**
 * Every row of the demo has a uuid of version 5 form that begins with this prefix; Directus makes version 4. So the demo
 * recognises its rows in any table without keeping a list, and can never take a row of the staff for its own.
 */
const prefix = 'de300000-0000-5';

/** First and last uuid that a demo row can have: both databases order uuids as their text. */
export const demoIdRange: readonly [string, string] = [`${prefix}000-8000-000000000000`, `${prefix}fff-bfff-ffffffffffff`];

export const isDemoId = (id: unknown): boolean => typeof id === 'string' && id >= demoIdRange[0] && id <= demoIdRange[1];

/** The id of a row from its collection and its own key in the demo; the same on every machine. */
export function demoId(collection: string, key: string | number): string {
	const digest = createHash('sha1').update(`${collection}/${key}`).digest('hex');
	const variant = ((Number.parseInt(digest[3] ?? '0', 16) & 3) | 8).toString(16);
	return `${prefix}${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
}
