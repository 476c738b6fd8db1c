import type { Knex } from 'knex';
import { nightlyActions } from '../../extensions/orchestre/src/actions/nightly.ts';
import { predictChurn } from '../../extensions/orchestre/src/success/churn/predict.ts';
import { growthNightly } from '../../extensions/orchestre/src/success/growth/find.ts';
import { judgeAllClients } from '../../extensions/orchestre/src/success/health/judge.ts';

/** One room's part of the night: all of it, from the first row to the last; what it answers is told beside the figures. */
export type NightWork = { name: string; run: (database: Knex) => Promise<object> };

/** In the order of the night: each reads what the one before wrote. */
export const night: readonly NightWork[] = [
	{ name: 'health', run: (database) => judgeAllClients(database) },
	{ name: 'churn', run: (database) => predictChurn(database) },
	{ name: 'upsell', run: (database) => growthNightly(database) },
	{ name: 'actions', run: async (database) => (await nightlyActions(database)) ?? {} },
];
