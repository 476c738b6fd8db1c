import type { Accountability, Host, Json } from '../../../platform/directus.ts';
import { parseJson } from '../../../platform/directus.ts';
import { dayOrNull, numberOrNull } from '../../../platform/columns.ts';
import { notAllowed } from '../../../platform/errors.ts';
import { dayOf } from '../../../platform/time/paris.ts';
import type { Reader } from '../../../timeline/reader.ts';
import { kpiId } from '../ids.ts';
import type { Raw } from '../rules/change.ts';
import type { Period } from '../rules/periods.ts';
import type { KpiDefinition, Scope } from '../types.ts';
import { readFigures } from './figures.ts';
import { maySee } from './may-see.ts';
import type { Whose } from './whose.ts';

/** A kept result as it is read: figures as numbers, `start` a day number. */
export type Point = {
	scope: Scope;
	key: string;
	start: number;
	value: number | null;
	target: number | null;
	previous: number | null;
	previousYear: number | null;
	numerator: number | null;
	denominator: number | null;
	cases: number;
	isFinal: boolean;
	version: number;
	computedAt: string | null;
	details: Details;
};

/** As run.ts writes it. */
export type Details = { parts?: Record<string, Raw>; wasParts?: Record<string, Raw>; was?: Raw; year?: Raw; own?: Json; more?: Json };

const fields = ['scope', 'scope_key', 'period_start', 'value', 'target', 'previous', 'previous_year', 'numerator', 'denominator', 'sample_size', 'is_final', 'definition_version', 'computed_at']; // prettier-ignore

const pointOf = (row: Record<string, unknown>): Point => ({
	scope: row['scope'] as Scope,
	key: String(row['scope_key']),
	start: dayOf(dayOrNull(row['period_start']) ?? '') ?? 0,
	value: numberOrNull(row['value']),
	target: numberOrNull(row['target']),
	previous: numberOrNull(row['previous']),
	previousYear: numberOrNull(row['previous_year']),
	numerator: numberOrNull(row['numerator']),
	denominator: numberOrNull(row['denominator']),
	cases: Number(row['sample_size'] ?? 0),
	isFinal: Boolean(row['is_final']),
	version: Number(row['definition_version'] ?? 1),
	computedAt: typeof row['computed_at'] === 'string' ? row['computed_at'] : row['computed_at'] instanceof Date ? row['computed_at'].toISOString() : null,
	details: parseJson<Details | null>(row['details'] ?? null) ?? {},
});

/** Which figures make up a whole: a team's people, the company's teams. */
const below: Readonly<Partial<Record<Scope, Scope>>> = { company: 'team', team: 'person' };

/**
 * The series of one KPI and, for its last period, the figures that it is made of, all with the caller's own rights on `performance`: 403 for a
 * series that is there and not theirs. A scope without facts has no rows, for whoever may see it.
 */
export async function readPoints(
	host: Host,
	reader: Reader,
	accountability: Accountability,
	definition: KpiDefinition,
	{ scope, key }: Whose,
	periods: readonly Period[],
): Promise<{ series: Point[]; below: Point[] }> {
	const [first, last] = [periods[0], periods.at(-1)];
	if (!first || !last) return { series: [], below: [] };
	const wanted = { kpis: [kpiId(definition.key)], kind: first.kind };
	const part = below[scope];
	const parts = part !== undefined && definition.scopes.includes(part) ? [{ scope: part, ...(scope === 'team' && { team: key }) }] : [];
	// Details weigh more than the figures: of the last period alone.
	const [series, ends] = await Promise.all([
		readFigures(reader, { ...wanted, starts: periods.map(({ start }) => start), whose: [{ scope, key }] }, fields),
		readFigures(reader, { ...wanted, starts: [last.start], whose: [{ scope, key }, ...parts] }, [...fields, 'details']),
	]);
	if (series.length === 0 && !(await maySee(host, accountability, definition, scope, key))) throw notAllowed('Ces chiffres sont hors de vos droits.');
	const points = ends.map(pointOf);
	const own = points.find((point) => point.scope === scope && point.key === key);
	return {
		series: series.map(pointOf).map((point) => (point.start === last.start && own ? own : point)),
		below: points.filter((point) => point.scope === part),
	};
}
