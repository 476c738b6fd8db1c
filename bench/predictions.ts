import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { resetClock, stopClock } from '../extensions/orchestre/src/platform/clock.ts';
import { chunks, type Host } from '../extensions/orchestre/src/platform/directus.ts';
import { refresh } from '../extensions/orchestre/src/predictions/refresh.ts';
import { dayMs } from '../extensions/orchestre/src/platform/time/paris.ts';
import { madeUpLeads, start } from '../extensions/orchestre/src/predictions/rules/made-up.ts';
import { train } from '../extensions/orchestre/src/predictions/train.ts';
import { connect } from '../scripts/support/database.ts';
import { writeLeads } from '../tests/predictions/history.ts';
import type { Place } from './support/place.ts';
import type { Table } from './support/report.ts';

const count = 100_000;
const now = start + 500 * dayMs;

/** Eighteen criteria of the shipped ones, as the demo's leads meet on average. */
async function reasonsOf(database: Knex): Promise<string> {
	const rules = (await database('scoring_rules').orderBy('id').limit(18).select('id', 'name')) as { id: string; name: string }[];
	return JSON.stringify(rules.map(({ id, name }, index) => ({ rule: id, name, side: 'fit', points: index, fact: '50 à 249 salariés', at: null })));
}

/** Open leads of the last sixty days, one exchange each. */
async function fill(database: Knex): Promise<void> {
	const reasons = await reasonsOf(database);
	for (const part of chunks(Array.from({ length: count }, (_, index) => index))) {
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

async function timed(database: Knex): Promise<Table['rows'][number]> {
	const before = performance.now();
	const cpu = process.cpuUsage();
	const { rows, written, model } = await refresh(database, 'lead_conversion');
	const { user, system } = process.cpuUsage(cpu);
	const seconds = (ms: number): number => Number((ms / 1000).toFixed(2));
	return { rows, written, model: model ?? '', seconds: seconds(performance.now() - before), 'CPU seconds': seconds((user + system) / 1000) };
}

/**
 * Seconds to predict a hundred thousand open leads anew (read, predict, explain, write), with reasons as long as the shipped criteria make
 * them; then once more, when nothing has changed. CPU seconds say what it costs on a machine that does other work as well.
 */
export async function predictions(place: Place): Promise<Table> {
	const database = connect(await place.provision('predictions'));
	try {
		stopClock(new Date(now));
		await writeLeads(database, madeUpLeads(1200, 3));
		const trained = await train({ database } as Host, 'lead_conversion', { job: randomUUID() });
		if (trained.status !== 'champion') throw new Error(`The model was not accepted: ${trained.verdict}`);
		await fill(database);
		const lines = [
			{ what: 'all are new', ...(await timed(database)) },
			{ what: 'nothing changed', ...(await timed(database)) },
		];
		return { name: 'predictions', note: 'all open leads predicted anew; aim: 100,000 in at most 10 s', rows: lines };
	} finally {
		resetClock();
		await database.destroy();
	}
}
