import type { Knex } from 'knex';
import { connect } from '../scripts/support/database.ts';
import { multiply } from './support/multiply.ts';
import { night } from './support/night.ts';
import { startWatch } from './support/watch.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

const told = (result: object): string =>
	Object.entries(result)
		.filter(([, value]) => typeof value === 'number')
		.map(([name, value]) => `${name} ${value}`)
		.join(', ');

/** One turn of the whole night; the last line sums up. */
async function turn(database: Knex, what: string): Promise<Table['rows']> {
	const rows: Table['rows'] = [];
	const whole = startWatch();
	for (const { name, run } of night) {
		const watch = startWatch();
		const result = await run(database);
		rows.push({ turn: what, work: name, ...watch.stop(), result: told(result) });
	}
	rows.push({ turn: what, work: 'all', ...whole.stop(), result: '' });
	return rows;
}

/**
 * The whole nightly run (health, churn, upsell, actions) over `times` the demo: the first night, when everything is new, and once more when
 * nothing has changed. In this process, without a server beside it: seconds, seconds of the processor here, and growth of the memory.
 */
export async function nightly(place: Place, { times }: Options): Promise<Table> {
	if (place.name !== 'pg') throw new Error('nightly is about PostgreSQL: npm run bench -- --database pg --only nightly.');
	const environment: Environment = await place.provision('nightly', { demo: true });
	const database = connect(environment);
	try {
		const rows = await multiply(database, times);
		const lines = [...(await turn(database, 'first')), ...(await turn(database, 'again'))];
		return { name: 'nightly', note: `${times} times the demo, ${rows} rows; aim: all of the first night ≤ 60 s and ≤ 500 MB`, rows: lines };
	} finally {
		await database.destroy();
	}
}
