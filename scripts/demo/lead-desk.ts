import { isPresent } from '../../extensions/orchestre/src/leads/rules/candidates.ts';
import { chooseOwner, takeSlot } from '../../extensions/orchestre/src/leads/rules/assign.ts';
import { fromParis, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { companyKey } from '../../extensions/orchestre/src/platform/input/name-keys.ts';
import { PossibleDuplicates } from '../../extensions/orchestre/src/leads/rules/duplicates.ts';
import type { DuplicateRow } from '../../extensions/orchestre/src/leads/rules/duplicates.ts';
import { addWorkingMinutes, nextWorkingMoment } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import type { WorkingCalendar } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import type { Assignment, Candidate, LeadSettings } from '../../extensions/orchestre/src/leads/rules/types.ts';
import type { LeadRow } from '../../extensions/orchestre/src/leads/intake/row.ts';
import type { Calendar } from './calendar.ts';
import { day, isoDate } from './calendar.ts';
import type { Row } from './rows.ts';
import { salespeople, teamOf } from './team.ts';
import type { Member } from './team.ts';

type Booking = { at: Date; user: string; counter: 'openLeads' | 'convertedLeads' | 'lostLeads'; by: 1 | -1 };

/**
 * Who is there, with which load, as the history goes by: the rules of the product choose owners from the same figures that
 * `workloads` would have shown on that day. Leads come in order of date.
 */
export class Desk {
	readonly #everybody: { member: Member; candidate: Candidate }[];
	readonly #settings: LeadSettings;
	#bookings: Booking[] = [];
	#assigned: { at: Date; newcomer: boolean }[] = [];

	constructor(calendar: Calendar, absences: readonly Row[], settings: LeadSettings) {
		this.#settings = settings;
		this.#everybody = salespeople.map((member) => ({
			member,
			candidate: {
				user: member.id,
				name: `${member.first} ${member.last}`,
				team: teamOf(member),
				openLeads: 0,
				capacity: member.leadCapacity ?? settings.default_capacity,
				convertedLeads: 0,
				lostLeads: 0,
				lastAssignedAt: null,
				hiredOn: isoDate(calendar.at(-member.hired)),
				industries: member.industries,
				sizes: member.sizes,
				regions: member.regions,
				languages: member.languages,
				workingDays: member.workingDays,
				absences: absences.filter(({ user }) => user === member.id).map(({ starts_on, ends_on }) => ({ from: String(starts_on), to: String(ends_on) })),
			},
		}));
	}

	/** The loads of this moment: books what has happened since the last call. */
	#candidatesAt(at: Date): Candidate[] {
		const due = this.#bookings.filter((booking) => booking.at <= at);
		this.#bookings = this.#bookings.filter((booking) => booking.at > at);
		for (const { user, counter, by } of due) {
			const found = this.#everybody.find(({ candidate }) => candidate.user === user);
			if (found) found.candidate[counter] += by;
		}
		return this.#everybody
			.filter(({ candidate }) => (candidate.hiredOn ?? '') <= isoDate(at))
			.map(({ candidate }) => candidate)
			.toSorted((a, b) => (a.user < b.user ? -1 : 1));
	}

	choose(lead: LeadRow, accountOwner: string | null, requestedOwner: string | null): Assignment {
		const now = lead.date_created;
		const candidates = this.#candidatesAt(now);
		this.#assigned = this.#assigned.filter(({ at }) => at.getTime() > now.getTime() - 30 * day);
		const recentAssignments = { total: this.#assigned.length, toNewcomers: this.#assigned.filter(({ newcomer }) => newcomer).length };
		const context = { settings: this.#settings, now, accountOwner, requestedOwner, recentAssignments };
		const decision = chooseOwner(lead, candidates, context);
		const before = recentAssignments.toNewcomers;
		takeSlot(candidates, decision, context);
		if (decision.owner) this.#assigned.push({ at: now, newcomer: recentAssignments.toNewcomers > before });
		return decision;
	}

	/** Notes what will happen to a lead of this person: it leaves the open ones, and is counted as won or lost. */
	book(user: string, at: Date, counter: Booking['counter'], by: Booking['by']): void {
		this.#bookings.push({ at, user, counter, by });
	}

	memberOf(user: string | null): Member | null {
		return this.#everybody.find(({ member }) => member.id === user)?.member ?? null;
	}

	/** When this person gets round to something that takes `delay` working minutes: only days on which they are there count. */
	reaction(user: string, from: Date, delay: number, calendar: WorkingCalendar): Date {
		let at = nextWorkingMoment(from, calendar);
		const candidate = this.#everybody.find((entry) => entry.candidate.user === user)?.candidate;
		if (!candidate) return at;
		for (let tries = 0; tries < 40 && !isPresent(candidate, toParis(at).day, calendar); tries++)
			at = nextWorkingMoment(fromParis(toParis(at).day + 1, calendar.opens), calendar);
		return addWorkingMinutes(at, delay, calendar);
	}
}

/** Leads by what makes them one, so that each new one is compared with few. */
export class Duplicates {
	readonly #byKey = new Map<string, DuplicateRow[]>();

	/** The older lead that this one repeats, and why; the lead is remembered either way. */
	check(lead: LeadRow): { of: string; reason: string } | null {
		const keys = [
			lead.email,
			lead.phone,
			lead.siren && `${lead.siren} ${lead.last_name}`,
			lead.company_name && `${companyKey(lead.company_name)} ${lead.last_name}`,
		].filter((key) => key !== null);
		const sharers = new Set(keys.flatMap((key) => this.#byKey.get(key) ?? []));
		const found = new PossibleDuplicates([...sharers]).of(lead);
		const row: DuplicateRow = { ...lead, duplicate_of: found?.of ?? null };
		for (const key of keys) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), row]);
		return found;
	}
}
