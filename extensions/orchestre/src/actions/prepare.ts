import { setImmediate as breathe } from 'node:timers/promises';
import { now as clockNow } from '../platform/clock.ts';
import { isPostgres, type Knex } from '../platform/directus.ts';
import { fromParis, toParis } from '../platform/time/paris.ts';
import { isWorkingDayNumber, workingDaysFrom } from '../platform/time/working-time.ts';
import { doneElsewhere } from './gone.ts';
import { readHabits, readTallies } from './learn.ts';
import { readMilestones, readQuiet, readSurveys, readTickets } from './read/clients.ts';
import { readApprovals, readInsights, readTasks } from './read/duties.ts';
import { readInvoices } from './read/money.ts';
import { readPeople, type Person } from './read/people.ts';
import { readGround, readRecords } from './read/records.ts';
import { choose, occasionKey, recordKey } from './rules/choose.ts';
import { emptyTally, estimateOf, factorOf } from './rules/estimate.ts';
import { compare, rank } from './rules/rank.ts';
import { candidateOf } from './rules/records.ts';
import type { Topic } from './rules/topics.ts';
import type { ActionSettings, Candidate, Estimate, Ranked } from './rules/types.ts';
import { readActionSettings } from './settings.ts';
import { readStored, type StoredAction } from './stored.ts';
import { endActions, insertActions, isSame, updateActions } from './write.ts';

/** What a refresh during the day looks at: these leads and deals, and whatever else these people have. */
export type Scope = { leads: readonly string[]; deals: readonly string[]; people: readonly string[] };

export type Prepared = { people: number; candidates: number; shown: number; held: number; written: number; ended: number };

/** So many candidates of a person are kept in memory; cut down to the best before there are too many. */
const [mostKept, bestKept] = [1200, 600];

/** The working day that a day's list is for: on a Sunday it is Monday's that is prepared. */
export type ListDay = (day: number) => number;

/** Gathers candidates by person, ranked as they come. */
class Lists {
	readonly byOwner = new Map<string, Ranked[]>();
	total = 0;
	readonly #estimates = new Map<Topic, Estimate>();
	readonly #rank: (candidate: Candidate) => Ranked;
	readonly #people: ReadonlyMap<string, Person>;

	constructor(people: ReadonlyMap<string, Person>, settings: ActionSettings, tallies: Awaited<ReturnType<typeof readTallies>>, habits: Awaited<ReturnType<typeof readHabits>>) {
		this.#people = people;
		this.#rank = (candidate) => {
			const { topic, owner } = candidate;
			const estimate = this.#estimates.get(topic) ?? estimateOf(topic, tallies.get(topic) ?? emptyTally, settings);
			this.#estimates.set(topic, estimate);
			const own = habits.get(`${owner}|${topic}`);
			return rank(candidate, estimate, own ? factorOf(own) : 1, settings);
		};
	} // prettier-ignore

	add(candidate: Candidate): void {
		if (!this.#people.get(candidate.owner)?.isThere) return;
		this.total += 1;
		const own = this.byOwner.get(candidate.owner) ?? [];
		this.byOwner.set(candidate.owner, own);
		own.push(this.#rank(candidate));
		if (own.length > mostKept) this.byOwner.set(candidate.owner, [...own.filter(({ urgent }) => urgent), ...own.filter(({ urgent }) => !urgent)].toSorted(compare).slice(0, bestKept)); // prettier-ignore
	}
}

type Ground = {
	settings: ActionSettings;
	people: ReadonlyMap<string, Person>;
	day: number;
	/** The moment itself, and the one that the lists are made for. */ real: Date;
	now: Date;
	morning: Date;
	listDay: ListDay;
};

/** All candidates of the scope (of everybody without one), from a few dozen statements whatever the number of records. */
async function gather(knex: Knex, scope: Scope | null, { settings, people, now, morning, day }: Ground, signal?: AbortSignal): Promise<Lists> {
	const lists = new Lists(people, settings, await readTallies(knex, now), await readHabits(knex, now));
	const only = scope ? [...scope.people] : null;
	const { nominalCents } = settings;
	const values = await readGround(knex, nominalCents, now);
	const stakes = new Map<string, { cents: number; text: string }>();
	const asked = new Set<string>();
	await readRecords(knex, { leads: scope?.leads ?? null, deals: scope?.deals ?? null }, values, now, (records) => {
		for (const record of records) {
			stakes.set(`${record.kind === 'lead' ? 'leads' : 'opportunities'}:${record.id}`, { cents: record.stakeCents, text: record.stakeText });
			const candidate = candidateOf(record, now, morning);
			if (!candidate) continue;
			asked.add(`${candidate.owner}|${recordKey(candidate)}`);
			lists.add(candidate);
		}
	}, signal);
	await breathe();
	// The record's own form comes first: what it asks for is the one thing about it today.
	const addOthers = (candidates: readonly Candidate[]): void => {
		for (const one of candidates) if (!asked.has(`${one.owner}|${recordKey(one)}`)) lists.add(one);
	};
	addOthers(await readInvoices(knex, people, only ? new Set(only) : null, day));
	for await (const tasks of readTasks(knex, only, nominalCents, now, ({ collection, id }) => stakes.get(`${collection}:${id}`) ?? null)) addOthers(tasks);
	addOthers(await readApprovals(knex, only, nominalCents, now));
	addOthers(await readTickets(knex, only, nominalCents, now));
	addOthers(await readSurveys(knex, only, nominalCents, now));
	addOthers(await readMilestones(knex, only, nominalCents, day));
	if (!scope) addOthers(await readQuiet(knex, nominalCents, now));
	for await (const insights of readInsights(knex, only, now)) addOthers(insights);
	return lists;
} // prettier-ignore

/** Whether a run with this scope has looked at what the row is about: what it has not seen it leaves alone. */
function isCovered(row: StoredAction, scope: Scope | null): boolean {
	if (!scope) return true;
	const [collection, id = ''] = row.record.split(':');
	if (collection === 'leads') return scope.leads.includes(id);
	if (collection === 'opportunities') return scope.deals.includes(id);
	return scope.people.includes(row.owner) && row.topic !== 'client.quiet';
}

type Plan = { insert: Ranked[]; held: Ranked[]; update: { row: StoredAction; one: Ranked }[]; gone: StoredAction[]; shown: number };

function planOf(owner: string, ranked: readonly Ranked[], stored: readonly StoredAction[], scope: Scope | null, { settings, day, now }: Ground): Plan {
	const mine = stored.filter((row) => row.owner === owner);
	const isOpen = (row: StoredAction): boolean => row.state === 'open' && !row.holdOut;
	const apart = mine.filter((row) => isOpen(row) && !isCovered(row, scope));
	const fixed = { places: apart.length, minutes: apart.reduce((sum, row) => sum + row.minutes, 0) };
	const { shown, held } = choose(ranked, mine, settings, { today: day, now, keeps: scope !== null, fixed });
	const isDue = ({ state, snoozedUntil }: StoredAction): boolean => state === 'snoozed' && snoozedUntil !== null && snoozedUntil <= now;
	const byKey = new Map(mine.filter((row) => isOpen(row) || isDue(row)).map((row) => [row.key, row]));
	const plan: Plan = { insert: [], held, update: [], gone: [], shown: shown.length + apart.length };
	for (const one of shown) {
		const row = byKey.get(occasionKey(one));
		if (!row) plan.insert.push(one);
		else if (!isSame(row, one, day)) plan.update.push({ row, one });
		byKey.delete(occasionKey(one));
	}
	plan.gone = [...byKey.values()].filter((row) => isCovered(row, scope));
	return plan;
}

async function writeLists(trx: Knex, lists: Lists, scope: Scope | null, ground: Ground): Promise<Omit<Prepared, 'people' | 'candidates'>> {
	const { people, settings, day, real, listDay } = ground;
	// One writer at a time: two would each fill the last place of a list.
	if (isPostgres(trx)) await trx.raw(`select pg_advisory_xact_lock(hashtext('orchestre.actions'))`);
	const owners = [...people.values()].filter(({ id, isThere }) => isThere && (scope === null || scope.people.includes(id))).map(({ id }) => id).toSorted();
	const stored = await readStored(trx, owners, settings.refusedDays, real, listDay);
	const byOwner = Map.groupBy(stored, (row) => row.owner);
	const plans = owners.map((owner) => planOf(owner, lists.byOwner.get(owner) ?? [], byOwner.get(owner) ?? [], scope, ground));
	const gone = plans.flatMap((plan) => plan.gone);
	const done = await doneElsewhere(trx, gone);
	await endActions(trx, [...done], 'done', real);
	await endActions(trx, gone.filter(({ id }) => !done.has(id)).map(({ id }) => id), 'closed', real);
	const updates = plans.flatMap((plan) => plan.update);
	await updateActions(trx, updates, day, real);
	const held = plans.flatMap((plan) => plan.held);
	const inserted = await insertActions(trx, plans.flatMap((plan) => plan.insert), held, day, real);
	return { shown: plans.reduce((sum, plan) => sum + plan.shown, 0), held: held.length, written: inserted + updates.length, ended: gone.length };
} // prettier-ignore

/**
 * Prepares everybody's list of the day; with a `scope` brings today's lists up to date after a change. Reading takes no lock and goes in
 * parts; what it found is written in one short transaction that looks at the rows once more, for people answer meanwhile. Run again with
 * nothing changed it writes nothing. Null when the lists are switched off.
 */
export async function prepareLists(database: Knex, scope: Scope | null = null, { signal }: { signal?: AbortSignal } = {}): Promise<Prepared | null> {
	const { settings, calendar } = await readActionSettings(database);
	if (!settings.enabled) return null;
	const listDay: ListDay = (from) => workingDaysFrom(from, 1, calendar)[0] ?? from;
	const real = clockNow();
	const today = toParis(real).day;
	const day = listDay(today);
	const morning = fromParis(day, calendar.opens);
	// Ahead of a day off the list is that of the next working morning.
	const now = isWorkingDayNumber(today, calendar) ? real : morning;
	const ground: Ground = { settings, people: await readPeople(database, day), day, real, now, morning, listDay };
	const lists = await gather(database, scope, ground, signal);
	const write = (trx: Knex): ReturnType<typeof writeLists> => writeLists(trx, lists, scope, ground);
	const written = database.isTransaction ? await write(database) : await database.transaction(write);
	return { people: [...ground.people.values()].filter(({ isThere }) => isThere).length, candidates: lists.total, ...written };
}
