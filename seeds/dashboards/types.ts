import type { JsonObject } from '../../scripts/schema/snapshot.ts';
import type { RoleKey } from '../ids.ts';

/** Columns of a dashboard: half a screen is 36, a third 24, a quarter 18. */
export const full = 72;

/** A panel: where it stands (column and row from 1, width, height), and its options. `key` is unique on its dashboard and never changes. */
export type PanelSeed = {
	key: string;
	/** `orchestre-kpis` … or one of Directus's own panels. */
	type: string;
	/** The title above it; without one the panel has no header. */
	name?: string;
	icon?: string;
	at: readonly [x: number, y: number, width: number, height: number];
	options?: JsonObject;
};

export type Shown = 'figure' | 'trend' | 'gauge';

/** What one role sees on the dashboard: a row of `dashboards` and its KPIs in order, by key (analytics/kpis/definitions). */
export type CockpitSeed = {
	role: RoleKey;
	name: string;
	description: string;
	period: 'week' | 'month' | 'quarter' | 'year' | 'rolling_12';
	comparison: 'previous' | 'previous_year' | 'target';
	scope: 'person' | 'team' | 'company';
	kpis: readonly (readonly [kpi: string, shown: Shown])[];
};

/** One of the dashboards. Whoever has a cockpit on it sees it; `readers` see it as well, with the first cockpit's choice. */
export type DashboardSeed = {
	/** From 1, for the ids. */
	number: number;
	name: string;
	icon: string;
	color: string;
	note: string;
	cockpits: readonly CockpitSeed[];
	readers?: readonly RoleKey[];
	panels: readonly PanelSeed[];
};
