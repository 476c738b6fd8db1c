import type { Row } from '../../timeline/rules/types.ts';
import { kpiId } from '../kpis/ids.ts';
import type { View } from './answer.ts';
import { definePanelData } from './registry.ts';
import { filterDay, startsOf } from './results.ts';

/** Whose figures the reader may choose between: the company, teams, people, as far as `performance` shows them any. */
export type Reach = { scopes: { scope: View['scope']; key: string; name: string | null }[]; me: string };

const nameOf = (row: Row): string | null => {
	const [team, owner] = [row['team'] as { name?: string } | null, row['owner'] as { first_name?: string | null; last_name?: string | null } | null];
	if (row['scope'] === 'team') return team?.name ?? null;
	return [owner?.first_name, owner?.last_name].filter(Boolean).join(' ') || null;
};

/** Figures that every seller, team and the company have, of sales, of clients and of projects: whoever sees one of them may look at that scope. */
const probes = ['nouveaux_leads', 'ca_signe', 'valeur_en_jeu', 'mrr', 'clients_en_danger', 'marge_projet'];
const order: readonly View['scope'][] = ['company', 'team', 'person'];

definePanelData('bar', {
	follows: ['cockpits'],
	reads: ['performance', 'teams', 'directus_users'],
	async read({ reader, accountability, view, now }): Promise<Reach> {
		const rows = await reader.rows('performance', {
			needs: ['kpi', 'scope', 'period_kind', 'period_start'],
			fields: ['scope', 'scope_key', 'team.name', 'owner.first_name', 'owner.last_name'],
			filter: { _and: [{ kpi: { _in: probes.map(kpiId) } }, { period_kind: { _eq: 'month' } }, { period_start: { _in: startsOf('month', now).slice(-3).map(filterDay) } }, { scope: { _in: [...order] } }, { scope_key: { _neq: 'none' } }] } as never,
			limit: 3000,
		});
		const found = new Map(rows.map((row) => [`${String(row['scope'])}:${String(row['scope_key'])}`, { scope: String(row['scope']) as View['scope'], key: String(row['scope_key']), name: nameOf(row) }]));
		const me = accountability.user ?? '';
		for (const own of [{ scope: view.scope, key: view.key, name: view.name }]) if (!found.has(`${own.scope}:${own.key}`)) found.set(`${own.scope}:${own.key}`, own);
		const scopes = [...found.values()].toSorted((one, other) => order.indexOf(one.scope) - order.indexOf(other.scope) || (one.name ?? '').localeCompare(other.name ?? '', 'fr'));
		return { scopes, me };
	},
}); // prettier-ignore
