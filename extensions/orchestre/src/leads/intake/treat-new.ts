import { chunks, isPostgres, type Knex } from '../../platform/directus.ts';
import type { Gate } from '../../platform/row-writes.ts';
import { readTogether, together } from '../../platform/together.ts';
import { LoadChanges, workloadsLocked, type WorkloadRow } from '../people.ts';
import { rulesAt, versionsOf, type Versions } from '../settings.ts';
import { gateOf, mostSharers, readAlone, readAloneOnSqlite, waitForAll, waitForSharers } from './alone.ts';
import { Assigner, wantsOwner } from './assignment.ts';
import type { LeadBatch } from './batch.ts';
import { areCovered, flagDuplicates, sharersOf, type Clues, type SharerRow } from './duplicates.ts';
import { beforeReading, takeInFlight, unseenSince } from './in-flight.ts';
import { announceJob, duplicateJob } from './jobs-of.ts';
import { count, leadsLocked, partSize, startOf, type Raw, type Round } from './round.ts';
import { toLeadRow, type LeadRow } from './row.ts';
import { save } from './save.ts';
import { readContexts, type Context } from './surroundings.ts';
import { derive, followStatus, followUp, score } from './treat-one.ts';

/** Whether the last batch met newcomers: their share is counted under the lock of all counters. */
let newcomers = false;

/** What new leads are treated by beside their own rows. `sharers`: found by `clues`. `alone`: of a lead that locked nobody else's counters. */
type Read = {
	loads: WorkloadRow[];
	sharers: SharerRow[] | null;
	clues: readonly Clues[];
	withInteractions: boolean;
	alone: { clues: Clues; since: number } | null;
};

/**
 * New leads: keys, duplicates, score, owner, SLA, first tasks, all before the transaction that inserts them commits. Answers false, and
 * has written nothing, when a lead that is alone does not get through.
 */
async function treatCreated(round: Round, rows: readonly LeadRow[], { loads: locked, sharers, clues, withInteractions, alone }: Read): Promise<boolean> {
	const { trx, rules, now, actor } = round;
	const treated = rows.map((row) => startOf(row, 'created'));
	rows.forEach(derive);
	const known = sharers && areCovered(rows, clues) ? sharers : null;
	if (alone && !known) return false;
	const [contexts, assigner] = await together(
		readContexts(trx, rows, withInteractions),
		Assigner.lock(trx, rules, now, locked),
		flagDuplicates(trx, rows, { sharers: known, areNew: true }),
	);
	newcomers = assigner.hasNewcomers;
	if (alone && newcomers) return false;
	if (alone) assigner.expect(unseenSince(alone.since));
	const loads = new LoadChanges();
	for (const one of treated) {
		const { row } = one;
		const context = contexts.get(row.id) as Context;
		followStatus(row, context.firstOutboundAt, now);
		one.scoreChanged = score(row, context, rules, now);
		if (row.owner || wantsOwner(row, rules)) {
			assigner.apply(row, assigner.choose(row, { accountOwner: context.accountOwner, requested: row.owner }), loads);
			one.jobs.push(announceJob(row, now));
		}
		count(row, loads, assigner);
		one.tasks = followUp(row, rules, now);
		if (row.duplicate_of) one.jobs.push(duplicateJob(row));
	}
	const [only] = rows;
	const gate = alone && only ? letThrough(round, only, alone.clues, known ?? [], loads, assigner) : null;
	if (alone && !gate) return false;
	return save(trx, treated, { loads, assigner }, { now, actor, gate });
}

/** What lets a lead that is alone through; null when it must look again with everything locked: nobody seems free, or its owner has no counter yet. */
function letThrough({ trx, now }: Round, row: LeadRow, clues: Clues, known: readonly SharerRow[], loads: LoadChanges, assigner: Assigner): Gate | null {
	if (row.assignment?.kind === 'none' || known.length > mostSharers) return null;
	const slot = loads.only;
	if (!loads.isEmpty && !(slot && assigner.counters.has(slot.user))) return null;
	const capacity = slot && row.assignment?.kind !== 'manual' ? assigner.capacityOf(slot.user) : null;
	if (slot && slot.open > 0) takeInFlight(trx as Knex.Transaction, slot.user, now);
	return gateOf(
		row.id,
		clues,
		known.map(({ id }) => id),
		loads,
		capacity,
	);
}

/** One new lead on PostgreSQL, beside others. Answers false, and has written nothing, when it has to be treated like many. */
async function treatAlone(trx: Knex, id: string, clues: Clues, { now, actor }: Omit<Round, 'trx' | 'rules'>): Promise<boolean> {
	const since = beforeReading();
	const { isAlone, lead, loads, versions, sharers } = await readAlone(trx, id, clues);
	if (!isAlone || !lead) return false;
	const rules = await rulesAt(trx, versions ?? []);
	return treatCreated({ trx, rules, now, actor }, [toLeadRow(lead)], {
		loads: loads ?? [],
		sharers: (sharers ?? []).filter((row) => row.id !== id),
		clues: [clues],
		withInteractions: false,
		alone: { clues, since },
	});
}

type New = Omit<Round, 'trx' | 'rules'> & { withInteractions: boolean; clues: readonly Clues[] };

/** What new leads are treated by, as read. */
type Found = { raw: Raw[]; loads: WorkloadRow[]; versions: Versions[]; sharers: SharerRow[] | null };

/** SQLite: one lead and its surroundings in one trip. */
async function readOne(trx: Knex, [id = '']: readonly string[], clues: Clues): Promise<Found> {
	const { lead, loads, versions, sharers } = await readAloneOnSqlite(trx, id, clues);
	return { raw: lead ? [lead] : [], loads: loads ?? [], versions: versions ?? [], sharers };
}

/** Several leads, locked. On SQLite nobody else writes: what is looked for by `clues` can be asked along with the rest. On PostgreSQL it is after the locks. */
async function readMany(trx: Knex, ids: readonly string[], clues: readonly Clues[]): Promise<Found> {
	const sharing = isPostgres(trx) || clues.length === 0 ? null : sharersOf(trx, clues);
	const reads = [leadsLocked(trx, ids), workloadsLocked(trx), versionsOf(trx)] as const;
	const [[raw, loads, versions], found] = await together(readTogether<[Raw[], WorkloadRow[], Versions[]]>(trx, ...reads), sharing);
	return { raw, loads, versions, sharers: sharing && (found as SharerRow[]) };
}

/** Treats new leads with everything locked: nobody else treats any meanwhile. */
export async function treatNew(trx: Knex, ids: readonly string[], { now, actor, withInteractions, clues }: New): Promise<void> {
	for (const part of chunks(ids, partSize)) {
		const [only] = part.length === 1 && clues.length === 1 && !isPostgres(trx) ? clues : [];
		const { raw, loads, versions, sharers } = only ? await readOne(trx, part, only) : await readMany(trx, part, ids.length > partSize ? [] : clues);
		const read = { loads, sharers, clues, withInteractions, alone: null };
		await treatCreated({ trx, rules: await rulesAt(trx, versions), now, actor }, raw.map(toLeadRow), read);
	}
}

/** Leads that a transaction created. On PostgreSQL a single one goes beside those of others; many, or one that does not get through, alone. */
export async function treatBatchCreated(trx: Knex, { created, clues, changed, interactions, actor }: LeadBatch, now: Date): Promise<void> {
	const ids = [...created];
	const [id] = ids;
	if (!id) return;
	if (isPostgres(trx)) {
		const [only] = ids.length === 1 && clues.length === 1 && changed.size === 0 && !interactions ? clues : [];
		if (only && !newcomers && (await treatAlone(trx, id, only, { now, actor }))) return;
		await (only ? waitForSharers(trx, only) : waitForAll(trx));
	}
	await treatNew(trx, ids, { now, actor, withInteractions: interactions, clues });
}
