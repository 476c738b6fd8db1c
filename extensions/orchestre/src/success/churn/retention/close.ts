import { closeAlerts } from '../../../platform/alerts.ts';
import { now as clockNow } from '../../../platform/clock.ts';
import { chunks, orchestreUserId, type Knex } from '../../../platform/directus.ts';
import { dayMs } from '../../../platform/time/paris.ts';
import { writeTrail } from '../../../platform/trail.ts';
import { momentOf, type Row } from '../../../predictions/data/rows.ts';
import { readSpells } from '../data/read-spells.ts';
import { atStake } from '../rules/episode.ts';
import { isLeftBetween, revenueAt, runningAt } from '../rules/spells.ts';
import type { RetentionSettings } from '../settings.ts';

const partSize = 500;

async function save(trx: Knex, ids: readonly string[], change: Record<string, unknown>): Promise<void> {
	for (const part of chunks(ids, partSize)) {
		await trx('insights').whereIn('id', part).update(change);
		await writeTrail(
			trx,
			{},
			part.map((item) => ({ action: 'update', collection: 'insights', item, data: change })),
		);
	}
}

const written = (now: Date): { date_updated: Date; user_updated: string } => ({ date_updated: now, user_updated: orchestreUserId });

/** Ends an episode: its advice is no longer open, its alert is closed with the reason, and what nobody has decided yet is withdrawn. */
async function end(trx: Knex, rows: readonly Row[], outcome: string, now: Date): Promise<void> {
	if (rows.length === 0) return;
	const ids = rows.map(({ id }) => String(id));
	await save(trx, ids, { episode_ended_at: now, ...written(now) });
	const open = rows.flatMap(({ id, state }) => (state === 'open' || state === 'snoozed' ? [String(id)] : []));
	await save(trx, open, { state: 'closed', ...written(now) });
	await closeAlerts(
		trx,
		['churn_risk'],
		'company',
		rows.map(({ company }) => String(company)),
		outcome,
	);
	for (const part of chunks(rows, partSize)) {
		const keys = part.map(({ episode_key }) => `incentive:${String(episode_key)}`);
		const asked = (await trx('validation').whereIn('request_key', keys).where({ status: 'pending' }).pluck('id')) as string[];
		const change = { status: 'cancelled', comment: outcome, ...written(now) };
		if (asked.length > 0) await trx('validation').whereIn('id', asked).update(change);
		await writeTrail(
			trx,
			{},
			asked.map((item) => ({ action: 'update', collection: 'validation', item, data: change })),
		);
	}
}

const columns = ['i.id', 'i.company', 'i.state', 'i.episode_key', 'i.date_created', 'i.episode_ended_at'];
const episodes = (trx: Knex): Knex.QueryBuilder => trx('insights as i').where({ 'i.kind': 'churn' }).whereNotNull('i.company').orderBy('i.id');

/** Episodes whose client is below the lower threshold again. Between the two thresholds nothing begins and nothing ends. */
export async function endCalmed(trx: Knex, { until }: RetentionSettings): Promise<number> {
	const rows = (await episodes(trx)
		.join('companies as c', 'c.id', 'i.company')
		.whereNull('i.episode_ended_at')
		.where('c.churn_risk', '<', until)
		.select(columns)) as Row[];
	await end(trx, rows, `L’indice de risque est repassé sous ${until}.`, clockNow());
	return rows.length;
}

/**
 * What came of episodes of which nobody has said it: lost as soon as something that ran at the beginning was given up or not renewed
 * within the horizon, saved when the horizon is over without.
 */
export async function settleOutcomes(trx: Knex, { horizonDays }: RetentionSettings): Promise<{ saved: number; lost: number }> {
	const now = clockNow();
	const open = (await episodes(trx).whereNull('i.outcome').select(columns)) as Row[];
	const done = { saved: 0, lost: 0 };
	for (const part of chunks(open, partSize)) {
		const spells = await readSpells(
			trx,
			part.map(({ company }) => String(company)),
		);
		for (const row of part) {
			const own = spells.get(String(row['company'])) ?? [];
			const from = momentOf(row['date_created']);
			const until = from + horizonDays * dayMs;
			const isLost = isLeftBetween(own, from, Math.min(until, now.getTime()));
			if (!isLost && until > now.getTime()) continue;
			const kept = runningAt(own, now.getTime()).reduce((sum, spell) => sum + revenueAt(spell, now.getTime()), 0);
			await save(trx, [String(row['id'])], {
				outcome: isLost ? 'lost' : 'saved',
				outcome_at: now,
				outcome_cents: isLost ? 0 : Math.min(2_147_483_647, atStake(kept)),
				...written(now),
			});
			if (isLost && row['episode_ended_at'] === null) await end(trx, [row], 'Le client a résilié ou n’a pas renouvelé.', now);
			done[isLost ? 'lost' : 'saved']++;
		}
	}
	return done;
}
