import { isPostgres, parseJson, type Knex } from '../platform/directus.ts';
import { NotLearnable } from '../learners/table.ts';
import { schemaHash, sha256, usableOf, type Usable } from './artifact.ts';
import type { GroupRate } from './rules/training.ts';
import type { Subject, Target } from './rules/types.ts';
import { targetWords } from './rules/words.ts';
import type { Trial } from './trial.ts';

/** The model in use, one that cannot be used any more (`why` in French), or none. */
export type Champion = { state: 'usable'; usable: Usable } | { state: 'unusable'; id: string; version: number; why: string } | { state: 'none' };

/** Parsed models by the hash of their text: they never change. */
const parsed = new Map<string, Usable>();

/** The model in use for a target, checked against the facts that this bundle knows. */
export async function readChampion<History>(knex: Knex, subject: Subject<History>): Promise<Champion> {
	type Row = { id: string; version: number; artifact_sha256: string | null; schema_hash: string | null };
	const columns = ['id', 'version', 'artifact_sha256', 'schema_hash'];
	const row = (await knex('models').where({ target: subject.target, status: 'champion' }).orderBy('version', 'desc').first(columns)) as Row | undefined;
	if (!row) return { state: 'none' };
	const { id, version, artifact_sha256: hash } = row;
	const known = hash && row.schema_hash === schemaHash(subject) ? parsed.get(`${id}:${hash}`) : undefined;
	if (known) return { state: 'usable', usable: known };
	const { artifact } = (await knex('models').where({ id }).first('artifact')) as { artifact: string | null };
	try {
		const usable = usableOf({ ...row, artifact }, subject);
		parsed.clear();
		parsed.set(`${id}:${hash}`, usable);
		return { state: 'usable', usable };
	} catch (error) {
		if (error instanceof NotLearnable) return { state: 'unusable', id, version, why: error.message };
		throw error;
	}
}

/** What the latest training said, for things that have no model to be predicted with. */
export type LatestStory = { version: number; status: string; verdict: string; rates: Record<string, GroupRate> };

export async function readLatest(knex: Knex, target: Target): Promise<LatestStory | null> {
	const row = (await knex('models')
		.where({ target })
		.whereNot({ status: 'failed' })
		.orderBy('version', 'desc')
		.first('version', 'status', 'verdict', 'metrics')) as { version: number; status: string; verdict: string | null; metrics: unknown } | undefined;
	if (!row) return null;
	const metrics = parseJson<{ rates?: Record<string, GroupRate> } | null>(row.metrics);
	return { version: row.version, status: row.status, verdict: row.verdict ?? '', rates: metrics?.rates ?? {} };
}

/** What a model is called where it is named in short: `v3`. */
export const versionName = (version: number): string => `v${version}`;

type Run = { job: string; at: Date; horizonDays: number; champion: Champion; trainingMs: number };

const algorithmOf = ({ card, status }: Trial): string => {
	if (status === 'refused' && !card) return 'shrunken_rate';
	return card?.learner.startsWith('ridge') ? 'ridge_logistic' : 'gbdt';
};

/** Everything of a training that a model card shows, as json for `metrics`. */
const metricsOf = ({ card, rates }: Trial): object => ({
	rates,
	...(card && {
		...card.metrics,
		checks: card.verdict.checks,
		state: card.verdict.state,
		eceByChance: card.eceByChance,
		train: card.train,
		test: card.test,
		candidates: card.candidates,
		suspects: card.suspects,
		isCalibrated: card.isCalibrated,
		microsecondsPerRow: card.microsecondsPerRow,
	}),
});

function rowOf<History>(subject: Subject<History>, trial: Trial, run: Run, version: number): Record<string, unknown> {
	const { target } = subject;
	const { at, champion, horizonDays } = run;
	const artifact = trial.artifact && JSON.stringify(trial.artifact);
	const isNew = trial.status === 'champion';
	const before = champion.state === 'usable' ? champion.usable.id : champion.state === 'unusable' ? champion.id : null;
	const { verdict } = trial;
	return {
		id: run.job,
		name: targetWords[target].fr,
		version,
		status: trial.status,
		target,
		algorithm: algorithmOf(trial),
		verdict: champion.state === 'unusable' ? `${verdict} Le modèle v${champion.version} ne peut plus servir : ${champion.why}` : verdict,
		data_from: trial.from === null ? null : new Date(trial.from),
		data_until: trial.until === null ? null : new Date(trial.until),
		row_count: trial.rows,
		positive_count: trial.positives,
		features: JSON.stringify(trial.features.length > 0 ? trial.features : subject.features.map(({ name }) => ({ name, importance: null }))),
		schema_hash: schemaHash(subject),
		metrics: JSON.stringify(metricsOf(trial)),
		calibration: trial.card && JSON.stringify(trial.card.calibration),
		baseline_metrics: trial.contest && JSON.stringify(trial.contest),
		parameters: JSON.stringify({ horizonDays, learner: trial.card?.learner ?? null }),
		seed: trial.card ? 42 : null,
		training_ms: Math.round(run.trainingMs),
		trained_at: at,
		promoted_at: isNew ? at : null,
		replaces: isNew ? before : null,
		artifact,
		artifact_sha256: artifact && sha256(artifact),
		drift_state: 'unknown',
		date_created: at,
	};
}

/**
 * Writes what a training came to, and puts the new model in the place of the old one in the same transaction: there never are two in use,
 * and never none in between. One row a job: a repeated attempt writes nothing. Answers the version.
 */
export async function recordTrial<History>(knex: Knex, subject: Subject<History>, trial: Trial, run: Run): Promise<number> {
	return knex.transaction(async (trx) => {
		const rows = trx('models').where({ target: subject.target }).orderBy('version', 'desc');
		const known = (await (isPostgres(trx) ? rows.forUpdate() : rows).select('id', 'version')) as { id: string; version: number }[];
		const again = known.find(({ id }) => id === run.job);
		if (again) return again.version;
		const version = (known[0]?.version ?? 0) + 1;
		// A model that cannot be used is out of use, whatever came of this training; one on trial makes room for the next.
		const out = trial.status === 'champion' || run.champion.state === 'unusable' ? ['champion', 'shadow'] : trial.status === 'shadow' ? ['shadow'] : [];
		if (out.length > 0)
			await trx('models').where({ target: subject.target }).whereIn('status', out).update({ status: 'retired', retired_at: run.at, date_updated: run.at });
		await trx('models').insert(rowOf(subject, trial, run, version));
		return version;
	});
}
