import { chunks, type Knex } from '../../platform/directus.ts';
import type { Fault, UsageEvent } from './rules/event.ts';

/** Which company is meant by an id, a number of the product’s own, a subscription: the living one. */
export type Owners = { byId: ReadonlyMap<string, string>; byExternalId: ReadonlyMap<string, string>; bySubscription: ReadonlyMap<string, string> };

type Company = { id: string; external_id: string | null; merged_into: string | null };

/** The company that an absorbed one is part of now: merged again and again, its events belong to the last. One statement for each step. */
async function followMerges(knex: Knex, found: readonly Company[]): Promise<(company: Company) => string> {
	const into = new Map<string, string | null>(found.map(({ id, merged_into }) => [id, merged_into]));
	for (;;) {
		const next = [...new Set(into.values())].filter((id) => id !== null && !into.has(id));
		if (next.length === 0) break;
		for (const part of chunks(next, 500))
			for (const { id, merged_into } of (await knex('companies').whereIn('id', part).select('id', 'merged_into')) as Company[]) into.set(id, merged_into);
	}
	return ({ id }) => {
		const seen = new Set<string>();
		let last = id;
		for (let after = into.get(last); after && !seen.has(after); after = into.get(after)) seen.add((last = after));
		return last;
	};
}

/** Companies and subscriptions that a batch names, as far as they are there: a statement each for every five hundred. */
export async function readOwners(knex: Knex, events: readonly UsageEvent[]): Promise<Owners> {
	const named = (field: 'company' | 'company_external_id' | 'subscription'): string[][] =>
		chunks(
			[...new Set(events.map((event) => event[field]))].filter((value) => value !== null),
			500,
		);
	const columns = ['c.id', 'c.external_id', 'c.merged_into'];
	const [companies, subscriptions]: [Company[], (Company & { subscription: string })[]] = [[], []];
	for (const part of named('company')) companies.push(...((await knex('companies as c').whereIn('c.id', part).select(columns)) as Company[]));
	for (const part of named('company_external_id'))
		companies.push(...((await knex('companies as c').whereIn('c.external_id', part).select(columns)) as Company[]));
	for (const part of named('subscription'))
		subscriptions.push(
			...((await knex('subscriptions as s')
				.join('companies as c', 'c.id', 's.company')
				.whereIn('s.id', part)
				.select('s.id as subscription', ...columns)) as (Company & { subscription: string })[]),
		);
	const living = await followMerges(knex, [...companies, ...subscriptions]);
	return {
		byId: new Map(companies.map((company) => [company.id, living(company)])),
		byExternalId: new Map(companies.flatMap((company) => (company.external_id === null ? [] : [[company.external_id, living(company)] as const]))),
		bySubscription: new Map(subscriptions.map((company) => [company.subscription, living(company)])),
	};
}

/** The company of an event; what it says in several ways must agree. */
export function companyOf(event: UsageEvent, { byId, byExternalId, bySubscription }: Owners): string | Fault {
	const unknown = (field: string): Fault => ({ code: 'UNKNOWN_COMPANY', message: `${field} : aucune entreprise ne porte cet identifiant.` });
	const found: string[] = [];
	if (event.company !== null) {
		const company = byId.get(event.company);
		if (!company) return unknown('company');
		found.push(company);
	}
	if (event.company_external_id !== null) {
		const company = byExternalId.get(event.company_external_id);
		if (!company) return unknown('company_external_id');
		found.push(company);
	}
	if (event.subscription !== null) {
		const company = bySubscription.get(event.subscription);
		if (!company) return { code: 'UNKNOWN_SUBSCRIPTION', message: 'subscription : aucun abonnement ne porte cet identifiant.' };
		found.push(company);
	}
	const [first = ''] = found;
	return found.every((company) => company === first)
		? first
		: { code: 'COMPANY_MISMATCH', message: 'company et subscription désignent deux clients différents.' };
}
