import type { Json } from '../../platform/directus.ts';
import type { Row } from '../../timeline/rules/types.ts';
import { notArchived } from '../kpis/definitions/lists.ts';
import { kpiId } from '../kpis/ids.ts';
import { partsOf } from './parts-of.ts';
import { definePanelData } from './registry.ts';
import { readResults, startsOf } from './results.ts';
import { stepsOf, type Stage, type Step } from './rules/funnel.ts';
import { listFilter } from './rules/list-filter.ts';

/** The pipeline from the first lead to the signature. `leads`: those that came in; null where they are not counted for this scope. */
export type Funnel = { leads: number | null; steps: Step[] };

const kpis = ['nouveaux_leads', 'entrees_etape', 'taux_passage_etape', 'duree_etape'] as const;

/** Deals that came into the stage in the period. Those that had been there before are among them, which the figure counted then: no filter can tell. */
const entered = (stage: string): Json => ({
	_and: [notArchived, { stage_changes: { _and: [{ to_stage: { _eq: stage } }, { at: { _between: ['$FROM', '$TO'] } }] } }],
});

definePanelData('funnel', {
	follows: ['performance'],
	reads: ['performance', 'stages', 'opportunities'],
	about: kpis,
	async read({ reader, view, now }): Promise<Funnel | null> {
		const starts = view.period === 'rolling_12' ? startsOf(view.period, now).slice(-12) : [view.start];
		const rows = await readResults(reader, kpis.map(kpiId), view, starts, ['details']);
		const of = (key: (typeof kpis)[number]): Row[] => rows.filter(({ kpi }) => kpi === kpiId(key));
		const stages = (await reader.rows('stages', { needs: ['sort'], fields: ['name', 'is_won', 'is_lost'], sort: ['sort'], limit: 50 })).map(
			(row): Stage => ({ id: String(row['id']), name: String(row['name']), isWon: Boolean(row['is_won']), isLost: Boolean(row['is_lost']) }),
		);
		const leads = of('nouveaux_leads');
		if (rows.length === 0 || stages.length === 0) return null;
		const mayList = reader.readable('opportunities', 'stage_changes');
		const steps = stepsOf(stages, { entries: partsOf(of('entrees_etape')), progress: partsOf(of('taux_passage_etape')), stays: partsOf(of('duree_etape')) }, ({ id, name }) =>
			mayList
				? {
						collection: 'opportunities',
						filter: listFilter({ filter: entered(id) }, view, () => true, { today: view.end }) ?? {},
						title: `Entrées en « ${name} », retours compris`,
					}
				: null,
		);
		return { leads: leads.length > 0 ? leads.reduce((sum, { numerator }) => sum + Number(numerator ?? 0), 0) : null, steps };
	},
}); // prettier-ignore
