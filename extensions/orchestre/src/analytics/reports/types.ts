import type { PeriodKind } from '../kpis/rules/periods.ts';
import type { Unit } from '../kpis/types.ts';
import type { ReportKind } from './rules/kinds.ts';

/** A KPI as it stood; values in stored units (kpis/rules/value.ts), null where there were too few cases. */
export type ReportFigure = {
	key: string;
	name: string;
	unit: Unit;
	decimals: number;
	direction: 'up' | 'down' | 'band';
	formula: string;
	/** Days as `2026-11-16`; the report's own period, or the running month where the KPI has no weeks. */
	period: { kind: PeriodKind; start: string; end: string };
	value: number | null;
	target: number | null;
	previous: number | null;
	previousYear: number | null;
	cases: number;
	minCases: number;
	version: number;
	/** The last periods up to this one, oldest first. */
	history: (number | null)[];
	/** What changed, the largest contributions first. */
	changes: string[];
};

/** A promise of the product with what was measured of it. */
export type ReportGain = {
	name: string;
	promise: string;
	unit: Unit;
	decimals: number;
	direction: 'up' | 'down' | 'band';
	baseline: number | null;
	baselineSource: string | null;
	target: number | null;
	value: number | null;
	cases: number;
	/** How it is measured, in words. */
	formula: string;
};

/** What a report says, frozen: the PDF and the e-mail are made of this and nothing else. */
export type Report = {
	version: 1;
	kind: ReportKind;
	title: string;
	company: string;
	reader: string;
	/** Whose figures: `Sofia Ferreira`, `Commerce Sud`, `Toute l’entreprise`. */
	scope: string;
	/** `semaine du 16/11/2026`; `isOver`: its last day has passed. */
	period: { start: string; end: string; name: string; isOver: boolean };
	/** ISO moment. */
	madeAt: string;
	figures: ReportFigure[];
	gains: ReportGain[];
};
