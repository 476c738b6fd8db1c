import type { PlanRole, Seniority } from './types.ts';

/** Roles of people (seeds/ids.ts) that take part in plans. */
export type StaffRole = 'direction' | 'manager' | 'commercial' | 'finance' | 'success' | 'operations';

/** Somebody who may be given work. `load`: open tasks and milestones. */
export type Candidate = {
	id: string;
	role: StaffRole;
	seniority: Seniority | null;
	team: string | null;
	industries: readonly string[];
	absent: boolean;
	load: number;
};

/** What the plan asks for. `seller`: who won the deal. */
export type Wish = { seniority: Seniority | null; team: string | null; industry: string | null; seller: string | null };

/** Who can play a part: the first role in which somebody is there at work, else the next. */
const playedBy: Readonly<Record<PlanRole, readonly StaffRole[]>> = {
	project_manager: ['operations', 'success', 'manager'],
	success: ['success', 'operations'],
	tech: ['operations', 'success'],
	sales: ['commercial', 'manager'],
	executive: ['direction', 'manager'],
	support: ['success', 'operations'],
	finance: ['finance', 'direction'],
};

const ranks: Readonly<Record<Seniority, number>> = { junior: 0, confirmed: 1, senior: 2 };

/** Steps between what is wished and what somebody is; too little weighs more than too much. */
function apart(wished: Seniority | null, has: Seniority | null): number {
	if (wished === null) return 0;
	const steps = ranks[has ?? 'confirmed'] - ranks[wished];
	return steps < 0 ? -steps * 2 : steps;
}

/** Smaller is better, compared from the first on: the template's team, seniority, knowledge of the industry, load. */
const merits = (one: Candidate, wish: Wish): number[] => [
	wish.team !== null && one.team !== wish.team ? 1 : 0,
	apart(wish.seniority, one.seniority),
	wish.industry !== null && one.industries.includes(wish.industry) ? 0 : 1,
	one.load,
];

function better(a: number[], b: number[]): number {
	const index = a.findIndex((value, at) => value !== b[at]);
	return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/**
 * Who plays a part in a plan; null when nobody can. Whoever is away on the day counts only when there is nobody else at all. The seller
 * keeps the sales part. Equal in everything: the smaller id, so that the same plan is staffed the same way.
 */
export function castFor(part: PlanRole, candidates: readonly Candidate[], wish: Wish): string | null {
	if (part === 'sales' && candidates.some(({ id }) => id === wish.seller)) return wish.seller;
	for (const away of [false, true]) {
		for (const role of playedBy[part]) {
			const able = candidates.filter((one) => one.role === role && one.absent === away);
			const [best] = able.toSorted((a, b) => better(merits(a, wish), merits(b, wish)) || a.id.localeCompare(b.id));
			if (best) return best.id;
		}
	}
	return null;
}
