import { compareCompanies, comparePeople, type Verdict } from './compare.ts';
import type { CompanyFacts, PersonFacts } from './facts.ts';
import { skeleton, sorted } from './similarity.ts';

/** Two rows with the smaller id first, whichever was read first. */
export type Found = { a: { id: string; label: string }; b: { id: string; label: string }; verdict: Verdict };

const words = (name: string | null): string[] => name?.split(' ').filter((word) => word.length > 1) ?? [];

/** Under each of these, two people are worth comparing. Names alone only where something else is shared. */
export function personKeys({ first, last, mail, mobiles, lines, linkedin, company, companyKey, siren }: PersonFacts): string[] {
	const names = words([first, last].filter(Boolean).join(' '));
	const employers = [company, companyKey, siren, mail?.domain ?? null].filter((one) => one !== null);
	return [
		...(mail ? [`e ${mail.address}`] : []),
		...[...mobiles, ...lines].map((number) => `t ${number}`),
		...(linkedin ? [`l ${linkedin}`] : []),
		...(names.length > 1 ? [`n ${sorted(names.join(' '))}`] : []),
		...employers.flatMap((employer) => [...new Set(names.map((name) => `c ${employer} ${name.slice(0, 2)}`))]),
		...(employers.length > 0 && names.length === 0 ? employers.map((employer) => `c ${employer}`) : []),
	];
}

export function companyKeys({ names, siren, vat, mail, phones, domain, linkedin, postal, city }: CompanyFacts): string[] {
	const place = postal?.slice(0, 2) ?? city;
	return [
		...(siren ? [`s ${siren}`] : []),
		...(vat ? [`v ${vat}`] : []),
		...(mail ? [`e ${mail.address}`] : []),
		...phones.map((number) => `t ${number}`),
		...(domain ? [`d ${domain}`] : []),
		...(linkedin ? [`l ${linkedin}`] : []),
		...names.flatMap((name) => {
			const joined = name.replaceAll(' ', '');
			const near = place ? [`p ${place} ${joined.slice(0, 5)}`, `q ${place} ${joined.slice(-5)}`] : [];
			return [`n ${sorted(name)}`, `j ${joined}`, `k ${skeleton(joined)}`, ...near];
		}),
	];
}

/** A larger block (a switchboard, « Martin » in a large group) is not compared all with all … */
const blockSize = 40;
/** … but each with its next ones by name. */
const window = 8;
/** Rows whose keys are made, or pairs that are compared, between two breaths. */
const breath = 500;

type Rules<F> = { keysOf: (facts: F) => string[]; compare: (a: F, b: F) => Verdict | null; order: (facts: F) => string };

function* pairsOf<F extends { id: string; label: string }>(facts: readonly F[], { keysOf, compare, order }: Rules<F>): Generator<Found | null, void> {
	const blocks = new Map<string, number[]>();
	for (const [index, one] of facts.entries()) {
		if (index % breath === 0) yield null;
		for (const key of new Set(keysOf(one))) {
			const block = blocks.get(key);
			if (block) block.push(index);
			else blocks.set(key, [index]);
		}
	}
	const seen = new Set<number>();
	let compared = 0;
	const byName = (a: number, b: number): number => (orderOf(a) < orderOf(b) ? -1 : 1);
	const orderOf = (index: number): string => {
		const one = facts[index];
		return one ? `${order(one)} ${one.id}` : '';
	};
	let walked = 0;
	for (const members of blocks.values()) {
		if (++walked % (10 * breath) === 0) yield null;
		if (members.length < 2) continue;
		const large = members.length > blockSize;
		const block = large ? members.toSorted(byName) : members;
		const reach = large ? window : block.length;
		for (let i = 0; i < block.length; i++) {
			for (let j = i + 1; j < block.length && j <= i + reach; j++) {
				const [left = 0, right = 0] = [block[i], block[j]].toSorted((a = 0, b = 0) => a - b);
				const pair = left * facts.length + right;
				if (seen.has(pair)) continue;
				seen.add(pair);
				if (++compared % breath === 0) yield null;
				const [one, other] = [facts[left], facts[right]];
				const verdict = one && other ? compare(one, other) : null;
				if (!one || !other || !verdict) continue;
				const [a, b] = one.id < other.id ? [one, other] : [other, one];
				yield { a: { id: a.id, label: a.label }, b: { id: b.id, label: b.label }, verdict };
			}
		}
	}
}

/** All pairs of people (or leads) that may be one; null every few hundred rows or comparisons, so that others can have a turn. */
export const pairsOfPeople = (facts: readonly PersonFacts[]): Generator<Found | null, void> =>
	pairsOf(facts, { keysOf: personKeys, compare: comparePeople, order: ({ last, first }) => `${last ?? ''} ${first ?? ''}` });

/** All pairs of companies that may be one, as above. */
export const pairsOfCompanies = (facts: readonly CompanyFacts[]): Generator<Found | null, void> =>
	pairsOf(facts, { keysOf: companyKeys, compare: compareCompanies, order: ({ names }) => names[0] ?? '' });
