import type { Json } from '../../platform/directus.ts';
import { notArchived } from '../kpis/definitions/lists.ts';
import { kpiId } from '../kpis/ids.ts';
import { partsOf } from './parts-of.ts';
import type { ListTarget } from './parts/list-link.ts';
import { definePanelData, type PanelContext } from './registry.ts';
import { readResults, startsOf } from './results.ts';
import { listFilter } from './rules/list-filter.ts';

export const bands = ['good', 'watch', 'bad'] as const;
export type Band = { health: (typeof bands)[number]; deals: number; amount: number; atRisk: number; list: ListTarget | null };

/** Open deals by health (cents), what holds most of them up, and those with the most at stake. */
export type Health = {
	bands: Band[];
	bottleneck: { id: string; title: string; advice: string | null } | null;
	deals: { id: string; name: string; company: string | null; stage: string | null; atRisk: number }[];
};

const shown = 4;
const open: Json[] = [{ closed_at: { _null: true } }, notArchived];

/** Without an index the company's deals would be read as a whole: deals in danger are few, and found by their health. */
async function dealsInDanger({ reader, view }: PanelContext): Promise<Health['deals']> {
	const rows = await reader.rows('opportunities', {
		needs: ['health', 'closed_at', 'archived', 'at_risk_cents', 'owner', 'team'],
		fields: ['name', 'company.name', 'stage.name', 'at_risk_cents'],
		filter: listFilter({ filter: { _and: [{ health: { _eq: 'bad' } }, ...open] } }, view, () => true, { today: view.end }) as never,
		sort: ['-at_risk_cents', 'id'],
		limit: shown,
	});
	return rows.map((row) => ({
		id: String(row['id']),
		name: String(row['name'] ?? ''),
		company: (row['company'] as { name?: string } | null)?.name ?? null,
		stage: (row['stage'] as { name?: string } | null)?.name ?? null,
		atRisk: Number(row['at_risk_cents'] ?? 0),
	}));
}

async function bottleneckOf({ reader, view }: PanelContext): Promise<Health['bottleneck']> {
	if (view.scope === 'person') return null;
	const [row] = await reader.rows('insights', {
		needs: ['kind', 'state', 'team'],
		fields: ['title', 'recommended_action'],
		filter: { _and: [{ kind: { _eq: 'bottleneck' } }, { state: { _eq: 'open' } }, view.scope === 'team' ? { team: { _eq: view.key } } : { team: { _null: true } }] } as never,
		sort: ['-computed_at'],
		limit: 1,
	});
	return row ? { id: String(row['id']), title: String(row['title']), advice: (row['recommended_action'] as string | null) ?? null } : null;
} // prettier-ignore

definePanelData('pipeline-health', {
	follows: ['performance', 'insights'],
	reads: ['performance', 'opportunities', 'companies', 'stages', 'insights'],
	about: ['valeur_en_jeu'],
	async read(context): Promise<Health | null> {
		const { reader, view, now } = context;
		// As things stand: the running period of whatever kind says the same.
		const current = { ...view, period: 'month' as const };
		const [rows, bottleneck, worst] = await Promise.all([
			readResults(reader, [kpiId('valeur_en_jeu')], current, startsOf('month', now).slice(-1), ['details']),
			bottleneckOf(context),
			dealsInDanger(context),
		]);
		if (rows.length === 0) return null;
		const parts = partsOf(rows);
		const mayList = reader.readable('opportunities', 'health');
		return {
			bands: bands.map((health) => {
				const [atRisk = 0, amount = 0, deals = 0] = parts.get(health) ?? [];
				const filter = listFilter({ filter: { _and: [...open, { health: { _eq: health } }] } }, view, () => true, { today: view.end }) ?? {};
				return { health, deals, amount, atRisk, list: mayList ? { collection: 'opportunities', filter, title: 'Affaires en cours' } : null };
			}),
			bottleneck,
			deals: worst,
		};
	},
});
