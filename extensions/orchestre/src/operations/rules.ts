import type { Fault } from '../platform/input/fields.ts';
import { listed } from '../platform/text.ts';

/** Pure rules of tasks: what they are about, and when they were done. */

/** What a task may be about, one at most, in words that follow “rattachée à”. */
export const subjects = {
	lead: 'un lead',
	opportunity: 'une affaire',
	company: 'une entreprise',
	project: 'un projet',
	milestone: 'un jalon',
	ticket: 'un ticket',
	invoice: 'une facture',
	document: 'un document',
} as const;

type Subject = keyof typeof subjects;
const names = Object.keys(subjects) as Subject[];

/**
 * The fault of a task that would be about several things at once, said on what is being added. `stored`: the subjects that the
 * row has now, null for a new task.
 */
export function subjectFaults(payload: Readonly<Record<string, unknown>>, stored: Readonly<Record<string, unknown>> | null): Fault[] {
	const after = names.filter((name) => (name in payload ? payload[name] : stored?.[name]) ?? false);
	if (after.length < 2) return [];
	const added = after.filter((name) => payload[name]);
	const kept = after.filter((name) => !added.includes(name));
	const field = added.at(-1);
	if (!field) return [];
	const message =
		kept.length > 0
			? `Cette tâche concerne déjà ${listed(kept.map((name) => subjects[name]))} : videz d’abord ce lien, une tâche ne concerne qu’un élément.`
			: `Une tâche ne concerne qu’un élément : choisissez entre ${listed(added.map((name) => subjects[name]))}.`;
	return [{ field, message }];
}

/** What the product keeps up to date on a task. */
export type Settled = { done_at: Date | null; team: string | null };

/** Done tasks have their moment, others none; a task without a team is its assignee's team's. */
export function settleTask(task: Settled & { status: string }, assigneesTeam: string | null, now: Date): Settled {
	return { done_at: task.status === 'done' ? (task.done_at ?? now) : null, team: task.team ?? assigneesTeam };
}
