/** Repetitive acts that the product can do, or a person. */

/** `minutes`: what the act takes a person, our assumption until the company has measured its own (settings, « Automatisation »). */
export const acts = {
	tasks: { minutes: 2 },
	assignments: { minutes: 5 },
	messages: { minutes: 6 },
	milestones: { minutes: 3 },
	documents: { minutes: 6 },
	allocations: { minutes: 3 },
	summaries: { minutes: 4 },
} as const;

export type Act = keyof typeof acts;
export const isAct = (name: unknown): name is Act => typeof name === 'string' && Object.hasOwn(acts, name);

/** How often an act was done by the product and by people, and the minutes that one takes. */
export type ActCount = { act: Act; automatic: number; manual: number; minutes: number };

/** Minutes for each act: as the settings have them, else ours; what makes no sense is left aside. */
export function minutesOf(settings: unknown): Record<Act, number> {
	const minutes = Object.fromEntries(Object.entries(acts).map(([act, preset]) => [act, preset.minutes])) as Record<Act, number>;
	for (const one of Array.isArray(settings) ? (settings as { act?: unknown; minutes?: unknown }[]) : []) {
		const said = Number(one?.minutes);
		if (isAct(one?.act) && one.minutes !== null && said >= 0 && said <= 240) minutes[one.act] = said;
	}
	return minutes;
}

export type Automation = { automatic: number; total: number; minutes: number };

/** All acts together; minutes: what those that the product did would have taken people. */
export function totalOf(counts: readonly ActCount[]): Automation {
	const automatic = counts.reduce((sum, one) => sum + one.automatic, 0);
	return {
		automatic,
		total: automatic + counts.reduce((sum, one) => sum + one.manual, 0),
		minutes: Math.round(counts.reduce((sum, one) => sum + one.automatic * one.minutes, 0)),
	};
}
