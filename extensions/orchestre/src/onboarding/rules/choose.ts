import type { SupportLevel, Template } from './types.ts';

/** What a plan is made from: one template, and those that add to it. */
export type Choice = { main: Template; additions: Template[] };

const byRank = (a: Template, b: Template): number => a.priority - b.priority || a.key.localeCompare(b.key);

/**
 * The template for a won deal: the first whose rule fits, by rank, else the default one. Additions whose own rule fits come on top, but
 * for onboarding only: what an addition brings belongs before the go-live of a new client. Null when there is nothing to take.
 */
export function chooseTemplate(templates: readonly Template[]): Choice | null {
	const ranked = templates.toSorted(byRank);
	const mains = ranked.filter(({ isAddition }) => !isAddition);
	const main = mains.find(({ fits }) => fits) ?? mains.find(({ isDefault }) => isDefault);
	if (!main) return null;
	const additions = main.kind === 'onboarding' ? ranked.filter(({ isAddition, fits, kind }) => isAddition && fits && kind === 'onboarding') : [];
	return { main, additions };
}

const levels: readonly SupportLevel[] = ['standard', 'priority', 'premium'];

/** The level of support that a company has afterwards: never less than before. */
export function supportAfter(before: SupportLevel, { main, additions }: Choice): SupportLevel {
	const granted = [before, main.supportLevel, ...additions.map(({ supportLevel }) => supportLevel)].map((level) => levels.indexOf(level ?? 'standard'));
	return levels[Math.max(...granted)] ?? before;
}

export const opensApi = ({ main, additions }: Choice): boolean => main.apiAccess || additions.some(({ apiAccess }) => apiAccess);
