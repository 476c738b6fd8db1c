import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from '../../scripts/support/database.ts';
import { multiply } from './multiply.ts';
import { night } from './night.ts';
import type { Environment, Place } from './place.ts';
import type { Options } from './report.ts';

/** History that figures need and a night's lists do not; and what figures do not look at, which is most of the rows. */
const [more, without] = [['lead_scores', 'time_tracking', 'expenses', 'resources', 'health_history'], ['usage_events']];

/** The demo's business many times over, and where it is; `isNew`: no benchmark has been here before. */
export type Filled = { environment: Environment; rows: number; times: number; isNew: boolean };

/**
 * What the benchmarks of figures and panels look at, at `times` the demo on PostgreSQL. With `--keep FILE` it is written down there, the
 * containers stay, and the next benchmark, or the same once more, takes it up again instead of filling another for minutes.
 */
export async function fill(place: Place, { times, keep }: Options): Promise<Filled> {
	const kept = keep !== undefined && existsSync(keep) ? (JSON.parse(readFileSync(keep, 'utf8')) as Filled) : null;
	if (kept && kept.times !== times) throw new Error(`${keep} is ${kept.times} times the demo, not ${times}: another file, or --times ${kept.times}.`);
	if (kept) return { ...kept, isNew: false };
	const environment = await place.provision('figures', { demo: true });
	const database = connect(environment);
	try {
		const filled = { environment, rows: await multiply(database, times, more, without), times, isNew: true };
		// Who is at risk, and what is to be done today: panels show it.
		for (const { run } of night) await run(database);
		if (keep !== undefined) writeFileSync(keep, JSON.stringify(filled));
		return filled;
	} finally {
		await database.destroy();
	}
}
