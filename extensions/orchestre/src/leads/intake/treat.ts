import { now as clockNow } from '../../platform/clock.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import { LoadChanges, recountWorkloads } from '../people.ts';
import { closedStatuses } from '../rules/types.ts';
import { readRules, type Rules } from '../settings.ts';
import { Assigner, wantsOwner } from './assignment.ts';
import type { LeadBatch } from './batch.ts';
import { flagDuplicates } from './duplicates.ts';
import { announceJob, duplicateJob, gradeJob } from './jobs-of.ts';
import { cancelTasks, handOverTasks } from './open-tasks.ts';
import { count, leadsLocked, partSize, startOf, type Raw, type Round } from './round.ts';
import { toLeadRow, type LeadRow } from './row.ts';
import { save, type ScoreCause, type Treated } from './save.ts';
import { readContexts, type Context } from './surroundings.ts';
import { treatBatchCreated, treatNew } from './treat-new.ts';
import { derive, followStatus, followUp, isUnsettled, score } from './treat-one.ts';

const readLeads = async (trx: Knex, ids: readonly string[]): Promise<LeadRow[]> => ((await leadsLocked(trx, ids)) as Raw[]).map(toLeadRow);

/** The owner was changed by hand, or is wanted and missing. True when somebody else has the lead now. */
function settleOwner(row: LeadRow, context: Context, rules: Rules, assigner: Assigner, loads: LoadChanges): boolean {
	const known = row.assignment?.owner ?? null;
	if (row.owner !== known && row.owner) assigner.apply(row, assigner.choose(row, { requested: row.owner }), loads);
	else if (wantsOwner(row, rules)) assigner.apply(row, assigner.choose(row, { accountOwner: context.accountOwner }), loads);
	return row.owner !== known;
}

/** `ownership` is null when nobody's owner or counter changes: then the counters stay unlocked. */
type Ownership = { assigner: Assigner; loads: LoadChanges } | null;

async function treatChangedOne(round: Round, one: Treated, context: Context, ownership: Ownership): Promise<void> {
	const { trx, rules, now } = round;
	const { row } = one;
	one.previousStatus = followStatus(row, context.firstOutboundAt, now);
	one.scoreChanged = score(row, context, rules, now);
	if (ownership) {
		const { assigner, loads } = ownership;
		if (settleOwner(row, context, rules, assigner, loads)) {
			if (row.owner) one.jobs.push(announceJob(row, now));
			await handOverTasks(trx, row, now);
		}
		count(row, loads, assigner);
	}
	if (one.previousGrade && row.grade && row.grade !== one.previousGrade) one.jobs.push(gradeJob(row, one.previousGrade, now));
	if (row.duplicate_of && row.duplicate_of !== one.before.duplicate_of) one.jobs.push(duplicateJob(row));
	if (one.previousStatus !== null && closedStatuses.includes(row.status)) await cancelTasks(trx, row, now);
}

/** Changed leads: everything that follows from the row, written only where it differs. */
async function treatChanged(round: Round, ids: readonly string[], cause: ScoreCause): Promise<void> {
	const { trx, rules, now, actor } = round;
	const treated = (await readLeads(trx, ids)).map((row) => startOf(row, cause));
	const rows = treated.map(({ row }) => row);
	const contexts = await readContexts(trx, rows, true);
	if (cause === 'updated') {
		rows.forEach(derive);
		await flagDuplicates(trx, rows);
	}
	const moves = rows.some((row) => isUnsettled(row, wantsOwner(row, rules)));
	const ownership = moves ? { assigner: await Assigner.lock(trx, rules, now), loads: new LoadChanges() } : null;
	for (const one of treated) await treatChangedOne(round, one, contexts.get(one.row.id) as Context, ownership);
	await save(trx, treated, ownership, { now, actor });
}

/**
 * Treats what a transaction did to leads, just before it commits: nobody ever reads a half-treated lead, whatever way it came
 * in and whatever the caller's rights are. Throws when a created lead did not come back, so that none slips past.
 */
export async function treatBatch(trx: Knex, batch: LeadBatch): Promise<void> {
	if (batch.created.size !== batch.expected) throw new UnexpectedError(`lead intake: ${batch.expected} expected, ${batch.created.size} seen`);
	const now = clockNow();
	await treatBatchCreated(trx, batch, now);
	const changed = [...batch.changed].filter((id) => !batch.created.has(id));
	if (changed.length > 0) {
		const round = { trx, rules: await readRules(trx), now, actor: batch.actor };
		for (const ids of chunks(changed, partSize)) await treatChanged(round, ids, 'updated');
	}
	if (batch.recount) await recountWorkloads(trx);
}

/** Scores leads again because time passed or the criteria changed; a part at a time, in the caller's transaction. */
export async function rescore(trx: Knex, ids: readonly string[], cause: 'decay' | 'rules'): Promise<void> {
	await treatChanged({ trx, rules: await readRules(trx), now: clockNow(), actor: null }, ids, cause);
}

/** Tries again to find an owner for leads that nobody could take. */
export async function assignWaiting(trx: Knex, ids: readonly string[]): Promise<void> {
	await treatChanged({ trx, rules: await readRules(trx), now: clockNow(), actor: null }, ids, 'updated');
}

/** Treats rows that came in past the hook (SQL, restore): the sweep's last resort. */
export async function treatForgotten(trx: Knex, ids: readonly string[]): Promise<void> {
	await treatNew(trx, ids, { now: clockNow(), actor: null, withInteractions: true, clues: [] });
}

/** Gives a lead that was left alone to the next best person, with the delay of a new lead. Returns the row as it is afterwards; nobody free: unchanged owner. */
export async function passOn(trx: Knex, id: string, rules: Rules): Promise<LeadRow> {
	const now = clockNow();
	const [row] = await readLeads(trx, [id]);
	if (!row) throw new UnexpectedError('passOn: the lead is gone');
	const one = startOf(row, 'updated');
	row.escalation_level = 2;
	const assigner = await Assigner.lock(trx, rules, now);
	const loads = new LoadChanges();
	const decision = assigner.choose(row, { escalatedFrom: row.owner });
	if (decision.owner) {
		assigner.apply(row, decision, loads);
		followUp(row, rules, now);
		one.jobs.push(announceJob(row, now));
		await handOverTasks(trx, row, now);
	}
	count(row, loads, assigner);
	await save(trx, [one], { loads, assigner }, { now, actor: null });
	return row;
}
