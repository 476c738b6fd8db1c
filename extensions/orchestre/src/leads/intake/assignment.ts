import type { Knex } from '../../platform/directus.ts';
import { lockCandidates, type LoadChanges, type WorkloadRow } from '../people.ts';
import { chooseOwner } from '../rules/assign.ts';
import { isNewcomer } from '../rules/candidates.ts';
import { workedStatuses, type Assignment, type Candidate } from '../rules/types.ts';
import type { Rules } from '../settings.ts';
import type { LeadRow } from './row.ts';

type RecentAssignments = { total: number; toNewcomers: number };

const thirtyDays = 30 * 86_400_000;

/** How many of the last 30 days' leads went to newcomers; asked only when there are any. */
async function readRecent(trx: Knex, candidates: readonly Candidate[], rules: Rules, now: Date): Promise<RecentAssignments> {
	const newcomers = candidates.filter((candidate) => isNewcomer(candidate, rules.settings, now)).map(({ user }) => user);
	if (newcomers.length === 0) return { total: 0, toNewcomers: 0 };
	const rows = (await trx('leads')
		.where('assigned_at', '>=', new Date(now.getTime() - thirtyDays))
		.whereNotNull('owner')
		.groupBy('owner')
		.select('owner')
		.count({ n: '*' })) as { owner: string; n: number | string }[];
	const sum = (some: typeof rows): number => some.reduce((total, { n }) => total + Number(n), 0);
	return { total: sum(rows), toNewcomers: sum(rows.filter(({ owner }) => newcomers.includes(owner))) };
}

/** Chooses owners for one batch, under the lock of the candidates' counters. */
export class Assigner {
	readonly #candidates: Candidate[];
	readonly #recent: RecentAssignments;
	readonly #rules: Rules;
	readonly #now: Date;

	/** Everybody who has a row of counters. */
	readonly counters: ReadonlySet<string>;

	private constructor(
		{ candidates, counters }: { candidates: Candidate[]; counters: ReadonlySet<string> },
		recent: RecentAssignments,
		rules: Rules,
		now: Date,
	) {
		this.#candidates = candidates;
		this.counters = counters;
		this.#recent = recent;
		this.#rules = rules;
		this.#now = now;
	}

	/** `locked`: the counters, if the caller has locked them already. */
	static async lock(trx: Knex, rules: Rules, now: Date, locked: WorkloadRow[] | null = null): Promise<Assigner> {
		const all = await lockCandidates(trx, rules, locked);
		return new Assigner(all, await readRecent(trx, all.candidates, rules, now), rules, now);
	}

	/** Whether newcomers have a share, which takes the last 30 days' leads to be true. */
	get hasNewcomers(): boolean {
		return this.#candidates.some((candidate) => isNewcomer(candidate, this.#rules.settings, this.#now));
	}

	/** How many leads somebody may have; null for somebody who takes none by themselves. */
	capacityOf(user: string): number | null {
		return this.#candidates.find((candidate) => candidate.user === user)?.capacity ?? null;
	}

	/** Slots that others take at this moment. */
	expect(slots: readonly { user: string; at: Date }[]): void {
		for (const { user, at } of slots) {
			const candidate = this.#candidates.find((one) => one.user === user);
			if (!candidate) continue;
			candidate.openLeads += 1;
			if (!candidate.lastAssignedAt || candidate.lastAssignedAt < at) candidate.lastAssignedAt = at;
		}
	}

	/** Keeps the candidates' slots true while the batch moves leads about, so that its last slot is given once. */
	moved(from: LeadRow['counted'], to: LeadRow['counted']): void {
		for (const [counted, by] of [
			[from, -1],
			[to, 1],
		] as const) {
			const candidate = counted?.as === 'open' ? this.#candidates.find(({ user }) => user === counted.for) : undefined;
			if (candidate) candidate.openLeads += by;
		}
	}

	/** The decision for a lead. `requested`: an owner set by hand, kept as it is. `escalatedFrom`: who left it alone. */
	choose(
		lead: LeadRow,
		{ accountOwner = null, requested = null, escalatedFrom = null }: { accountOwner?: string | null; requested?: string | null; escalatedFrom?: string | null },
	): Assignment {
		// A date that has passed says nothing of who is there in time.
		const dueAt = lead.sla_due_at && lead.sla_due_at > this.#now ? lead.sla_due_at : null;
		return chooseOwner(lead, this.#candidates, {
			settings: this.#rules.settings,
			now: this.#now,
			accountOwner,
			requestedOwner: requested,
			recentAssignments: this.#recent,
			dueAt,
			escalatedFrom,
		});
	}

	/** Where a lead that nobody can take is looked for: the team of whoever would have suited best. */
	#likeliestTeam({ candidates }: Assignment): string | null {
		const [best] = candidates.toSorted((a, b) => b.total - a.total);
		return this.#candidates.find(({ user }) => user === best?.user)?.team ?? null;
	}

	/** Puts a decision on the row. The slot counts as taken once `moved` tells of it. */
	apply(row: LeadRow, decision: Assignment, loads: LoadChanges): void {
		row.assignment = decision;
		row.owner = decision.owner;
		if (!decision.owner) {
			row.team ??= this.#likeliestTeam(decision);
			return;
		}
		row.assigned_at = this.#now;
		loads.assigned(decision.owner, this.#now);
		this.#recent.total += 1;
		const candidate = this.#candidates.find(({ user }) => user === decision.owner);
		if (!candidate) return;
		row.team = candidate.team;
		candidate.lastAssignedAt = this.#now;
		if (isNewcomer(candidate, this.#rules.settings, this.#now)) this.#recent.toNewcomers += 1;
	}
}

/** A lead that nobody has and that is being worked gets an owner. */
export const wantsOwner = (row: LeadRow, rules: Rules): boolean =>
	rules.settings.assignment_enabled && row.owner === null && workedStatuses.includes(row.status);
