import { now } from '../platform/clock.ts';
import { saveSettled } from '../platform/columns.ts';
import { chunks } from '../platform/directus.ts';
import type { Treatment } from '../platform/written.ts';

type Row = { id: string; status: string; refused_at: unknown };

/**
 * Notes when a quote was refused, in the transaction that says so: indicators count a refusal on its day, and no later change of the quote may move it.
 * A quote that is taken up again has none.
 */
export const noteRefusals: Treatment = async (trx, written) => {
	const ids = written.filter(({ set }) => 'status' in set).map(({ id }) => id);
	for (const some of chunks(ids)) {
		const rows = (await trx('quotes').whereIn('id', some).select('id', 'status', 'refused_at')) as Row[];
		const settled = rows.map(({ id, status, refused_at }) => {
			const isRefused = status === 'refused';
			const at = isRefused ? (refused_at ?? now()) : null;
			return { id, before: { refused_at }, after: { refused_at: at } };
		});
		await saveSettled(trx, 'quotes', settled);
	}
};
