import type { Json } from '../../platform/directus.ts';
import { plusMonths } from '../../platform/time/months.ts';
import { dayOf } from '../../platform/time/paris.ts';
import type { Reader } from '../../timeline/reader.ts';
import { kpiId } from '../kpis/ids.ts';
import { readFigures } from '../kpis/read/figures.ts';
import type { View } from '../panels/answer.ts';

/** A month of a KPI with what it is made of; `own`: what its `compute` says (kpis/breakdowns). */
export type Month<Own> = { month: string; value: number | null; target: number | null; cases: number; own: Own; computedAt: string };

const fields = ['period_start', 'value', 'target', 'sample_size', 'details', 'computed_at'];

/** What `performance` holds of a KPI for the `count` months up to the view's last, oldest first, as far as the caller may see it. */
export async function readMonths<Own extends object>(reader: Reader, key: string, { end, scope, key: scopeKey }: View, count = 12): Promise<Month<Own>[]> {
	const last = dayOf(`${end.slice(0, 7)}-01`) ?? 0;
	const starts = Array.from({ length: count }, (_, index) => plusMonths(last, index + 1 - count));
	const rows = await readFigures(reader, { kpis: [kpiId(key)], kind: 'month', starts, whose: [{ scope, key: scopeKey }] }, fields);
	return rows.flatMap(({ period_start, value, target, sample_size, details, computed_at }): Month<Own>[] => {
		const own = (details as { own?: Json } | null)?.own as Own | undefined;
		return own
			? [
					{
						month: String(period_start).slice(0, 7),
						value: value === null || value === undefined ? null : Number(value),
						target: target === null || target === undefined ? null : Number(target),
						cases: Number(sample_size ?? 0),
						own,
						computedAt: String(computed_at),
					},
				]
			: [];
	});
}

/** The months that lie in the view's period. */
export const within = <Own>(months: readonly Month<Own>[], { start }: View): Month<Own>[] => months.filter(({ month }) => month >= start.slice(0, 7));

/** Figures of the whole company: who asks for a team or a person gets the company's, if they may see them. */
export const ofCompany = (view: View): View => ({ ...view, scope: 'company', key: 'company', name: null });
