import { storedDay } from '../../../platform/columns.ts';
import { spanKey } from '../rules/comparisons.ts';
import type { Computing } from '../types.ts';
import { ask, lastDay, type Row } from './ask.ts';

/**
 * Rows of one statement for all periods of the KPI, read once under a `name`, and of those the period's own. The statement joins
 * `spans` (span, first, next: the days a period begins on and that after its last) and answers the column `span`.
 */
export async function askForAll(computing: Computing, name: string, sql: string, bindings: Record<string, unknown> = {}): Promise<Row[]> {
	const { trx, dialect, periods, asOf, period, once } = computing;
	const all = await once(name, async () => {
		const spans = periods.map((one, index) => {
			const [first, next] = [storedDay(one.start), storedDay(lastDay({ period: one, asOf }) + 1)].map((day) => dialect.bound(day, true));
			return `select ${index} as span, ${first} as first, ${next} as next`;
		});
		const rows = await ask(trx, sql.replace('with ', `with spans as (${spans.join(' union all ')}), `), bindings);
		return Map.groupBy(rows, ({ span }) => spanKey(periods[Number(span)] ?? period));
	});
	return all.get(spanKey(period)) ?? [];
}
