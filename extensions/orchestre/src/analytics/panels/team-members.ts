import { whatTheySee } from '../kpis/read/may-see.ts';
import type { KpiDefinition } from '../kpis/types.ts';
import type { PanelContext } from './registry.ts';

export type Member = { id: string; name: string };

/**
 * The people of these teams whose figures of a KPI the caller may see: of who has nothing there is no row to read, and a ranking that leaves them
 * out hides what a manager looks for. Names are known to all staff; whether there is a figure to be shown is for the rules on results to say.
 */
export async function membersOf({ host, accountability }: PanelContext, definition: KpiDefinition, teams: readonly string[]): Promise<Member[]> {
	if (teams.length === 0) return [];
	const users = (await host.database('directus_users').where({ status: 'active' }).whereIn('team', [...teams]).orderBy('id').select('id', 'team', 'first_name', 'last_name')) as { id: string; team: string; first_name: string | null; last_name: string | null }[]; // prettier-ignore
	const sees = await whatTheySee(host, accountability);
	return users
		.filter(({ id, team }) => sees(definition, { scope: 'person', key: id, team }))
		.map(({ id, first_name, last_name }) => ({ id, name: [first_name, last_name].filter(Boolean).join(' ') || '–' }));
}
