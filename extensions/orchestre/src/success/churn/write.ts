import { isPostgres, type Knex } from '../../platform/directus.ts';
import { numberOrNull, storedDay } from '../../platform/columns.ts';
import { jsonRows, updateMany, type ColumnTypes } from '../../platform/json-rows.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { type Row } from '../../predictions/data/rows.ts';
import type { ChurnReasons } from './rules/reasons.ts';

/** What is said of a client: the index (0 to 100), and with a model its probability in basis points. `reasons` null: those that stand, stay. */
export type Risk = {
	id: string;
	index: number | null;
	probability: number | null;
	low: number | null;
	high: number | null;
	version: string | null;
	model: string | null;
	reasons: ChurnReasons | null;
};

const columns: ColumnTypes = {
	churn_risk: 'integer',
	churn_probability: 'integer',
	churn_risk_low: 'integer',
	churn_risk_high: 'integer',
	churn_model_version: 'text',
	churn_reasons: 'json',
	churn_at: 'timestamptz',
};

const isNothing = ({ index, reasons }: Risk): boolean => index === null && reasons === null;

function isSame(risk: Risk, row: Row): boolean {
	if (isNothing(risk)) return row['churn_at'] === null;
	const figures =
		risk.index === numberOrNull(row['churn_risk']) &&
		risk.probability === numberOrNull(row['churn_probability']) &&
		risk.low === numberOrNull(row['churn_risk_low']) &&
		risk.high === numberOrNull(row['churn_risk_high']) &&
		risk.version === (row['churn_model_version'] ?? null);
	return figures && (risk.reasons === null || JSON.stringify(risk.reasons) === row['reasons_text']);
}

/** The day's rows of the history get the index; those that have it are not written. Health has made them; without one the day is not kept. */
async function recordRisks(knex: Knex, risks: readonly Risk[], now: Date): Promise<number> {
	const told = risks.filter(({ index }) => index !== null);
	if (told.length === 0) return 0;
	const isOnPostgres = isPostgres(knex);
	const { source, column, toJson } = jsonRows(knex, { id: 'uuid', index: 'integer', probability: 'integer', low: 'integer', high: 'integer', model: 'uuid' });
	const own = { churn_risk: 'index', churn_probability: 'probability', churn_low: 'low', churn_high: 'high', model: 'model' } as const;
	const assignments = Object.entries(own).map(([stored, name]) => `${stored} = ${column(name)}`);
	const differs = Object.entries(own).map(([stored, name]) => `health_history.${stored} ${isOnPostgres ? 'is distinct from' : 'is not'} ${column(name)}`);
	const { day } = toParis(now);
	const answer: unknown = await knex.raw(
		`update health_history set ${assignments.join(', ')} from ${source}
			where health_history.company = ${column('id')} and health_history.computed_on = ? and (${differs.join(' or ')}) returning health_history.id`,
		[
			toJson(told.map(({ id, index, probability, low, high, model }) => ({ id, index, probability, low, high, model }))),
			isOnPostgres ? isoOf(day) : storedDay(day).getTime(),
		],
	);
	return (Array.isArray(answer) ? answer : (answer as { rows: unknown[] }).rows).length;
}

/** Writes what changed, in one statement for companies and one for the day's history. No trail: figures of a night would drown what people did. */
export async function writeRisks(
	knex: Knex,
	risks: readonly Risk[],
	before: ReadonlyMap<string, Row>,
	now: Date,
): Promise<{ written: number; recorded: number }> {
	const changed = risks.filter((risk) => !isSame(risk, before.get(risk.id) ?? {}));
	await updateMany(
		knex,
		'companies',
		columns,
		changed.map((risk) => ({
			id: risk.id,
			churn_risk: risk.index,
			churn_probability: risk.probability,
			churn_risk_low: risk.low,
			churn_risk_high: risk.high,
			churn_model_version: risk.version,
			churn_reasons: risk.reasons,
			churn_at: isNothing(risk) ? null : now,
		})),
	);
	return { written: changed.length, recorded: await recordRisks(knex, risks, now) };
}
