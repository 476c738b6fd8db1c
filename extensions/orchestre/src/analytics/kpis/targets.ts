import type { Knex } from '../../platform/directus.ts';
import { dayOrNull, storedDay } from '../../platform/columns.ts';
import { isoOf } from '../../platform/time/paris.ts';
import type { Checked, Payload } from '../../platform/written.ts';
import { definitions } from './definitions/index.ts';
import { kpiId } from './ids.ts';
import { periodKinds, periodName, readPeriod, type PeriodKind } from './rules/periods.ts';

const columns = { team: 'l’équipe', person: 'la personne', client: 'le client' } as const;
const columnOf = { team: 'team', person: 'owner', client: 'company' } as const;
const told = ['kpi', 'period_kind', 'period_start', 'period_end', 'scope', 'team', 'owner', 'company', 'value'];

/** The id of a relation as it was sent: alone, or within an object. */
const idOf = (value: unknown): string | null => {
	const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
	return typeof id === 'string' && id !== '' ? id : null;
};

/**
 * Puts a target on whole periods (any day of the month means the month), empties whose it is not, and refuses a second one for the same KPI,
 * period and whose, and a negative one where the figure cannot be. `keys`: rows that an update is about; null for a creation.
 */
export async function checkTarget(knex: Knex, payload: Payload, keys: readonly string[] | null): Promise<Checked> {
	if (keys !== null && !told.some((field) => field in payload)) return {};
	const stored =
		keys?.length === 1
			? (((await knex('targets')
					.where({ id: keys[0] })
					.first(...told)) as Payload | undefined) ?? {})
			: {};
	const row: Payload = { period_kind: 'month', scope: 'company', ...stored, ...payload };
	const kind = periodKinds.find((one) => one === row['period_kind']) as PeriodKind | undefined;
	const kpi = idOf(row['kpi']);
	const start = dayOrNull(row['period_start']);
	const definition = kpi ? definitions.find(({ key }) => kpiId(key) === kpi) : undefined;
	if (definition && definition.isSigned !== true && Number(row['value'] ?? 0) < 0)
		return { faults: [{ field: 'value', message: `« ${definition.name} » n’est jamais négatif : son objectif non plus.` }] };
	// What is missing or no choice at all is Directus's own matter.
	if (!kind || !kpi || start === null) return {};
	const period = readPeriod(kind, start);
	if (!period) return { faults: [{ field: 'period_start', message: 'Cette date n’existe pas.' }] };
	const scope = String(row['scope']);
	const values: Payload = { period_start: isoOf(period.start), period_end: isoOf(period.end) };
	let whose: { column: string; id: string } | null = null;
	for (const [name, column] of Object.entries(columnOf)) {
		const id = idOf(row[column]);
		if (scope !== name) {
			if (id !== null) values[column] = null;
		} else if (id === null) return { faults: [{ field: column, message: `Choisissez ${columns[name as keyof typeof columns]} de cet objectif.` }] };
		else whose = { column, id };
	}
	const same = knex('targets').where({ kpi, period_kind: kind, scope, period_start: storedDay(period.start), ...(whose && { [whose.column]: whose.id }) });
	if (await same.whereNotIn('id', [...(keys ?? [])]).first('id')) return { faults: [{ field: 'period_start', message: `Il y a déjà un objectif pour ${periodName(period)} : modifiez-le.` }] }; // prettier-ignore
	if (keys === null) return { values };
	// An update changes what was sent and is new, and nothing beside it: what stands may belong to somebody else's decision.
	const isNew = (field: string): boolean => field in payload && dayOrNull(payload[field]) !== dayOrNull(stored[field]);
	return { values: Object.fromEntries(Object.entries(values).filter(([field]) => field.startsWith('period_') && isNew(field))) };
}
