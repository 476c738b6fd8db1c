import { storedDay } from '../../../platform/columns.ts';
import type { Computing, Figure } from '../types.ts';
import { ask, lastDay, numberOf, textOf } from './ask.ts';
import { mrrSteps } from './mrr-steps.ts';

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

/** The newest day of measures up to :day, not older than five weeks, and what each client pays on it. */
const sql = `
	with steps as (${mrrSteps}), paying as (
		select company, sum(delta) as mrr from steps where changed_on < :next group by company having sum(delta) > 0
	), newest as (
		select max(computed_on) as day from health_history where computed_on < :next and computed_on >= :oldest
	)
	select c.team, h.band, case when h.churn_risk >= :from then 'high' when h.churn_risk >= :until then 'watch' when h.churn_risk is not null then 'low' end as level,
		count(*) as n, sum(p.mrr) as mrr
	from paying p
	join companies c on c.id = p.company
	left join health_history h on h.company = p.company and h.computed_on = (select day from newest)
	group by 1, 2, 3`;

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
	const { trx, dialect } = computing;
	const day = lastDay(computing);
	type Settings = { retention_from: number | null; retention_until: number | null } | undefined;
	const settings = (await trx('settings').first('retention_from', 'retention_until')) as Settings;
	const thresholds = { from: settings?.retention_from ?? 70, until: settings?.retention_until ?? 50 };
	const bounds = { next: storedDay(day + 1), oldest: storedDay(day - 35) };
	const dayText = dialect.isPostgres ? `to_char(max(computed_on), 'YYYY-MM-DD')` : `strftime('%Y-%m-%d', max(computed_on) / 1000, 'unixepoch', 'localtime')`;
	const [newest] = await ask(trx, `select ${dayText} as day from health_history where computed_on < :next and computed_on >= :oldest`, bounds);
	const measured = newest ? textOf(newest, 'day') : null;
	const company = nothing(thresholds, measured);
	const teams = new Map<string, ChurnBands>();
	for (const row of await ask(trx, sql, { ...bounds, ...thresholds })) {
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
