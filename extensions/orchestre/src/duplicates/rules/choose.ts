import type { Kind } from './kinds.ts';

/** Pure rules of what a merge proposes: which record is kept, and whose value each field gets. Values as Directus gives them. */
export type Values = Record<string, unknown>;
export type Side = 'kept' | 'gone' | 'both';

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Fields that say one thing together: taken from one record or the other, never mixed. The first names the set. */
export const sets: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
	companies: [
		['street', 'street_extra', 'postal_code', 'city', 'region', 'country'],
		['electronic_address', 'electronic_address_scheme'],
		['owner', 'team'],
	],
	people: [
		['email_consent', 'email_consent_at', 'email_consent_proof'],
		['phone_consent', 'phone_consent_at', 'phone_consent_proof'],
		['street', 'street_extra', 'postal_code', 'city', 'country'],
		['owner', 'team'],
	],
	leads: [
		['email_consent', 'phone_consent', 'consent_at', 'consent_proof'],
		['city', 'region', 'country'],
		['owner', 'team'],
	],
};

/** Never chosen: who a record is, what state it is in, and what the product alone writes. */
export const settled: Readonly<Record<Kind, readonly string[]>> = {
	companies: ['id', 'archived', 'parent'],
	people: ['id', 'archived', 'user'],
	leads: ['id', 'archived', 'status', 'lost_reason'],
};

/** Columns of other systems that only the product writes: the kept record takes over what it lacks. */
export const carried: Readonly<Record<Kind, readonly string[]>> = {
	companies: ['stripe_customer_id', 'quickbooks_id', 'slack_channel', 'parent'],
	people: ['mailchimp_id', 'user'],
	leads: [],
};

const rank = (order: readonly string[], value: unknown): number => order.indexOf(String(value));
const lifecycles = ['none', 'prospect', 'churned', 'onboarding', 'at_risk', 'active'];

/** A refusal outlives an earlier consent; between two answers the later one stands. */
function consentSide(field: string, kept: Values, gone: Values): Side {
	const [mine, theirs] = [kept[field] ?? 'unknown', gone[field] ?? 'unknown'];
	if (mine === theirs || theirs === 'unknown') return 'kept';
	if (mine === 'unknown') return 'gone';
	const at = (row: Values): number => Date.parse(String(row[`${field}_at`] ?? row['consent_at'] ?? '')) || 0;
	if (at(kept) === at(gone)) return theirs === 'refused' ? 'gone' : 'kept';
	return at(gone) > at(kept) ? 'gone' : 'kept';
}

/** Whether a look-up, and no person, wrote the value (`enrichment` says which fields came from where). */
function isLookedUp(row: Values, field: string): boolean {
	const sources = row['enrichment'];
	return typeof sources === 'object' && sources !== null && field in sources;
}

/** Whose value a field (or the set that it names) gets unless somebody chooses: what is there before what is not, a person's before a look-up's. */
export function defaultSide(field: string, kept: Values, gone: Values, isText: boolean): Side {
	if (field.endsWith('_consent')) return consentSide(field, kept, gone);
	const [mine, theirs] = [kept[field], gone[field]];
	if (isEmpty(theirs)) return 'kept';
	if (isEmpty(mine)) return 'gone';
	if (mine === theirs) return 'kept';
	if (typeof mine === 'boolean') return theirs === true ? 'gone' : 'kept';
	if (field === 'lifecycle') return rank(lifecycles, theirs) > rank(lifecycles, mine) ? 'gone' : 'kept';
	if (field === 'client_since') return String(theirs) < String(mine) ? 'gone' : 'kept';
	if (isText || Array.isArray(mine)) return 'both';
	return isLookedUp(kept, field) && !isLookedUp(gone, field) ? 'gone' : 'kept';
}

/** The value that a choice stands for. Two texts follow each other, two lists become one without repeats. */
export function valueOf(side: Side, mine: unknown, theirs: unknown): unknown {
	if (side === 'kept') return mine ?? null;
	if (side === 'gone') return theirs ?? null;
	if (isEmpty(mine) || isEmpty(theirs)) return isEmpty(mine) ? (theirs ?? null) : mine;
	if (Array.isArray(mine) && Array.isArray(theirs)) return [...new Set([...(mine as unknown[]), ...(theirs as unknown[])])];
	return mine === theirs || String(mine).includes(String(theirs)) ? mine : `${String(mine)}\n\n${String(theirs)}`;
}

const weight = (kind: Kind, row: Values): number[] => [
	Number(kind === 'leads' && row['status'] === 'converted'),
	Number(kind === 'people' && !isEmpty(row['user'])),
	Number(Boolean(row['is_client'])),
	Number(!isEmpty(row['siren'])),
	Object.values(row).filter((value) => !isEmpty(value) && value !== false && value !== 0).length,
];

/** True when the first of two records is the one to keep: converted or client, with SIREN, the fuller, the older, else by id. */
export function keepsFirst(kind: Kind, one: Values, other: Values): boolean {
	const [mine, theirs] = [weight(kind, one), weight(kind, other)];
	for (const [index, value] of mine.entries()) if (value !== theirs[index]) return value > (theirs[index] ?? 0);
	const created = (row: Values): number => new Date((row['date_created'] as string | number | Date | null) ?? 0).getTime();
	if (created(one) !== created(other)) return created(one) < created(other);
	return String(one['id']) < String(other['id']);
}
