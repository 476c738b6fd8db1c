import type { ForecastRow } from '../../forecasts/forecast-module/read.ts';
import { parseJson } from '../../platform/directus.ts';
import { definePanelData } from './registry.ts';
import { filterDay } from './results.ts';

/** The latest frozen forecast of one scope, as the forecast's page reads it (forecasts/forecast-module). */
export type Forecast = {
	frozenOn: string;
	rows: Pick<ForecastRow, 'period_start' | 'kind' | 'p10_cents' | 'p50_cents' | 'p90_cents' | 'naive_cents'>[];
	details: ForecastRow['details'];
};

definePanelData('forecast', {
	follows: ['forecasts'],
	reads: ['forecasts'],
	needs: 'forecasts',
	about: 'needs',
	async read({ reader, view }): Promise<Forecast | null> {
		const own = [{ scope: { _eq: view.scope } }, { scope_key: { _eq: view.key } }];
		const needs = ['scope', 'scope_key', 'frozen_on', 'kind'];
		const [latest] = await reader.rows('forecasts', { needs, fields: ['frozen_on'], filter: { _and: own } as never, sort: ['-frozen_on'], limit: 1 });
		if (!latest) return null;
		const rows = await reader.rows('forecasts', {
			needs,
			fields: ['period_start', 'kind', 'p10_cents', 'p50_cents', 'p90_cents', 'naive_cents', 'details'],
			filter: { _and: [...own, { frozen_on: { _eq: filterDay(String(latest['frozen_on'])) } }, { kind: { _eq: 'total' } }] } as never,
			sort: ['period_start'],
			limit: 24,
		});
		if (rows.length === 0) return null;
		const details = rows.map((row) => parseJson<ForecastRow['details']>(row['details'] ?? null)).find((one) => one !== null) ?? null;
		const lines = rows.map(({ period_start, kind, p10_cents, p50_cents, p90_cents, naive_cents }) => ({ period_start, kind, p10_cents, p50_cents, p90_cents, naive_cents }));
		return { frozenOn: String(latest['frozen_on']).slice(0, 10), rows: lines as Forecast['rows'], details };
	},
}); // prettier-ignore
