import type { Row } from '../../timeline/rules/types.ts';
import type { ChurnBands } from '../kpis/breakdowns/churn-bands.ts';
import { definePanelData, type PanelContext } from '../panels/registry.ts';
import { linesOf } from '../panels/rules/lines.ts';
import { readMonths } from './months.ts';

/** A client at risk: index of 0 to 100, probability and its bounds in basis points (null without a model), monthly revenue in cents. */
export type AtRisk = { id: string; name: string; risk: number; probability: number | null; low: number | null; high: number | null; mrr: number };
/** `before`: the same a month earlier. */
export type ChurnFigures = { now: ChurnBands; before: ChurnBands | null; clients: AtRisk[] };

const number = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/** The clients that the caller may see, most at risk first: the same rows as in the list of companies. */
async function clientsAtRisk({ reader, view }: PanelContext, from: number, limit: number): Promise<Row[]> {
	const whose = view.scope === 'company' ? [] : [view.scope === 'team' ? { team: { _eq: view.key } } : { owner: { _eq: view.key } }];
	return reader.rows('companies', {
		needs: ['churn_risk', 'is_client', ...(view.scope === 'company' ? [] : [view.scope === 'team' ? 'team' : 'owner'])],
		fields: ['name', 'churn_risk', 'churn_probability', 'churn_risk_low', 'churn_risk_high'],
		filter: { _and: [{ churn_risk: { _gte: from } }, { is_client: { _eq: true } }, ...whose] } as never,
		sort: ['-churn_risk', 'name', 'id'],
		limit,
	});
}

async function revenueOf({ reader }: PanelContext, ids: readonly string[]): Promise<Map<string, number>> {
	if (ids.length === 0) return new Map();
	const rows = await reader.rows('subscriptions', {
		needs: ['company', 'status', 'mrr_cents'],
		fields: ['company', 'mrr_cents'],
		filter: { _and: [{ company: { _in: [...ids] } }, { status: { _in: ['active', 'cancelled'] } }] } as never,
		limit: 1000,
	});
	const revenue = new Map<string, number>();
	for (const { company, mrr_cents } of rows) revenue.set(String(company), (revenue.get(String(company)) ?? 0) + Number(mrr_cents ?? 0));
	return revenue;
}

definePanelData('churn', {
	follows: ['performance', 'health_history'],
	reads: ['performance', 'companies', 'subscriptions'],
	about: ['mrr_a_risque'],
	needs: 'health_history',
	async read(context): Promise<ChurnFigures | null> {
		const { reader, view, options } = context;
		const months = await readMonths<ChurnBands>(reader, 'mrr_a_risque', view, 2);
		const now = months.at(-1)?.own;
		if (!now) return null;
		const limit = linesOf(options, 6, 20);
		const rows = await clientsAtRisk(context, now.thresholds.until, limit);
		const revenue = await revenueOf(
			context,
			rows.map(({ id }) => String(id)),
		);
		return {
			now,
			before: months.length > 1 ? (months[0]?.own ?? null) : null,
			clients: rows.map(({ id, name, churn_risk, churn_probability, churn_risk_low, churn_risk_high }) => ({
				id: String(id),
				name: String(name),
				risk: Number(churn_risk),
				probability: number(churn_probability),
				low: number(churn_risk_low),
				high: number(churn_risk_high),
				mrr: revenue.get(String(id)) ?? 0,
			})),
		};
	},
});
