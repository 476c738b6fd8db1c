import { createHash } from 'node:crypto';
import { currentCopy } from './copies.ts';

/**
 * Every row of the demo has a uuid of version 5 form that begins with this prefix; Directus makes version 4. So the demo
 * recognises its rows in any table without keeping a list, and can never take a row of the staff for its own.
 */
const prefix = 'de300000-0000-5';

/** First and last uuid that a demo row can have: both databases order uuids as their text. */
export const demoIdRange: readonly [string, string] = [`${prefix}000-8000-000000000000`, `${prefix}fff-bfff-ffffffffffff`];

export const isDemoId = (id: unknown): boolean => typeof id === 'string' && id >= demoIdRange[0] && id <= demoIdRange[1];

/** What the copies of the company share with the demo: its staff, what it sells, and the firm that its reseller signs in for. */
const shared = new Set(['directus_users', 'teams', 'products', 'companies/reseller-0']);

/**
 * The id of a row from its collection and its own key in the demo; the same on every machine. Ids of a copy begin with its
 * number: they lie together in each index, which a hundred copies are written much faster for.
 */
export function demoId(collection: string, key: string | number): string {
	const copy = shared.has(collection) || shared.has(`${collection}/${key}`) ? 0 : currentCopy();
	const hashed = createHash('sha1')
		.update(copy === 0 ? `${collection}/${key}` : `${copy}/${collection}/${key}`)
		.digest('hex');
	const digest = copy === 0 ? hashed : copy.toString(16).padStart(3, '0') + hashed.slice(3);
	const variant = ((Number.parseInt(digest[3] ?? '0', 16) & 3) | 8).toString(16);
	return `${prefix}${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}`;
}
