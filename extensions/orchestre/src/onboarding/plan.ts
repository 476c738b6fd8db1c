import { dayOrNull, readLocked } from '../platform/columns.ts';
import type { Knex } from '../platform/directus.ts';
import { dayOf, isoOf } from '../platform/time/paris.ts';
import type { PlanMilestone } from './rules/types.ts';

/** A project as the life of its plan needs it. */
export type Project = {
	id: string;
	name: string;
	kind: string;
	status: string;
	company: string | null;
	opportunity: string | null;
	contract: string | null;
	manager: string | null;
	owner: string | null;
	starts_on: unknown;
	ends_on: unknown;
	done_on: unknown;
	time_to_value_days: number | null;
	progress: number | null;
	archived: unknown;
};

/** A milestone with what people read of it. */
export type Milestone = PlanMilestone & {
	project: string;
	sort: number | null;
	owner: string | null;
	team: string | null;
	isGoLive: boolean;
	asksSatisfaction: boolean;
	successMetric: string | null;
	successResult: string | null;
	evidenceExpected: string | null;
	hasEvidence: boolean;
};

/** Directus keeps a date as local midnight. */
export const dateOf = (day: number): Date => new Date(`${isoOf(day)}T00:00:00`);
export const dayNumber = (value: unknown): number | null => dayOf(dayOrNull(value) ?? '');

const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

export async function lockProjects(trx: Knex, ids: readonly string[]): Promise<Project[]> {
	return (await readLocked(trx, 'projects', [...new Set(ids)])) as unknown as Project[];
}

/** Milestones of these projects with what each requires, in their order. */
export async function readMilestones(trx: Knex, projects: readonly string[]): Promise<Milestone[]> {
	const rows = (await trx('milestones')
		.whereIn('project', [...projects])
		.orderBy(['sort', 'due_on', 'id'])) as (Record<string, unknown> & { id: string })[];
	const links = (await trx('milestone_dependencies as d').join('milestones as m', 'm.id', 'd.milestone').whereIn('m.project', [...projects]).select('d.milestone', 'd.requires')) as { milestone: string; requires: string }[]; // prettier-ignore
	const requires = Map.groupBy(links, ({ milestone }) => milestone);
	return rows.map((row) => ({
		id: row.id,
		name: row['name'] as string,
		status: row['status'] as Milestone['status'],
		starts: dayNumber(row['starts_on']),
		due: dayNumber(row['due_on']),
		done: dayNumber(row['done_on']),
		fixed: Boolean(row['dates_fixed']),
		requires: [...new Set((requires.get(row.id) ?? []).map((link) => link.requires))],
		project: row['project'] as string,
		sort: row['sort'] as number | null,
		owner: row['owner'] as string | null,
		team: row['team'] as string | null,
		isGoLive: Boolean(row['is_go_live']),
		asksSatisfaction: Boolean(row['asks_satisfaction']),
		successMetric: text(row['success_metric']),
		successResult: text(row['success_result']),
		evidenceExpected: text(row['evidence_expected']),
		hasEvidence: text(row['evidence']) !== null || row['evidence_document'] !== null,
	}));
}
