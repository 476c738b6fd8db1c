import { randomUUID } from 'node:crypto';
import { sha256 } from '../../../predictions/artifact.ts';
import { isPostgres, parseJson, toDate, type Knex } from '../../../platform/directus.ts';
import { sharedState } from '../../../platform/shared-state.ts';
import { fieldWords, isFieldName } from '../../filing/rules/words.ts';
import { builtInFit } from '../../understanding/confidence.ts';
import type { ConfidenceFit } from '../../types.ts';
import type { Case } from './refit.ts';
import type { Trial } from './trial.ts';

const target = 'document_field';

/** Names the shipped fit: one that was learnt over another shipped fit means other evidence, and is not used. */
export const shippedHash = (): string => sha256(JSON.stringify(builtInFit()));

type InUse = { id: string; fit: ConfidenceFit };
const known = sharedState('documents.fit', () => ({ hash: '', fit: null as ConfidenceFit | null }));

async function readChampion(knex: Knex): Promise<InUse | null> {
	const row = (await knex('models').where({ target, status: 'champion' }).orderBy('version', 'desc').first('id', 'artifact_sha256', 'schema_hash')) as { id: string; artifact_sha256: string | null; schema_hash: string | null } | undefined; // prettier-ignore
	if (!row?.artifact_sha256 || row.schema_hash !== shippedHash()) return null;
	if (known.fit && known.hash === row.artifact_sha256) return { id: row.id, fit: known.fit };
	const { artifact } = (await knex('models').where({ id: row.id }).first('artifact')) as { artifact: string | null };
	if (!artifact || sha256(artifact) !== row.artifact_sha256) return null;
	const fit = JSON.parse(artifact) as ConfidenceFit;
	Object.assign(known, { hash: row.artifact_sha256, fit });
	return { id: row.id, fit };
}

/** The fit that the company's own corrections have earned; undefined when the shipped one is in use. */
export const currentFit = async (knex: Knex): Promise<ConfidenceFit | undefined> => (await readChampion(knex))?.fit;

/** What people made of what was read, oldest first; with it the days of the first and the last. */
export async function readCases(knex: Knex): Promise<{ cases: Case[]; from: Date | null; until: Date | null }> {
	const rows = (await knex('document_corrections').whereNot({ field: 'class' }).orderBy([{ column: 'date_created' }, { column: 'id' }]).select('field', 'evidence', 'is_right', 'date_created')) as { field: string; evidence: unknown; is_right: unknown; date_created: Date }[]; // prettier-ignore
	const cases = rows.map(({ field, evidence, is_right }) => ({ field, evidence: parseJson<Record<string, number>>(evidence), isRight: Boolean(is_right) }));
	const at = (index: number): Date | null => (rows.at(index) ? toDate(rows.at(index)?.date_created as Date) : null);
	return { cases, from: at(0), until: at(-1) };
}

/** How many cases the last trial saw: without new ones there is nothing to try. */
export async function lastTried(knex: Knex): Promise<number> {
	const row = (await knex('models').where({ target, schema_hash: shippedHash() }).orderBy('version', 'desc').first('row_count')) as { row_count: number | null } | undefined; // prettier-ignore
	return row?.row_count ?? 0;
}

type Told = Exclude<Trial, { verdict: 'few' }>;

/** Writes what a trial came to as a row of `models`; a fit that is taken replaces the one in use in the same transaction. */
export async function recordTrial(trx: Knex, trial: Told, span: { from: Date | null; until: Date | null }, at: Date): Promise<number> {
	const rows = trx('models').where({ target }).orderBy('version', 'desc');
	const all = (await (isPostgres(trx) ? rows.forUpdate() : rows).select('id', 'version', 'status')) as { id: string; version: number; status: string }[];
	const isTaken = trial.verdict === 'taken';
	const before = all.find(({ status }) => status === 'champion');
	if (isTaken && before) await trx('models').where({ id: before.id }).update({ status: 'retired', retired_at: at, date_updated: at });
	const artifact = JSON.stringify(trial.fit);
	const version = (all[0]?.version ?? 0) + 1;
	const { after, before: baseline, precision, heldOut } = trial;
	await trx('models').insert({
		id: randomUUID(),
		name: 'Lecture de documents',
		version,
		status: isTaken ? 'champion' : 'refused',
		target,
		algorithm: 'ridge_logistic',
		verdict: trial.sentence,
		data_from: span.from,
		data_until: span.until,
		row_count: trial.cases,
		positive_count: trial.right,
		features: JSON.stringify(trial.fields.map((name) => ({ name: isFieldName(name) ? fieldWords[name] : name, importance: null }))),
		schema_hash: shippedHash(),
		metrics: JSON.stringify({ precision, sure: after.sure, logLoss: after.logLoss, brierScore: after.brier, test: { rows: heldOut } }),
		calibration: JSON.stringify(trial.bins),
		baseline_metrics: JSON.stringify(baseline),
		trained_at: at,
		promoted_at: isTaken ? at : null,
		replaces: isTaken ? (before?.id ?? null) : null,
		artifact,
		artifact_sha256: sha256(artifact),
		drift_state: 'unknown',
		date_created: at,
	});
	return version;
}
