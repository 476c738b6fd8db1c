import { randomUUID } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import type { Knex } from '../../platform/directus.ts';
import { Gathered } from '../../platform/gathered.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { definitions } from './definitions/index.ts';
import { kpiId } from './ids.ts';

/** Collections in which something changed a moment ago; one job for all of them, outside of the change's own transaction. */
export class Touched extends Gathered<string> {
	constructor(database: Knex, onError: (error: unknown) => void) {
		super(async (gathered) => {
			// Before the first figures there is nothing to bring up to date.
			if (!(await database('performance').where({ scope: 'company', scope_key: 'company' }).first('id'))) return;
			await enqueue(database, [{ kind: 'kpis.touch', key: `kpis.touch:${randomUUID()}`, payload: { tables: [...gathered.keys()].toSorted() } }]);
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
