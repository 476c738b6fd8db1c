import { kpiId } from '../extensions/orchestre/src/analytics/kpis/ids.ts';
import type { SeedSource } from '../scripts/seed/format.ts';
import { cockpitId, cockpitKpiId, dashboardId, panelId } from './dashboards/ids.ts';
import { dashboards } from './dashboards/index.ts';
import { roleIds } from './ids.ts';

/** The seven dashboards (dashboards/), their panels, and what each role's cockpit shows on them. What people change stays; what is missing comes back. */
const seeds: SeedSource[] = [
	{
		collection: 'directus_dashboards',
		keep: true,
		rows: dashboards.map(({ number, name, icon, color, note }) => ({ id: dashboardId(number), name, icon, color, note })),
	},
	{
		collection: 'directus_panels',
		keep: true,
		rows: dashboards.flatMap(({ number, color, panels }) =>
			panels.map(({ key, type, name, icon, at: [position_x, position_y, width, height], options }) => ({
				id: panelId(number, key),
				dashboard: dashboardId(number),
				name: name ?? null,
				icon: icon ?? null,
				color,
				show_header: name !== undefined,
				type,
				position_x,
				position_y,
				width,
				height,
				options: options ?? {},
			})),
		),
	},
	{
		collection: 'dashboards',
		keep: true,
		rows: dashboards.flatMap(({ number, cockpits }) =>
			cockpits.map(({ role, kpis: _kpis, ...cockpit }, index) => ({
				...cockpit,
				id: cockpitId(number, role),
				key: `${number}.${role}`,
				status: 'active',
				role: roleIds[role],
				dashboard: dashboardId(number),
				sort: number * 10 + index,
			})),
		),
	},
	{
		collection: 'dashboard_kpis',
		keep: true,
		rows: dashboards.flatMap(({ number, cockpits }) =>
			cockpits.flatMap(({ role, kpis }) =>
				kpis.map(([kpi, display], index) => ({
					id: cockpitKpiId(number, role, kpi),
					dashboard: cockpitId(number, role),
					kpi: kpiId(kpi),
					display,
					sort: index + 1,
				})),
			),
		),
	},
];

export default seeds;
