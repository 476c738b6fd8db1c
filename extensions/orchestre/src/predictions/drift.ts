import { now as clockNow } from '../platform/clock.ts';
import type { Knex } from '../platform/directus.ts';
import type { Drift } from '../learners/assess/drift.ts';
import { dayMs } from '../platform/time/paris.ts';
import { looksOf, tableOf } from './rules/training.ts';
import type { Target } from './rules/types.ts';
import { inPeoplesWords } from './rules/words.ts';
import { readChampion } from './store.ts';
import { sources } from './subjects.ts';

const stateOf = { steady: 'stable', warning: 'warning', alarm: 'alarm', 'too-few-rows': 'unknown' } as const;

/** The newest cases that are watched: far more than the 500 of which drift is told, and few enough for every night. */
const rowsToWatch = 10_000;

export type Watched = { model: string; version: number; drift: Drift };

/**
 * How far the newest cases, looked at as in training but with their outcome still to come, are from those that the model in use learnt
 * from; noted on its row. Null without a model.
 */
export async function watchDrift(knex: Knex, target: Target): Promise<Watched | null> {
	const now = clockNow();
	return sources[target].use(async (subject, read) => {
		const champion = await readChampion(knex, subject);
		if (champion.state !== 'usable') return null;
		const { id, version, model, artifact } = champion.usable;
		const horizonMs = artifact.horizonDays * dayMs;
		const histories = await read(knex, { from: now.getTime() - 2 * horizonMs, until: now.getTime(), most: rowsToWatch, horizonMs });
		const { recent } = looksOf(subject, histories, { now: now.getTime(), horizonMs });
		const found = model.drift(tableOf(subject, recent));
		const drift = { ...found, sentence: inPeoplesWords(found.sentence) };
		await knex('models')
			.where({ id })
			.update({ drift: JSON.stringify({ ...drift, rows: recent.length }), drift_state: stateOf[drift.state], drift_at: now, date_updated: now });
		return { model: id, version, drift };
	});
}
