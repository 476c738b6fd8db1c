import { createHash } from 'node:crypto';
import type { CalibrationBin } from '../learners/assess/metrics.ts';
import { modelFromJSON, modelSchema, type Model } from '../learners/model.ts';
import { NotLearnable } from '../learners/table.ts';
import type { Subject, Target } from './rules/types.ts';

/** Raised whenever a feature's meaning changes although its name does not. */
export const featuresVersion = 1;

/** What is kept of a model to predict with. `until`: the newest moment it learnt from; `bins`: its calibration on rows that it had not seen. */
export type Artifact = { target: Target; horizonDays: number; until: number; bins: CalibrationBin[]; model: unknown };

/** A stored model ready for use. */
export type Usable = { id: string; version: number; artifact: Artifact; model: Model };

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Names and kinds of what a model looks at, and how both rooms store it: a model with another hash would misread today's facts. */
export const schemaHash = <History>({ target, features }: Pick<Subject<History>, 'target' | 'features'>): string =>
	sha256(JSON.stringify([featuresVersion, modelSchema, target, features.map(({ name, kind }) => [name, kind])]));

type Stored = { id: string; version: number; artifact: string | null; artifact_sha256: string | null; schema_hash: string | null };

/** Reads a stored model. Throws `NotLearnable`, with a French sentence, for one of another schema or one that was changed since. */
export function usableOf<History>(stored: Stored, subject: Subject<History>): Usable {
	const { id, version, artifact, artifact_sha256: hash } = stored;
	if (stored.schema_hash !== schemaHash(subject))
		throw new NotLearnable('Ce modèle a été appris sur d’autres variables que celles d’aujourd’hui : il doit être réentraîné avant de servir.');
	if (!artifact || sha256(artifact) !== hash)
		throw new NotLearnable('Le modèle enregistré est incomplet ou a été modifié : il doit être réentraîné avant de servir.');
	const parsed = JSON.parse(artifact) as Artifact;
	return { id, version, artifact: parsed, model: modelFromJSON(parsed.model) };
}
