import { addMovements, retentionOf, type Movements } from '../kpis/rules/movements.ts';
import { definePanelData } from '../panels/registry.ts';
import { readMonths, within } from './months.ts';

/** Cents a month; `whole`: the view's period, `net` and `gross` its retention as shares of 1. */
export type RecurringFigures = {
	whole: Movements;
	net: number | null;
	gross: number | null;
	months: ({ month: string } & Movements)[];
	canOpen: boolean;
};

definePanelData('recurring', {
	follows: ['performance'],
	reads: ['performance', 'subscriptions'],
	about: ['mouvements_mrr'],
	async read({ reader, view }): Promise<RecurringFigures | null> {
		const months = await readMonths<Movements>(reader, 'mouvements_mrr', view);
		const own = within(months, view).map((month) => month.own);
		const [first, last] = [own[0], own.at(-1)];
		if (!first || !last || months.every((month) => month.own.opening === 0 && month.own.closing === 0)) return null;
		const whole = { ...addMovements(own), opening: first.opening, closing: last.closing, clientsBefore: first.clientsBefore, clientsAfter: last.clientsAfter };
		return {
			whole,
			...retentionOf(whole),
			months: months.map((month) => ({ month: month.month, ...month.own })),
			canOpen: reader.readable('subscriptions', 'status'),
		};
	},
});
