import { UserError } from '../../platform/errors.ts';
import { wilson } from '../../success/interval.ts';
import type { Retention } from '../kpis/breakdowns/retention.ts';
import { groupCohorts, sharesOf, totalAt } from '../kpis/rules/cohorts.ts';
import { definePanelData } from '../panels/registry.ts';
import { ofCompany, readMonths } from './months.ts';

/** Shares of 1 by cohort and `step` months since its beginning; `after`: all cohorts that are old enough, with the interval of the clients kept. */
export type RetentionFigures = {
	measure: 'revenue' | 'clients';
	step: number;
	cohorts: { month: string; size: 1 | 3; clients: number; shares: (number | null)[] }[];
	after: { months: number; revenue: number; clients: number; of: number; low: number; high: number } | null;
	until: string;
};

/** Cohorts, and points of each, that a panel has room for. */
const [most, points] = [12, 9];

definePanelData('retention', {
	follows: ['performance'],
	reads: ['performance'],
	about: ['retention_cohortes'],
	ofCompany: true,
	async read({ reader, view, options }): Promise<RetentionFigures | null> {
		const { measure = 'revenue', cohorts: size = 'quarter' } = options;
		if (measure !== 'revenue' && measure !== 'clients') throw new UserError('La mesure des cohortes est « revenue » ou « clients ».');
		if (size !== 'month' && size !== 'quarter') throw new UserError('Les cohortes sont par « month » ou « quarter ».');
		const month = (await readMonths<Retention>(reader, 'retention_cohortes', ofCompany(view), 2)).at(-1);
		if (!month || month.own.cohorts.length === 0) return null;
		const { cohorts, until } = month.own;
		const months = size === 'quarter' ? 3 : 1;
		const grouped = groupCohorts(cohorts, months);
		const horizon = [12, 6, 3, 1].find((at) => totalAt(cohorts, at).baseClients > 0);
		const total = horizon === undefined ? null : totalAt(cohorts, horizon);
		return {
			measure,
			step: months,
			cohorts: grouped.slice(-most).map((cohort) => ({
				month: cohort.month,
				size: months,
				clients: cohort.clients[0] ?? 0,
				shares: sharesOf(measure === 'revenue' ? cohort.cents : cohort.clients)
					.filter((_, at) => at % months === 0)
					.slice(0, points),
			})),
			after:
				total && horizon
					? {
							months: horizon,
							revenue: total.baseCents > 0 ? total.cents / total.baseCents : 0,
							clients: Math.max(0, total.clients),
							of: total.baseClients,
							...wilson(Math.min(1, Math.max(0, total.clients / total.baseClients)), total.baseClients),
						}
					: null,
			until,
		};
	},
});
