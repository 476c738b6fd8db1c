import type { Cash } from '../kpis/breakdowns/cash.ts';
import type { Receivables } from '../kpis/breakdowns/receivables.ts';
import { definePanelData } from '../panels/registry.ts';
import { ofCompany, readMonths, within } from './months.ts';

/** Cents. `ahead`: what falls due within thirty days, late amounts apart. */
export type CashFigures = {
	in: number;
	out: number;
	months: { month: string; in: number; out: number }[];
	ahead: { in: number; out: number; lateIn: number; lateOut: number } | null;
	canOpen: boolean;
};

definePanelData('cash', {
	follows: ['performance'],
	reads: ['performance', 'payments'],
	about: ['tresorerie_nette'],
	ofCompany: true,
	async read({ reader, view }): Promise<CashFigures | null> {
		const company = ofCompany(view);
		const months = await readMonths<Cash>(reader, 'tresorerie_nette', company);
		if (months.every(({ own }) => own.payments === 0)) return null;
		const [owed] = await readMonths<Receivables>(reader, 'creances_par_age', company, 1);
		const sum = (of: (cash: Cash) => number): number => within(months, view).reduce((total, { own }) => total + of(own), 0);
		return {
			in: sum((cash) => cash.in),
			out: sum((cash) => cash.out),
			months: months.map(({ month, own }) => ({ month, in: own.in, out: own.out })),
			ahead: owed
				? {
						in: owed.own.coming.d30,
						out: owed.own.payables.d30,
						lateIn: (['d30', 'd60', 'd90', 'older'] as const).reduce((total, age) => total + owed.own.ages[age].cents, 0),
						lateOut: owed.own.payables.overdue,
					}
				: null,
			canOpen: reader.readable('payments', 'paid_on'),
		};
	},
});
