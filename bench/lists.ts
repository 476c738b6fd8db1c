import { connect } from '../scripts/support/database.ts';
import { scaleDemo } from '../scripts/demo/scale.ts';
import { get } from '../scripts/support/server.ts';
import { burst, type Burst } from './support/burst.ts';
import { median, medianInterval } from './support/figures.ts';
import { inTurns, middle, start } from './support/pair.ts';
import type { Environment, Place } from './support/place.ts';
import type { Options, Table } from './support/report.ts';
import { measureApp } from './app/measure.ts';
import { query } from './app/requests.ts';

/** The demo, and the same demo `times` over. */
export async function bothSizes(place: Place, times: number): Promise<{ small: Environment; large: Environment }> {
	const small = await place.provision('demo', { demo: true });
	const large = await place.copy(small, `demo_${times}`);
	const database = connect(large);
	await scaleDemo({ database, times });
	await database.destroy();
	return { small, large };
}

const fields = ['display_name', 'status', 'grade', 'source', 'date_created', 'owner.first_name', 'owner.last_name', 'company.name', 'campaign.name'].join(',');
const page = { fields, limit: 25, page: 1, sort: '-date_created' };

/** Lists as people open them; `plain` asks for rows alone, `counted` also how many match. */
const asked = [
	{ what: 'leads, 25 rows, 3 joins', path: `/items/leads?${query(page)}` },
	{ what: 'the same, counted', path: `/items/leads?${query({ ...page, meta: 'filter_count' })}` },
	{
		what: 'open leads, counted',
		path: `/items/leads?${query({ ...page, meta: 'filter_count', filter: { status: { _in: ['new', 'contacted', 'qualified'] } } })}`,
	},
	{ what: 'companies by name, 1 join', path: `/items/companies?${query({ fields: 'name,city,owner.last_name', limit: 25, sort: 'name' })}` },
];

/** The administrator's lists at demo size against `times` as much: 8 clients, in turns. */
export async function lists(place: Place, { rounds, seconds, times }: Options): Promise<Table> {
	const { small, large } = await bothSizes(place, times);
	const [few, many] = await Promise.all([start(small), start(large)]);
	try {
		const rows: Table['rows'] = [];
		for (const { what, path } of asked) {
			const run = (server: typeof few) => (): Promise<Burst> =>
				burst(
					async () => {
						await get(server, path);
						return true;
					},
					8,
					seconds * 1000,
				);
			await run(few)();
			await run(many)();
			const pairs = await inTurns(rounds, run(few), run(many));
			const [one, other] = [middle(pairs.map(([before]) => before)), middle(pairs.map(([, after]) => after))];
			const ratios = pairs.map(([before, after]) => after.p95 / before.p95);
			const { low, high } = medianInterval(ratios);
			rows.push({
				what,
				'×1 /s': one.perSecond,
				[`×${times} /s`]: other.perSecond,
				'×1 p95 ms': one.p95,
				[`×${times} p95 ms`]: other.p95,
				'p95 ratio': median(ratios),
				low,
				high,
			});
		}
		return { name: 'lists', note: `8 clients, demo against ${times} times the demo; aim: p95 ratio ≤ 1.3 for 25 leads with 3 joins`, rows };
	} finally {
		await Promise.all([few.stop(), many.stop()]);
	}
}

/** Every default list, bookmark and form, as each role's app asks for them; the dearest thirty requests at the large size. */
export async function app(place: Place, { samples, times }: Options): Promise<Table> {
	const { small, large } = await bothSizes(place, times);
	const [few, many] = await Promise.all([start(small), start(large)]);
	try {
		const lines = await measureApp({ server: few, environment: small }, { server: many, environment: large }, { samples });
		const dearest = lines.toSorted((a, b) => b.large.p95 - a.large.p95).slice(0, 30);
		const slow = lines.filter(({ part, large: { p95 } }) => part !== 'total' && !part.endsWith('count') && p95 > 200).length;
		return {
			name: 'app',
			note: `${lines.length} requests of lists, bookmarks and forms, ${slow} of those that bring rows above 200 ms at ${times} times; the dearest 30`,
			rows: dearest.map(({ role, kind, name, part, small: a, large: b, p50Ratio, ratio }) => ({
				role,
				opens: `${kind} ${name}`,
				part,
				'×1 p50 ms': a.p50,
				'×1 p95 ms': a.p95,
				[`×${times} p50 ms`]: b.p50,
				[`×${times} p95 ms`]: b.p95,
				'p50 ratio': p50Ratio,
				'p95 ratio': ratio,
			})),
		};
	} finally {
		await Promise.all([few.stop(), many.stop()]);
	}
}
