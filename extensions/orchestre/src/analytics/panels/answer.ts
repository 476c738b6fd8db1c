import type { PeriodKind } from './parts/figures.ts';

/** What period and whose figures a panel shows, after options, bar and cockpit have had their say. */
export type View = {
	period: PeriodKind | 'rolling_12';
	/** First and last day (included), YYYY-MM-DD. */
	start: string;
	end: string;
	comparison: 'previous' | 'previous_year' | 'target';
	scope: 'company' | 'team' | 'person';
	/** `company`, or the id of the team or person. */
	key: string;
	/** The team's or person's name; null for the company. */
	name: string | null;
};

/** What `GET /orchestre/panels/:panel` answers under `data`. `figures` is null where there is nothing to show yet. */
export type Answer<Figures> = { view: View; figures: Figures | null; stamps: Record<string, string> };
