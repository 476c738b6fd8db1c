/** A step of the retention plan, as staff write it in the settings. `delay` in working days; `{client}` stands for the client's name. */
export type PlanStep = { title: string; kind?: string | null; priority?: string | null; delay?: number | null; minutes?: number | null };

const kinds = ['call', 'email', 'meeting', 'review', 'delivery', 'todo'];
const priorities = ['urgent', 'high', 'normal', 'low'];

export type PlannedStep = { title: string; kind: string; priority: string; days: number; minutes: number };

const shippedMinutes = 30;

/** The plan for one client: steps without a title are left out, what makes no sense falls back to what a task is by default. */
export function stepsFor(plan: readonly PlanStep[], client: string): PlannedStep[] {
	return plan.flatMap(({ title, kind, priority, delay, minutes }): PlannedStep[] => {
		const text = (title ?? '').replaceAll('{client}', client).trim();
		if (text === '') return [];
		return [
			{
				title: text.slice(0, 255),
				kind: kind && kinds.includes(kind) ? kind : 'todo',
				priority: priority && priorities.includes(priority) ? priority : 'high',
				days: Math.min(250, Math.max(0, Math.round(delay ?? 1))),
				minutes: minutes && minutes > 0 ? Math.min(10_000, Math.round(minutes)) : shippedMinutes,
			},
		];
	});
}

export const minutesOf = (steps: readonly PlannedStep[]): number => steps.reduce((sum, { minutes }) => sum + minutes, 0);
