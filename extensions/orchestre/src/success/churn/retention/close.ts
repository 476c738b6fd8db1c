import { closeAlerts } from '../../../platform/alerts.ts';
import { now as clockNow } from '../../../platform/clock.ts';
import { chunks, orchestreUserId, type Knex } from '../../../platform/directus.ts';
import { dayMs, fromParis, toParis } from '../../../platform/time/paris.ts';
import { writeTrail } from '../../../platform/trail.ts';
import { momentOf, type Row } from '../../../predictions/data/rows.ts';
import { readSpells } from '../data/read-spells.ts';
import { atStake, finalWords } from '../rules/episode.ts';
import { isLeftBetween, revenueAt, runningAt } from '../rules/spells.ts';
import type { RetentionSettings } from '../settings.ts';
import { withdrawPlans } from './withdraw.ts';

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

/** Ends an episode: its advice is no longer open, its alert is closed with the reason, and what nobody has begun or decided is taken back. */
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
	await withdrawPlans(
		trx,
		rows.map(({ episode_key }) => String(episode_key)),
		outcome,
		now,
	);
}

const columns = ['i.id', 'i.company', 'i.state', 'i.outcome', 'i.episode_key', 'i.date_created', 'i.episode_ended_at'];
const episodes = (trx: Knex): Knex.QueryBuilder => trx('insights as i').where({ 'i.kind': 'churn' }).whereNotNull('i.company').orderBy('i.id');

const isKept = (company: Row): boolean => company['merged_into'] === null && !company['archived'];

/** Why an episode is over; null while it goes on. Between the two thresholds nothing begins and nothing ends. */
function endOf(row: Row, until: number): string | null {
	if (row['outcome_by_hand'] && finalWords.some((word) => word === row['outcome'])) return 'L’issue a été dite à la main.';
	if (!isKept(row)) return 'La fiche du client est archivée ou fusionnée.';
	if (row['churn_risk'] === null) return 'Plus rien à garder : le client est parti ou a donné son congé.';
	return Number(row['churn_risk']) < until ? `L’indice de risque est repassé sous ${until}.` : null;
}

/**
 * Ends episodes whose client is below the lower threshold again, has no index any more (gone, or leaving), is archived or merged, or of
 * which a person has said how it ended. Returns how many.
 */
export async function endCalmed(trx: Knex, { until }: RetentionSettings): Promise<number> {
	const rows = (await episodes(trx)
		.join('companies as c', 'c.id', 'i.company')
		.whereNull('i.episode_ended_at')
		.select(...columns, 'i.outcome_by_hand', 'c.churn_risk', 'c.merged_into', 'c.archived')) as Row[];
	const ended = Map.groupBy(rows, (row) => endOf(row, until));
	ended.delete(null);
	for (const [why, own] of ended) await end(trx, own, why ?? '', clockNow());
	return [...ended.values()].flat().length;
}

/** The day an episode opened, from its beginning: notices are dated by the day, so one of the opening day came after the opening. */
const openingOf = (row: Row): number => fromParis(toParis(new Date(momentOf(row['date_created']))).day, 0).getTime() - 1;

/**
 * What came of episodes, by one rule for those worked on and those held out: lost as soon as something that ran at the beginning was given
 * up or not renewed within the horizon, saved when the horizon is over without. A person's word stays what people read; the measured
 * outcome is what is counted.
 */
export async function settleOutcomes(trx: Knex, { horizonDays }: RetentionSettings): Promise<{ saved: number; lost: number }> {
	const now = clockNow();
	const open = (await episodes(trx).whereNull('i.measured_outcome').select(columns)) as Row[];
	const done = { saved: 0, lost: 0 };
	for (const part of chunks(open, partSize)) {
		const spells = await readSpells(
			trx,
			part.map(({ company }) => String(company)),
		);
		for (const row of part) {
			const own = spells.get(String(row['company'])) ?? [];
			const until = momentOf(row['date_created']) + horizonDays * dayMs;
			const isLost = isLeftBetween(own, openingOf(row), Math.min(until, now.getTime()));
			if (!isLost && until > now.getTime()) continue;
			const outcome = isLost ? 'lost' : 'saved';
			const kept = runningAt(own, now.getTime()).reduce((sum, spell) => sum + revenueAt(spell, now.getTime()), 0);
			const told = { outcome, outcome_at: now, outcome_cents: isLost ? 0 : Math.min(2_147_483_647, atStake(kept)) };
			await save(trx, [String(row['id'])], { measured_outcome: outcome, ...(row['outcome'] === null && told), ...written(now) });
			if (isLost && row['episode_ended_at'] === null) await end(trx, [row], 'Le client a résilié ou n’a pas renouvelé.', now);
			done[outcome]++;
		}
	}
	return done;
}
