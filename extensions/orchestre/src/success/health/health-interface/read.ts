import type { Get } from '../../../platform/record-panel/use-saved-record.ts';
import type { Band } from '../rules/types.ts';
import type { StoredHealth } from '../write.ts';

type Person = { first_name: string | null; last_name: string | null };

/** A day of the last months, as it was judged. */
export type HealthPoint = { computed_on: string; score: number; band: Band; overridden: boolean };

/** What the panel shows of a client. */
export type ClientHealth = {
	health_score: number | null;
	health_band: Band | null;
	health_trend: number | null;
	health_reasons: StoredHealth | null;
	health_at: string | null;
	health_override: Band | null;
	health_override_reason: string | null;
	health_override_until: string | null;
	health_override_by: Person | null;
	history: HealthPoint[];
};

const fields = [
	'health_score',
	'health_band',
	'health_trend',
	'health_reasons',
	'health_at',
	'health_override',
	'health_override_reason',
	'health_override_until',
	'health_override_by.first_name',
	'health_override_by.last_name',
].join(',');

/** Days that the picture shows. */
const shownDays = 90;

/** Reads a client's health and its last three months, oldest first. */
export async function readHealth(get: Get, id: string): Promise<ClientHealth> {
	const records = {
		'filter[company][_eq]': id,
		'filter[computed_on][_gte]': `$NOW(-${shownDays} days)`,
		fields: 'computed_on,score,band,overridden',
		sort: '-computed_on',
		limit: String(shownDays + 1),
	};
	const [client, history] = await Promise.all([
		get<Omit<ClientHealth, 'history'>>(`/items/companies/${encodeURIComponent(id)}`, { fields }),
		get<HealthPoint[]>('/items/health_history', records),
	]);
	return { ...client, history: history.toReversed() };
}
