import { now as clockNow } from '../../platform/clock.ts';
import { isPostgres, type Knex } from '../../platform/directus.ts';
import { winnersLimit } from './rules/limits.ts';

/** How far back wins still say how the company sells today. */
const windowMs = 3 * 365 * 86_400_000;

/**
 * Stays of won deals per stage, from one change of stage to the next, counted by whole days in the database: a few hundred rows come
 * back whatever the number of deals.
 */
const stays = `
	from (
		select c.opportunity as deal, c.to_stage as stage, c.at as entered, lead(c.at) over (partition by c.opportunity order by c.at, c.id) as left_at
		from stage_changes c
		join opportunities o on o.id = c.opportunity
		join stages s on s.id = o.stage
		where s.is_won = ? and o.closed_at >= ?
	) v
	where v.left_at is not null`;

type Rows<T> = T[] | { rows: T[] };
const rowsOf = <T>(answer: Rows<T>): T[] => (Array.isArray(answer) ? answer : answer.rows);

/** Measures per stage how long winners stay (rules/limits.ts) and writes it on the stage where it changed. Returns how many stages changed. */
export async function learnStages(trx: Knex): Promise<number> {
	const days = isPostgres(trx) ? 'floor(extract(epoch from (v.left_at - v.entered)) / 86400)' : 'cast((v.left_at - v.entered) / 86400000 as integer)';
	const bindings = [true, new Date(clockNow().getTime() - windowMs)];
	const counts = rowsOf<{ stage: string; days: number | string; n: number | string }>(
		(await trx.raw(`select v.stage as stage, ${days} as days, count(*) as n ${stays} group by v.stage, ${days}`, bindings)) as never,
	);
	const winners = rowsOf<{ stage: string; n: number | string }>(
		(await trx.raw(`select v.stage as stage, count(distinct v.deal) as n ${stays} group by v.stage`, bindings)) as never,
	);
	const winnersBy = new Map(winners.map(({ stage, n }) => [stage, Number(n)]));
	const staysBy = Map.groupBy(counts, ({ stage }) => stage);
	const stages = (await trx('stages').select('id', 'winner_days', 'winner_count')) as { id: string; winner_days: number | null; winner_count: number | null }[];
	let changed = 0;
	for (const { id, ...before } of stages) {
		const winner_count = winnersBy.get(id) ?? 0;
		const histogram = new Map((staysBy.get(id) ?? []).map((row) => [Number(row.days), Number(row.n)]));
		const winner_days = winnersLimit({ days: histogram, winners: winner_count });
		if (before.winner_days === winner_days && before.winner_count === winner_count) continue;
		await trx('stages').where({ id }).update({ winner_days, winner_count });
		changed += 1;
	}
	return changed;
}
