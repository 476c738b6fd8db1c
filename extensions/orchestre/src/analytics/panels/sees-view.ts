import type { Accountability, Host } from '../../platform/directus.ts';
import { definitionOf } from '../kpis/definitions/index.ts';
import { teamOf, whatTheySee } from '../kpis/read/may-see.ts';
import type { KpiDefinition } from '../kpis/types.ts';
import type { View } from './answer.ts';
import type { PanelData } from './registry.ts';

type Sees = (kpi: Pick<KpiDefinition, 'key' | 'domain'>) => boolean;

/** Which figures of the view's company, team or person the caller may see, by the rules on `performance` or on another collection kept by scope. */
export async function seesView(host: Host, caller: Accountability, { scope, key }: Pick<View, 'scope' | 'key'>, collection?: string): Promise<Sees> {
	const sees = await whatTheySee(host, caller, collection);
	const team = scope === 'person' ? await teamOf(host.database, key) : null;
	return (kpi) => sees(kpi, { scope, key, team });
}

/** Whether there is anything that a panel, empty now, could ever show its reader. */
export async function maySeeAny(host: Host, caller: Accountability, panel: PanelData, view: View, options: Readonly<Record<string, string>>): Promise<boolean> {
	const { about, needs, ofCompany } = panel;
	if (about === undefined) return true;
	const sees = await seesView(host, caller, ofCompany ? { scope: 'company', key: 'company' } : view, about === 'needs' ? needs : undefined);
	if (about === 'needs') return sees({ key: '', domain: 'sales' });
	return (typeof about === 'function' ? about(options) : about).flatMap((key) => definitionOf(key) ?? []).some(sees);
}
