import { randomUUID } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import type { Knex } from '../../platform/directus.ts';
import { Gathered } from '../../platform/gathered.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { isDated, takesDateAway } from './dated.ts';
import { definitions } from './definitions/index.ts';
import { kpiId } from './ids.ts';

/** Rows of one collection that a single job names; of more, everything that is kept of the past is computed. */
const mostRows = 500;
const lost = 'lost';

/** What changed in a collection, as it is gathered: its rows where figures go by their dates, and whether a date went with the change. */
export function changeOf(event: 'create' | 'update' | 'delete', { collection, key, keys, payload }: Readonly<Record<string, unknown>>): string[] {
	const name = String(collection);
	if (!isDated(name)) return ['changed'];
	const isLost = event === 'delete' || (event === 'update' && typeof payload === 'object' && payload !== null && !Array.isArray(payload) && takesDateAway(name, payload as Readonly<Record<string, unknown>>));
	const ids = Array.isArray(keys) ? keys : [key];
	return ['changed', ...(isLost ? [lost] : []), ...ids.filter((id): id is string => typeof id === 'string')];
} // prettier-ignore

/** Collections in which something changed a moment ago; one job for all of them, outside of the change's own transaction. */
export class Touched extends Gathered<string> {
	constructor(database: Knex, onError: (error: unknown) => void) {
		super(async (gathered) => {
			// Before the first figures there is nothing to bring up to date.
			if (!(await database('performance').where({ scope: 'company', scope_key: 'company' }).first('id'))) return;
			const named = [...gathered].map(([table, ids]) => ({ table, ids: ids.filter((id) => id !== 'changed' && id !== lost), isLost: ids.includes(lost) }));
			const payload = {
				tables: named.map(({ table }) => table).toSorted(),
				rows: Object.fromEntries(named.filter(({ ids }) => ids.length > 0 && ids.length <= mostRows).map(({ table, ids }) => [table, ids])),
				lost: named.some(({ ids, isLost }) => isLost || ids.length > mostRows),
			};
			await enqueue(database, [{ kind: 'kpis.touch', key: `kpis.touch:${randomUUID()}`, payload }]);
		}, onError);
	}
}

/** Queues the first computation of KPIs that have no result of their version yet (a first start, an update), once a day at most. */
export async function queueFirst(database: Knex): Promise<number> {
	const active = new Set((await database('kpis').where({ status: 'active' }).pluck('id')) as string[]);
	const rows = (await database('performance').groupBy('kpi').select('kpi').max({ version: 'definition_version' })) as { kpi: string; version: number }[];
	const versions = new Map(rows.map(({ kpi, version }) => [kpi, Number(version)]));
	const missing = definitions.filter(({ key, version }) => active.has(kpiId(key)) && (versions.get(kpiId(key)) ?? 0) < version);
	if (missing.length === 0) return 0;
	const words = missing.map(({ key, version }) => `${key}@${version}`).join(',');
	return (await enqueue(database, [{ kind: 'kpis.compute', key: `kpis.compute:first:${isoOf(toParis(now()).day)}:${words}`.slice(0, 250) }])).length;
}
