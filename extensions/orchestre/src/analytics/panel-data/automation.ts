import { jobTitles } from '../../platform/jobs/catalogue.ts';
import type { AutomationDetails, JobCount } from '../kpis/breakdowns/automation.ts';
import { totalOf, type ActCount, type Automation } from '../kpis/rules/acts.ts';
import { definePanelData } from '../panels/registry.ts';
import { ofCompany, readMonths, within } from './months.ts';

/** `total`: of the view's period; `target`: basis points. `jobs`: kinds of work with their French titles, those that failed first. */
export type AutomationFigures = {
	total: Automation;
	target: number | null;
	acts: ActCount[];
	months: { month: string; rate: number | null; total: number }[];
	jobs: (JobCount & { title: string })[];
	done: number;
	failed: number;
	canOpenJobs: boolean;
};

function addActs(lists: readonly ActCount[][]): ActCount[] {
	return [...Map.groupBy(lists.flat(), ({ act }) => act).values()].flatMap((own) => {
		const last = own.at(-1);
		const sum = (of: (one: ActCount) => number): number => own.reduce((total, one) => total + of(one), 0);
		return last ? [{ act: last.act, automatic: sum(({ automatic }) => automatic), manual: sum(({ manual }) => manual), minutes: last.minutes }] : [];
	});
}

definePanelData('automation', {
	follows: ['performance'],
	reads: ['performance', 'jobs'],
	about: ['taux_automatisation'],
	ofCompany: true,
	async read({ reader, view }): Promise<AutomationFigures | null> {
		const months = await readMonths<AutomationDetails>(reader, 'taux_automatisation', ofCompany(view));
		const own = within(months, view);
		if (own.length === 0) return null;
		const acts = addActs(own.map((month) => month.own.acts));
		const jobs = [
			...Map.groupBy(
				own.flatMap((month) => month.own.jobs),
				({ kind }) => kind,
			),
		].map(([kind, some]) => ({
			kind,
			title: jobTitles[kind] ?? kind,
			done: some.reduce((sum, { done }) => sum + done, 0),
			failed: some.reduce((sum, { failed }) => sum + failed, 0),
		}));
		return {
			total: { ...totalOf(acts), minutes: own.reduce((sum, month) => sum + month.own.minutes, 0) },
			target: own.at(-1)?.target ?? null,
			acts,
			months: months.map(({ month, value, cases }) => ({ month, rate: value, total: cases })),
			jobs: jobs.toSorted((one, two) => two.failed - one.failed || two.done - one.done),
			done: jobs.reduce((sum, { done }) => sum + done, 0),
			failed: jobs.reduce((sum, { failed }) => sum + failed, 0),
			canOpenJobs: reader.readable('jobs', 'state'),
		};
	},
});
