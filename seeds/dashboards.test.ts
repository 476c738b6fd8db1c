import { describe, expect, test } from 'vitest';
import { definitionOf } from '../extensions/orchestre/src/analytics/kpis/definitions/index.ts';
import { full, type PanelSeed } from './dashboards/types.ts';
import { dashboards } from './dashboards/index.ts';
import manifest from '../extensions/orchestre/package.json' with { type: 'json' };

const panels = new Set(manifest['directus:extension'].entries.filter(({ type }) => type === 'panel').map(({ name }) => name));

const overlap = ({ at: [x, y, w, h] }: PanelSeed, { at: [ox, oy, ow, oh] }: PanelSeed): boolean => x < ox + ow && ox < x + w && y < oy + oh && oy < y + h;

describe.each(dashboards)('$name', ({ panels: own, cockpits }) => {
	test('has panels that exist, side by side within its width', () => {
		for (const panel of own) {
			expect(panels).toContain(panel.type);
			expect(panel.at[0] + panel.at[2] - 1).toBeLessThanOrEqual(full);
			expect(own.filter((other) => other !== panel && overlap(panel, other)).map(({ key }) => key)).toEqual([]);
		}
		expect(new Set(own.map(({ key }) => key)).size).toBe(own.length);
	});
	test('shows KPIs that are defined for the scope of its cockpits', () => {
		for (const { scope, kpis } of cockpits) for (const [kpi] of kpis) expect(definitionOf(kpi)?.scopes ?? [`no KPI ${kpi}`]).toContain(scope);
		for (const { options } of own) if (typeof options?.['kpi'] === 'string') expect(definitionOf(options['kpi'])?.key).toBe(options['kpi']);
	});
});
