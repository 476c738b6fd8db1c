import type { Knex } from '../../platform/directus.ts';
import type { Treatment, Written } from '../../platform/written.ts';
import { judgeDeals } from './judge.ts';
import { readGround } from './settings.ts';

/** Judges the open deals of these ids anew, unless the company has switched that off. */
export async function judgeNow(trx: Knex, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const ground = await readGround(trx);
	if (ground.enabled) await judgeDeals(trx, ids, ground);
}

export const judgeWritten = (trx: Knex, written: readonly Written[]): Promise<void> =>
	judgeNow(
		trx,
		written.map(({ id }) => id),
	);

/** A task, an exchange, an appointment or a contact that was written changes how its deal is doing. Rows without a deal cost one read. */
export const touchDealsOf =
	(table: string): Treatment =>
	async (trx, written) => {
		const ids = written.map(({ id }) => id);
		const deals: string[] = [];
		for (let start = 0; start < ids.length; start += 500)
			deals.push(
				...((await trx(table)
					.whereIn('id', ids.slice(start, start + 500))
					.whereNotNull('opportunity')
					.distinct('opportunity')
					.pluck('opportunity')) as string[]),
			);
		await judgeNow(trx, deals);
	};
