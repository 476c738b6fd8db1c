import type { Receivables } from '../kpis/breakdowns/receivables.ts';
import { owedOf, overdueOf, type Ageing } from '../kpis/rules/ageing.ts';
import { kpiId } from '../kpis/ids.ts';
import { definePanelData } from '../panels/registry.ts';
import { readResults, resultOf } from '../panels/results.ts';
import { readMonths } from './months.ts';

/** Cents and days; `day`: of the figures; `dso` is the KPI of that name in thousandths of a day, `countBack` the delay by another method. A team has neither it nor debtors. */
export type ReceivablesFigures = {
	owed: number;
	overdue: number;
	invoices: number;
	ages: Ageing;
	day: string | null;
	dso: number | null;
	countBack: number | null;
	unused: number;
	trend: { month: string; owed: number; overdue: number }[];
	debtors: { id: string; name: string; cents: number; invoices: number; oldestDue: string }[];
	canOpen: boolean;
};

type Own = Pick<Receivables, 'ages'> & Partial<Receivables>;

definePanelData('receivables', {
	follows: ['performance'],
	reads: ['performance', 'companies', 'invoices'],
	about: ['creances_par_age'],
	async read({ reader, view }): Promise<ReceivablesFigures | null> {
		const months = await readMonths<Own>(reader, 'creances_par_age', view);
		const last = months.at(-1);
		if (!last) return null;
		const { ages, debtors = [], day = null, dso: countBack = null, unused = 0 } = last.own;
		const [kpi] = await readResults(reader, [kpiId('dso')], { ...view, period: 'month' }, [`${last.month}-01`]);
		const ids = debtors.map(({ company }) => company);
		const rows =
			ids.length > 0 ? await reader.rows('companies', { needs: ['name'], fields: ['name'], filter: { id: { _in: ids } } as never, limit: ids.length }) : [];
		const names = new Map(rows.map(({ id, name }) => [String(id), String(name)]));
		return {
			owed: owedOf(ages),
			overdue: overdueOf(ages),
			invoices: last.cases,
			ages,
			day,
			dso: kpi ? resultOf(kpi).value : null,
			countBack,
			unused,
			trend: months.map(({ month, own }) => ({ month, owed: owedOf(own.ages), overdue: overdueOf(own.ages) })),
			// Whom the caller may not see has no line.
			debtors: debtors.flatMap(({ company, cents, count, oldestDue }) => {
				const name = names.get(company);
				return name === undefined ? [] : [{ id: company, name, cents, invoices: count, oldestDue }];
			}),
			canOpen: reader.readable('invoices', 'remaining_cents'),
		};
	},
});
