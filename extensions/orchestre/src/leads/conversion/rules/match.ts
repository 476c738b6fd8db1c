import { companyKey, nameKey } from '../../../platform/input/name-keys.ts';
import type { LeadFacts } from './types.ts';

/** Pure rules: which company and which person a lead is about, among those that are there. */

export type CompanyCandidate = { id: string; name: string; siren: string | null; name_key: string | null; is_client: boolean };
export type PersonCandidate = { id: string; company: string | null; first_name: string | null; last_name: string; name_key: string | null };

/** An existing row, a new one, nothing to make one of, or a choice that only a person can make (`ambiguous`, a French sentence). */
export type Choice<T> = { kind: 'existing'; row: T } | { kind: 'new' } | { kind: 'none' } | { kind: 'ambiguous'; sentence: string };

const existing = <T>(row: T): Choice<T> => ({ kind: 'existing', row });

/** What the company of this lead is called; a private person's is called like the person. */
export const companyNameOf = ({ company_name, first_name, last_name }: LeadFacts): string | null =>
	company_name?.trim() || [first_name, last_name].filter(Boolean).join(' ').trim() || null;

/**
 * The company by SIREN, else by the exact key of its name. Another SIREN makes another company, whatever its name. `candidates`
 * are the companies with this SIREN or this key.
 */
export function chooseCompany(lead: LeadFacts, candidates: readonly CompanyCandidate[]): Choice<CompanyCandidate> {
	const key = companyKey(lead.company_name);
	const bySiren = lead.siren ? candidates.filter(({ siren }) => siren === lead.siren) : [];
	const byName = key ? candidates.filter(({ name_key, siren }) => name_key === key && (!siren || !lead.siren || siren === lead.siren)) : [];
	const named = bySiren.filter(({ name_key }) => name_key === key);
	const found = named.length > 0 ? named : bySiren.length > 0 ? bySiren : byName;
	const [first, second] = found;
	if (first && second)
		return {
			kind: 'ambiguous',
			sentence: `${found.length} entreprises portent ${bySiren.length > 0 ? 'ce SIREN' : `le nom « ${first.name} »`} : choisissez la bonne dans « Compte existant ».`,
		};
	if (first) return existing(first);
	return companyNameOf(lead) ? { kind: 'new' } : { kind: 'none' };
}

/**
 * The person by e-mail: in the lead's company before any other, of the same name before another. Two people of one address that
 * nothing tells apart are a choice for a human. `candidates` are the people with this address.
 */
export function choosePerson(lead: LeadFacts, company: string | null, candidates: readonly PersonCandidate[]): Choice<PersonCandidate> {
	const key = nameKey(lead.first_name, lead.last_name);
	const narrow = (list: readonly PersonCandidate[], test: (one: PersonCandidate) => boolean): readonly PersonCandidate[] => {
		const some = list.filter(test);
		return some.length > 0 ? some : list;
	};
	const closest = narrow(
		narrow(candidates, (one) => key !== null && one.name_key === key),
		(one) => company !== null && one.company === company,
	);
	const [first, second] = closest;
	if (first && second) return { kind: 'ambiguous', sentence: `Plusieurs contacts ont l’e-mail ${lead.email} : choisissez le bon dans « Contact existant ».` };
	if (first) return existing(first);
	return lead.first_name || lead.last_name ? { kind: 'new' } : { kind: 'none' };
}
