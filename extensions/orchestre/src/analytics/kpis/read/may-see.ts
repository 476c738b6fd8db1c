import { validatePayload } from '@directus/utils';
import type { Accountability, Host, Knex } from '../../../platform/directus.ts';
import { readRules } from '../../../platform/row-rules/rules.ts';
import { kpiId } from '../ids.ts';
import type { KpiDefinition, Scope } from '../types.ts';

type Kpi = Pick<KpiDefinition, 'key' | 'domain'>;
/** A result by what rights ask about it; `team`: the person's own, for results of a person. */
type Asked = { scope: Scope; key: string; team?: string | null };

/** A result's row as run.ts would write it. */
const rowOf = ({ key: kpi, domain }: Kpi, { scope, key, team }: Asked): Record<string, unknown> => ({
	kpi: { id: kpiId(kpi), key: kpi, domain },
	scope,
	scope_key: key,
	owner: scope === 'person' ? key : null,
	team: scope === 'team' ? key : (team ?? null),
	company: scope === 'client' ? key : null,
});

/** The team that somebody is in, which results of a person are kept under. */
export const teamOf = async (knex: Knex, user: string): Promise<string | null> =>
	((await knex('directus_users').where({ id: user }).first('team')) as { team: string | null } | undefined)?.team ?? null;

/**
 * Which figures the caller may see, by the rules on `performance` (or on another collection whose rows are kept by scope), read once. To be asked
 * where there are no rows to read: a scope without facts has none, and whoever is told « 0 » must be one who would be told the figure.
 */
export async function whatTheySee(host: Host, accountability: Accountability, collection = 'performance'): Promise<(kpi: Kpi, asked: Asked) => boolean> {
	if (accountability.admin) return () => true;
	const context = { database: host.database, schema: await host.getSchema(), accountability };
	const rule = (await readRules(host.services, context, [collection])).get(collection) ?? 'none';
	if (rule === 'none' || rule === 'all') return () => rule === 'all';
	return (kpi, asked) => validatePayload(rule as Parameters<typeof validatePayload>[0], rowOf(kpi, asked), { requireAll: true }).length === 0;
}

/** Whether the caller may see the results of this KPI for this scope, where there are none to ask about. */
export async function maySee(host: Host, accountability: Accountability, kpi: Kpi, scope: Scope, key: string): Promise<boolean> {
	const sees = await whatTheySee(host, accountability);
	return sees(kpi, { scope, key, ...(scope === 'person' && { team: await teamOf(host.database, key) }) });
}
