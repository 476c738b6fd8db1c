import type { Get } from '../../../platform/record-panel/use-saved-record.ts';
import type { StoredReasons } from '../judge.ts';
import type { HealthState } from '../rules/types.ts';

/** What the panel shows of a deal; `planned`: the recommended action, if it is a task already. */
export type DealHealth = {
	health: HealthState | null;
	health_reasons: StoredReasons | null;
	at_risk_cents: number | null;
	health_at: string | null;
	closed_at: string | null;
	planned: { id: string; title: string; due_at: string | null } | null;
};

const fields = 'health,health_reasons,at_risk_cents,health_at,closed_at';

/** Reads a deal's health, and the open task that was made of its advice. */
export async function readHealth(get: Get, id: string): Promise<DealHealth> {
	const tasks = {
		'filter[opportunity][_eq]': id,
		'filter[origin][_eq]': 'pipeline.health',
		'filter[status][_in]': 'todo,in_progress',
		fields: 'id,title,due_at',
		limit: '1',
	};
	const [deal, planned] = await Promise.all([
		get<Omit<DealHealth, 'planned'>>(`/items/opportunities/${encodeURIComponent(id)}`, { fields }),
		get<NonNullable<DealHealth['planned']>[]>('/items/tasks', tasks),
	]);
	return { ...deal, planned: planned[0] ?? null };
}
