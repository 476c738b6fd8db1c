import type { Knex } from 'knex';
import { nightlyActions } from '../extensions/orchestre/src/actions/nightly.ts';
import { judgeAllClients } from '../extensions/orchestre/src/success/health/judge.ts';
import { growthNightly } from '../extensions/orchestre/src/success/growth/find.ts';
import { predictChurn } from '../extensions/orchestre/src/success/churn/predict.ts';
import { connect } from '../scripts/support/database.ts';
import { multiply } from './support/multiply.ts';
import { startWatch } from './support/watch.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';

/** One room's part of the night: all of it, from the first row to the last; what it answers is told beside the figures. */
type NightWork = { name: string; run: (database: Knex) => Promise<object> };

/** In the order of the night: each reads what the one before wrote. */
const night: readonly NightWork[] = [
	{ name: 'health', run: (database) => judgeAllClients(database) },
	{ name: 'churn', run: (database) => predictChurn(database) },
	{ name: 'upsell', run: (database) => growthNightly(database) },
	{ name: 'actions', run: async (database) => (await nightlyActions(database)) ?? {} },
];

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
