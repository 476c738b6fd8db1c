import { openAlertStates, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { announcedNow } from './rules/announced.ts';

/** Raises the most valuable of these alerts that were never raised, for each owner as many as there is room for. Returns their keys. */
export async function announce(trx: Knex, alerts: readonly NewAlert[]): Promise<Set<string>> {
	const known = new Set<string>();
	for (const part of chunks(alerts, 500)) {
		const keys = part.map(({ key }) => key);
		for (const key of (await trx('alerts').whereIn('dedupe_key', keys).pluck('dedupe_key')) as string[]) known.add(key);
	}
	const fresh = alerts.filter(({ key }) => !known.has(key));
	if (fresh.length === 0) return new Set();
	const rows = (await trx('alerts')
		.where({ kind: 'upsell' })
		.whereIn('state', [...openAlertStates])
		.groupBy('assignee')
		.select('assignee')
		.count({ n: '*' })) as { assignee: string | null; n: number | string }[];
	return raiseAlerts(trx, announcedNow(fresh, new Map(rows.map(({ assignee, n }) => [assignee, Number(n)]))));
}
