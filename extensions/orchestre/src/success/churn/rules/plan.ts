/** A step of the retention plan, as staff write it in the settings. `delay` in working days; `{client}` stands for the client's name. */
export type PlanStep = { title: string; kind?: string | null; priority?: string | null; delay?: number | null; minutes?: number | null };

const kinds = ['call', 'email', 'meeting', 'review', 'delivery', 'todo'];
const priorities = ['urgent', 'high', 'normal', 'low'];

export type PlannedStep = { title: string; kind: string; priority: string; days: number; minutes: number };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The plan as it is stored, whatever is stored: what is no step is left out, so that a bad row stops nobody's work. */
export const stepsOf = (stored: unknown): PlanStep[] =>
	(Array.isArray(stored) ? (stored as unknown[]) : []).flatMap((step): PlanStep[] => {
		if (!isObject(step) || typeof step['title'] !== 'string') return [];
		const { title, kind, priority, delay, minutes } = step;
		return [{ title, kind: textOf(kind), priority: textOf(priority), delay: numberOf(delay), minutes: numberOf(minutes) }];
	});

const mostSteps = 20;
const [mostDelay, mostMinutes] = [250, 480];

function stepFault(step: unknown): string | null {
	if (!isObject(step)) return 'chaque étape est une tâche avec un titre';
	const { title, kind, priority, delay, minutes } = step;
	const isWithin = (value: unknown, least: number, most: number): boolean =>
		value === undefined || value === null || (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most);
	if (typeof title !== 'string' || title.trim() === '' || title.length > 200) return 'le titre est obligatoire, de 200 caractères au plus';
	if ((kind !== undefined && kind !== null && !kinds.includes(String(kind))) || (priority !== undefined && priority !== null && !priorities.includes(String(priority)))) return 'le type et la priorité sont choisis dans la liste'; // prettier-ignore
	if (!isWithin(delay, 0, mostDelay)) return `le délai va de 0 à ${mostDelay} jours ouvrés`;
	return isWithin(minutes, 1, mostMinutes) ? null : `la durée va de 1 à ${mostMinutes} minutes`;
}

/** What is wrong with a plan that somebody sends; null for a good one. `plan`: a list, or its json. */
export function planFault(plan: unknown): string | null {
	let steps = plan;
	if (typeof plan === 'string')
		try {
			steps = JSON.parse(plan) as unknown;
		} catch {
			steps = plan;
		}
	if (steps === null) return null;
	if (!Array.isArray(steps) || steps.length > mostSteps) return `Le plan de rétention est une liste de ${mostSteps} tâches au plus.`;
	const at = steps.findIndex((step) => stepFault(step) !== null);
	return at === -1 ? null : `Plan de rétention, tâche ${at + 1} : ${stepFault(steps[at])}.`;
}

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
