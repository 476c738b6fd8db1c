import type { Computing, Dialect, Figure } from '../types.ts';
import { numberOf, textOf } from './ask.ts';
import { mrrSteps } from './mrr-steps.ts';
import { askForAll } from './spans.ts';

export type Cell = { clients: number; mrr: number };
export type Band = 'good' | 'watch' | 'red';
export type Level = 'low' | 'watch' | 'high';
/** Paying clients by health and by risk of leaving; `unmeasured`: neither was computed that day. `day`: of the measures; null for none. */
export type ChurnBands = {
	bands: Record<Band, Cell>;
	levels: Record<Level, Cell>;
	unmeasured: Cell;
	unjudged: Cell;
	thresholds: { from: number; until: number };
	day: string | null;
};

/**
 * The newest day of measures up to the last one, with the index where any has it (health is measured before), not older than five weeks, and what
 * each client pays on it. That day is looked for once for each period: PostgreSQL would look for it anew for each client.
 */
const sql = ({ isPostgres, plusDays }: Dialect): string => `
	with steps as (${mrrSteps}), paying as (
		select span, company, sum(delta) as mrr from spans join steps on changed_on < next group by span, company having sum(delta) > 0
	), newest as materialized (
		select span, coalesce(
			(select max(computed_on) from health_history where computed_on < next and computed_on >= ${plusDays('next', -36)} and churn_risk is not null),
			(select max(computed_on) from health_history where computed_on < next and computed_on >= ${plusDays('next', -36)})) as day from spans
	)
	select p.span, c.team, h.band, case when h.churn_risk >= :from then 'high' when h.churn_risk >= :until then 'watch' when h.churn_risk is not null then 'low' end as level,
		count(*) as n, sum(p.mrr) as mrr, ${isPostgres ? `to_char(max(n.day), 'YYYY-MM-DD')` : `strftime('%Y-%m-%d', max(n.day) / 1000, 'unixepoch', 'localtime')`} as day
	from paying p
	join newest n on n.span = p.span
	join companies c on c.id = p.company
	left join health_history h on h.company = p.company and h.computed_on = n.day
	group by 1, 2, 3, 4`;

const cell = (): Cell => ({ clients: 0, mrr: 0 });
const nothing = (thresholds: ChurnBands['thresholds'], day: string | null): ChurnBands => ({
	bands: { good: cell(), watch: cell(), red: cell() },
	levels: { low: cell(), watch: cell(), high: cell() },
	unmeasured: cell(),
	unjudged: cell(),
	thresholds,
	day,
});

/** Paying clients by health and risk at the end of a period, with their monthly revenue; the figure: the revenue of those at high risk. */
export async function readBands(computing: Computing): Promise<Figure[]> {
	const { trx, dialect, once } = computing;
	type Settings = { retention_from: number | null; retention_until: number | null } | undefined;
	const settings = await once('retention', async () => (await trx('settings').first('retention_from', 'retention_until')) as Settings);
	const thresholds = { from: settings?.retention_from ?? 70, until: settings?.retention_until ?? 50 };
	const rows = await askForAll(computing, 'bands', sql(dialect), thresholds);
	const measured = rows[0] ? textOf(rows[0], 'day') : null;
	const company = nothing(thresholds, measured);
	const teams = new Map<string, ChurnBands>();
	for (const row of rows) {
		const key = textOf(row, 'team') ?? 'none';
		const own = teams.get(key) ?? nothing(thresholds, measured);
		teams.set(key, own);
		const [band, level] = [row['band'] as Band | null, row['level'] as Level | null];
		for (const one of [company, own]) {
			for (const place of [band ? one.bands[band] : one.unmeasured, level ? one.levels[level] : one.unjudged]) {
				place.clients += numberOf(row, 'n');
				place.mrr += numberOf(row, 'mrr');
			}
		}
	}
	const figureOf = (own: ChurnBands): Omit<Figure, 'scope' | 'key'> => {
		const { low, watch, high } = own.levels;
		return { numerator: high.mrr, denominator: null, cases: low.clients + watch.clients + high.clients, details: own };
	};
	return [{ scope: 'company', key: 'company', ...figureOf(company) }, ...[...teams].map(([key, own]): Figure => ({ scope: 'team', key, ...figureOf(own) }))];
}
