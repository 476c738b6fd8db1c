import type { Json, Knex } from '../../platform/directus.ts';
import type { Period, PeriodKind } from './rules/periods.ts';

export type Unit = 'eur' | 'percent' | 'count' | 'days' | 'hours' | 'minutes' | 'points' | 'ratio';
export type Scope = 'company' | 'team' | 'person' | 'client';
export type Domain = 'sales' | 'marketing' | 'success' | 'finance' | 'operations' | 'automation' | 'quality';

/** What differs between the two databases in hand-written SQL. */
export type Dialect = {
	isPostgres: boolean;
	/** A bound of `date` columns (local midnight) or of moments, written out. */
	bound: (at: Date, isDate: boolean) => string;
	/** Whole minutes from one moment column to another. */
	minutes: (from: string, to: string) => string;
	/** So many days after a `date` column. */
	plusDays: (date: string, days: number) => string;
	/** Days from one `date` column to another. */
	days: (from: string, to: string) => string;
	/** How many of so many bounds, ascending and given as parameters, a date or moment has reached. */
	slice: (at: string, cuts: number, isDate: boolean) => string;
};

/**
 * One `select` without a period, whose rows are dated things that happened. The runner wraps it, cuts it by `at` into the periods that it needs
 * and sums it per owner and team, for all periods and scopes and for all facts taken from it, in one statement. Columns, in any order:
 * - `at`: when it happened: a `date` column or a moment (say which in `dated`); what has no date never counts;
 * - `owner`, `team`: ids or null (null counts under « sans responsable », « sans équipe »);
 * - `company`: id of the client or null; needed for scope `client` only;
 * - whatever its facts are made of.
 * Write from rows of events (stage_changes, lead_status_changes, subscription_changes, payments …) wherever there is history: the same select
 * cut at an earlier moment then gives what was known at that moment. `since`: the first day at which anything is cut, as SQL; what comes before it
 * is only ever summed up, so rows there that add up to nothing, each of an owner, team and part, may be left out.
 */
export type Source = { dated: 'date' | 'moment'; sql: (dialect: Dialect, since: string) => string };

/**
 * What is summed of a source, as SQL over its row `f`:
 * - `value`: an integer in the KPI's raw unit (cents, minutes, 1 for a case …);
 * - `n`: how many cases the row stands for (0 for what only corrects another row);
 * - `part`: text or null, what a figure is broken down by (source, stage, product …); null everywhere when nothing is;
 * - `where`: the rows that count, when not all do;
 * - `whose`: what the source's `owner` and `team` are called with before it (`client_`: `client_owner`), when not just that.
 */
export type Facts = { source: Source; value: string; n: string; part: string; where?: string; whose?: string };

/**
 * One sum of facts. `over`: the period itself; everything up to its end (a level: what is open, recurring, owed); everything before its start;
 * or the last so many days up to its end. `factor` multiplies (-1 takes away); `only`: rows with one of these values of `part` (not for
 * scope `client`, which has no parts).
 */
export type Term = { facts: Facts; over?: 'period' | 'end' | 'start' | { days: number }; factor?: number; only?: readonly string[] };

/** What a figure is broken down by: the French word for it, and for each value of `part` (a table's names, or fixed words). */
export type Parts = { name: string; words?: Readonly<Record<string, string>>; table?: { name: string; key: string; label: string } };

/** A figure of one scope in raw units; `parts` by the value of `part`: numerator, denominator, cases. */
export type Figure = {
	scope: Scope;
	/** Id of the team, person or client; `company` for the company, `none` for what belongs to nobody. */
	key: string;
	numerator: number;
	denominator: number | null;
	cases: number;
	parts?: Readonly<Record<string, readonly [number, number, number]>>;
	details?: Json;
};

/**
 * What a function of a KPI's own computes: one period, out of `periods` of this KPI and `every` one that the run asks of such functions; `once` keeps what was read for all of
 * them, by a name, until the run is over. `isShown`: the figures are kept with their details; else others are compared with them, and that is all.
 */
export type Computing = {
	trx: Knex;
	dialect: Dialect;
	period: Period;
	asOf: Date;
	isShown: boolean;
	periods: readonly Period[];
	every: readonly Period[];
	once: <T>(name: string, read: () => Promise<T>) => Promise<T>;
};

/**
 * The rows behind a figure: a collection, and a filter in Directus's own form. `$FROM`, `$TO`: first and last moment of the period; `$DAY`: its last
 * day up to today, `$DAY-30` thirty days before; `$KEY`: the team or person; `$RISK`: from which index on a client is likely to leave.
 */
export type KpiList = {
	collection: string;
	filter: Json;
	/** French: what the list shows where that is not what the figure is called: what a rate is a share of, or more than the figure's own rows. */
	title?: string;
	/** Rows tell what is the case now, and nothing of days before: a period that is over has no list. */
	now?: true;
	/** Rows of a team or person, where they do not say so by `team`, `owner` or `assignee`. */
	whose?: Partial<Record<'team' | 'person', Json>>;
};

/** How figures are made: sums of facts, or (what cannot be summed) a function of its own, for all scopes at once. */
export type Formula =
	{ numerator: readonly Term[]; denominator?: readonly Term[]; cases?: 'numerator' | 'denominator' } | { compute: (context: Computing) => Promise<Figure[]> };

/**
 * One KPI. The row in `kpis` is seeded from it (analytics/kpis/definitions/index.ts lists them all); raise `version` whenever the meaning of
 * the figure changes: all kept results are then computed anew.
 */
export type KpiDefinition = {
	/** Lower case, digits and underscores; never changes. */
	key: string;
	version: number;
	name: string;
	name_en: string;
	domain: Domain;
	/** What it is for, one French sentence. */
	description: string;
	/** The formula in words, French. */
	formula: string;
	unit: Unit;
	direction: 'up' | 'down' | 'band';
	decimals?: number;
	/** The figure may be below nought, and a target for it, too. */
	isSigned?: boolean;
	/** `sum`: parts add up; `ratio`: numerators and denominators add up; `last`: a level, parts add up, periods do not; `none`: neither. */
	aggregation: 'sum' | 'ratio' | 'last' | 'none';
	/** `on_change`: within seconds of a change in `touchedBy`, and hourly; `hourly`; `nightly`. */
	frequency: 'on_change' | 'hourly' | 'nightly';
	scopes: readonly Scope[];
	/** Kinds of periods that are kept; default month, quarter, year. */
	periods?: readonly PeriodKind[];
	/** Fewer cases than this: no value (numerator and denominator are kept). Default 1. */
	minCases?: number;
	/** Collections whose changes move it (for `on_change`). */
	touchedBy?: readonly string[];
	/** From raw numerator / denominator to the stored value (cents, basis points, thousandths); default by unit (rules/value.ts). */
	factor?: number;
	parts?: Parts;
	formulaOf: Formula;
	/** More than `parts` for a panel: JSON by `scope:key`, stored in `performance.details.more` of these rows. */
	details?: (context: Computing) => Promise<ReadonlyMap<string, Json>>;
	/** Where a click on the figure leads (definitions/lists.ts). */
	list?: KpiList;
};
