import { validatePayload } from '@directus/utils';
import type { Accountability, Host } from '../../../platform/directus.ts';
import { readRules } from '../../../platform/row-rules/rules.ts';
import { kpiId } from '../ids.ts';
import type { KpiDefinition, Scope } from '../types.ts';

/** A result's row as far as rights ask about it, as run.ts would write it. */
async function rowOf({ database }: Host, { key, domain }: KpiDefinition, scope: Scope, whose: string): Promise<Record<string, unknown>> {
	const person =
		scope === 'person' ? ((await database('directus_users').where({ id: whose }).first('team')) as { team: string | null } | undefined) : undefined;
	return {
		kpi: { id: kpiId(key), key, domain },
		scope,
		scope_key: whose,
		owner: scope === 'person' ? whose : null,
		team: scope === 'team' ? whose : (person?.team ?? null),
		company: scope === 'client' ? whose : null,
	};
}

/**
 * Whether the caller may see the results of this KPI for this scope, by the rules on `performance`, where there are none to ask about: a scope
 * without facts has no rows, and whoever is told « 0 » must be one who would be told the figure.
 */
export async function maySee(host: Host, accountability: Accountability, definition: KpiDefinition, scope: Scope, key: string): Promise<boolean> {
	if (accountability.admin) return true;
	const context = { database: host.database, schema: await host.getSchema(), accountability };
	const rule = (await readRules(host.services, context, ['performance'])).get('performance') ?? 'none';
	if (rule === 'none' || rule === 'all') return rule === 'all';
	const row = await rowOf(host, definition, scope, key);
	return validatePayload(rule as Parameters<typeof validatePayload>[0], row, { requireAll: true }).length === 0;
}
