import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { assess, replay, type Quality } from '../../extensions/orchestre/src/forecasts/model/backtest.ts';
import type { DealHistory, History } from '../../extensions/orchestre/src/forecasts/model/types.ts';
import { dayOf } from '../../extensions/orchestre/src/platform/time/paris.ts';

type Row = Record<string, string>;

/** The set has no expected dates and no stages but one: a deal is expected 60 days after its start, with the share that is usually won. */
const [expectedAfter, usualChance, stage] = [60, 0.6, 'Engaging'];
const warmUpDays = 180;

const read = (folder: string, file: string): Row[] => parse(readFileSync(join(folder, file)), { columns: true });

/** “GTXPro” and “GTX Pro” are one product. */
const keyOf = (product = ''): string => product.replaceAll(' ', '');

/** The Maven pipeline as a history: priced at the list, for what it was closed at tells the outcome; deals without a start are left out. */
export function readMaven(folder: string): History {
	const prices = new Map(read(folder, 'products.csv').map((row) => [keyOf(row['product']), Number(row['sales_price']) * 100]));
	const deals = read(folder, 'sales_pipeline.csv').flatMap((row): DealHistory[] => {
		const started = dayOf(row['engage_date'] ?? '');
		if (started === null) return [];
		const won = row['deal_stage'] === 'Won';
		const list = prices.get(keyOf(row['product'])) ?? 0;
		return [
			{
				id: row['opportunity_id'] ?? '',
				owner: row['sales_agent'] ?? null,
				team: null,
				versions: [{ day: started, stage, amountCents: list, probability: usualChance, closeDay: started + expectedAfter }],
				closedDay: row['close_date'] ? dayOf(row['close_date']) : null,
				won,
				amountCents: won ? Number(row['close_value']) * 100 : list,
				given: null,
			},
		];
	});
	return { deals, subscriptions: [] };
}

/** The quality of forecasts of the whole company over the set's months, from half a year of history on. */
export function evaluateMaven(folder: string, draws = 400): Quality[] {
	const history = readMaven(folder);
	const first = Math.min(...history.deals.map(({ versions }) => versions[0]?.day ?? Infinity));
	const last = Math.max(...history.deals.map(({ closedDay }) => closedDay ?? 0));
	const trials = replay(history, last + 1, { origins: 12, months: 6, draws, seed: 1, firstDay: first + warmUpDays, scopes: ['company'] });
	return assess(trials.filter(({ kind }) => kind === 'total'));
}

const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);

function print(qualities: readonly Quality[]): void {
	console.table(
		qualities.map(({ horizon, trials, mape, naiveMape, recentMape, bias, naiveBias, coverage }) => ({
			horizon: horizon ?? 'all',
			trials,
			MAPE: percent(mape),
			'MAPE naive': percent(naiveMape),
			'MAPE mean of 3 months': percent(recentMape),
			bias: percent(bias),
			'bias naive': percent(naiveBias),
			'P10–P90': percent(coverage),
		})),
	);
}

/** `npm run evaluate:forecast`: the back-test on the public CRM set in $SHARED_DIR/data (or ../shared/data). */
if (import.meta.main) {
	const folder = join(resolve(process.env['SHARED_DIR'] ?? '../shared'), 'data', 'crm-sales-opportunities');
	if (!existsSync(folder)) {
		console.error(`The CRM data set is not at ${folder}: SHARED_DIR names the folder that has data/ in it.`);
		process.exitCode = 1;
	} else print(evaluateMaven(folder));
}
