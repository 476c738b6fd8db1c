import { notAllowed } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import type { Row } from '../../timeline/rules/types.ts';
import { definitionOf } from '../kpis/definitions/index.ts';
import { listed, listsBehind } from './lists-behind.ts';
import type { Direction, Unit } from './parts/figures.ts';
import { definePanelData, type PanelContext } from './registry.ts';
import { readResults, resultOf, startsOf } from './results.ts';
import { seesView } from './sees-view.ts';
import { readingOf, type Card, type Shown } from './rules/cards.ts';

/** What the panel « Indicateurs » shows. */
export type KpiCards = { cards: Card[] };

const kpiFields = ['id', 'key', 'name', 'name_en', 'unit', 'direction', 'decimals', 'formula', 'min_cases'];
const most = 24;

type Chosen = { kpi: Row; shown: Shown; target: number | null };

/** The KPIs of the panel's own options, by id or key, in their order. */
async function named({ reader }: PanelContext, wanted: readonly string[]): Promise<Chosen[]> {
	const ids = wanted.filter((one) => isUuid(one));
	const rows = await reader.rows('kpis', {
		needs: ['key'],
		fields: kpiFields,
		filter: { _and: [{ status: { _eq: 'active' } }, { _or: [{ id: { _in: ids } }, { key: { _in: wanted.filter((one) => !isUuid(one)) } }] }] } as never,
		limit: most,
	});
	const place = ({ id, key }: Row): number => wanted.findIndex((one) => one === id || one === key);
	return rows.toSorted((one, other) => place(one) - place(other)).map((kpi) => ({ kpi, shown: 'trend', target: null }));
}

/** The KPIs of the role's cockpit, in the order that its keepers gave them. */
async function ofCockpit({ reader, cockpit }: PanelContext): Promise<Chosen[]> {
	if (!cockpit) return [];
	const rows = await reader.rows('dashboard_kpis', {
		needs: ['dashboard', 'sort'],
		fields: ['display', 'target', ...kpiFields.map((field) => `kpi.${field}`), 'kpi.status'],
		filter: { dashboard: { _eq: cockpit } } as never,
		sort: ['sort', 'id'],
		limit: most,
	});
	return rows.flatMap(({ kpi, display, target }) => {
		const row = kpi as Row | null;
		return row && row['status'] === 'active' ? [{ kpi: row, shown: String(display) as Shown, target: target === null || target === undefined ? null : Number(target) }] : []; // prettier-ignore
	});
}

definePanelData('kpis', {
	follows: ['performance', 'cockpits'],
	reads: ['kpis', 'dashboard_kpis', 'performance', ...listed],
	async read(context): Promise<KpiCards | null> {
		const { reader, view, options, now } = context;
		const wanted = (options['kpis'] ?? '').split(',').filter(Boolean).slice(0, most);
		const chosen = wanted.length > 0 ? await named(context, wanted) : await ofCockpit(context);
		if (chosen.length === 0) return null;
		const starts = startsOf(view.period, now);
		const rows = await readResults(reader, chosen.map(({ kpi }) => String(kpi['id'])), view, starts); // prettier-ignore
		const results = Map.groupBy(rows.map(resultOf), ({ kpi }) => kpi);
		// Without any result it is not known whether there is nothing, or nothing for the caller.
		const sees = chosen.every(({ kpi }) => results.has(String(kpi['id']))) ? () => true : await seesView(context.host, context.accountability, view);
		const cards: Card[] = [];
		const lists = await listsBehind(context, chosen.map(({ kpi }) => String(kpi['key']))); // prettier-ignore
		for (const { kpi, shown, target } of chosen) {
			const [key, name] = [String(kpi['key']), String(kpi['name'])];
			const definition = definitionOf(key);
			const isForbidden = definition !== undefined && !results.has(String(kpi['id'])) && !sees(definition);
			const reading = readingOf(results.get(String(kpi['id'])) ?? [], view, starts, definition);
			cards.push({
				key,
				name,
				name_en: (kpi['name_en'] as string | null) ?? null,
				formula: String(kpi['formula'] ?? ''),
				unit: String(kpi['unit']) as Unit,
				decimals: Number(kpi['decimals'] ?? 0),
				direction: String(kpi['direction']) as Direction,
				fewest: Number(kpi['min_cases'] ?? 1),
				shown,
				isForbidden,
				...reading,
				target: target ?? reading.target,
				list: isForbidden ? null : lists(key, name, view),
			});
		}
		if (cards.every(({ isForbidden }) => isForbidden)) throw notAllowed('Ces chiffres sont hors de vos droits.');
		return { cards };
	},
});
