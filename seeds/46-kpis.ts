import { definitions } from '../extensions/orchestre/src/analytics/kpis/definitions/index.ts';
import { seedRow } from '../extensions/orchestre/src/analytics/kpis/seed-row.ts';
import type { SeedSource } from '../scripts/seed/format.ts';

/**
 * What the KPIs are, told by their definitions in code. Status, owner, warning, baseline and promise are the company's own: they are set when
 * a KPI comes and never again.
 */
const seed: SeedSource = {
	collection: 'kpis',
	key: 'id',
	owns: [
		'name',
		'name_en',
		'domain',
		'description',
		'formula',
		'query',
		'version',
		'unit',
		'direction',
		'decimals',
		'aggregation',
		'frequency',
		'scopes',
		'min_cases',
	],
	rows: definitions.map(seedRow),
};

export default seed;
