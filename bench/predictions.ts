/**
 * node bench/predictions.ts [--database sqlite|pg] [--rows 100000]: seconds to predict all open leads anew (read, predict, explain, write),
 * with reasons as long as the shipped criteria make them; then once more, when nothing has changed. CPU seconds say what it costs on a machine
 * that does other work as well. Aim: 100,000 in at most 10 s.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import { stopClock } from '../extensions/orchestre/src/platform/clock.ts';
import { chunks, type Host } from '../extensions/orchestre/src/platform/directus.ts';
import { refresh } from '../extensions/orchestre/src/predictions/refresh.ts';
import { dayMs } from '../extensions/orchestre/src/predictions/rules/draw.ts';
import { madeUpLeads, start } from '../extensions/orchestre/src/predictions/rules/made-up.ts';
import { train } from '../extensions/orchestre/src/predictions/train.ts';
import { root } from '../scripts/support/environment.mjs';
import { connect } from '../scripts/support/database.ts';
import { writeLeads } from '../tests/predictions/history.ts';
import { postgresPlace, sqlitePlace } from './support/place.ts';
import { load, machine } from './support/report.ts';

const now = start + 500 * dayMs;

/** Eighteen criteria of the shipped ones, as the demo's leads meet on average. */
async function reasonsOf(database: Knex): Promise<string> {
	const rules = (await database('scoring_rules').orderBy('id').limit(18).select('id', 'name')) as { id: string; name: string }[];
	return JSON.stringify(rules.map(({ id, name }, index) => ({ rule: id, name, side: 'fit', points: index, fact: '50 à 249 salariés', at: null })));
}

/** Open leads of the last sixty days, one exchange each. */
async function fill(database: Knex, rows: number): Promise<void> {
	const reasons = await reasonsOf(database);
	for (const part of chunks(Array.from({ length: rows }, (_, index) => index))) {
		const leads = part.map((index) => {
			const created = new Date(now - (index % 60) * dayMs);
			const scored = { points: index % 90, fit_points: index % 60, engagement_points: index % 30, grade: `${'ABCD'.charAt(index % 4)}2`, reasons };
			return {
				id: randomUUID(),
				display_name: `Lead ${index}`,
				last_name: `L${index}`,
				status: 'new',
				treated_status: 'new',
				status_since: created,
				date_created: created,
				...scored,
			};
		});
		await database('leads').insert(leads);
		await database('interactions').insert(
			leads.map(({ id, date_created: at }) => ({
				id: randomUUID(),
				subject: 'Appel',
				kind: 'call',
				direction: 'outbound',
				outcome: 'reached',
				at,
				date_created: at,
				lead: id,
			})),
		);
	}
}

async function timed(database: Knex): Promise<Record<string, number | string | null>> {
	const before = performance.now();
	const cpu = process.cpuUsage();
	const { rows, written, model } = await refresh(database, 'lead_conversion');
	const { user, system } = process.cpuUsage(cpu);
	const seconds = (ms: number): number => Number((ms / 1000).toFixed(2));
	return { rows, written, model, seconds: seconds(performance.now() - before), 'CPU seconds': seconds((user + system) / 1000) };
}

const { values } = parseArgs({ options: { database: { type: 'string', default: 'sqlite' }, rows: { type: 'string', default: '100000' } } });
process.chdir(root);
const place = values.database === 'pg' ? await postgresPlace() : sqlitePlace();
try {
	const database = connect(await place.provision('predictions'));
	try {
		stopClock(new Date(now));
		await writeLeads(database, madeUpLeads(1200, 3));
		const trained = await train({ database } as Host, 'lead_conversion', { job: randomUUID() });
		if (trained.status !== 'champion') throw new Error(`The model was not accepted: ${trained.verdict}`);
		await fill(database, Number(values.rows));
		console.log({ ...machine(), load: load(), database: place.name });
		console.table([
			{ run: 'all are new', ...(await timed(database)) },
			{ run: 'nothing changed', ...(await timed(database)) },
		]);
	} finally {
		await database.destroy();
	}
} finally {
	await place.stop();
}
