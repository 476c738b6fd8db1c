import { chooseOwner } from '../../rules/assign.ts';
import { hasSlot, isNewcomer } from '../../rules/candidates.ts';
import { dayOf, toParis } from '../../../platform/time/paris.ts';
import type { Candidate, LeadSettings } from '../../rules/types.ts';
import type { Decided, Past, PastLead, Replay } from './types.ts';

const recentMs = 30 * 86_400_000;
const never = Infinity;

/** Leads that came in the last 30 days, by who got them. */
class Recent {
	readonly #given: { user: string; at: number }[];
	readonly #counts = new Map<string, number>();
	#total = 0;
	#gone = 0;

	constructor(given: Past['given']) {
		this.#given = given.map(({ user, at }) => ({ user, at: at.getTime() })).toSorted((one, other) => one.at - other.at || one.user.localeCompare(other.user));
		for (const { user } of this.#given) this.#count(user, 1);
	}

	#count(user: string, by: number): void {
		this.#counts.set(user, (this.#counts.get(user) ?? 0) + by);
		this.#total += by;
	}

	add(user: string, at: Date): void {
		this.#given.push({ user, at: at.getTime() });
		this.#count(user, 1);
	}

	at(now: Date, newcomers: readonly Candidate[]): { total: number; toNewcomers: number } {
		for (let first = this.#given[this.#gone]; first && first.at < now.getTime() - recentMs; first = this.#given[++this.#gone]) this.#count(first.user, -1);
		return { total: this.#total, toNewcomers: newcomers.reduce((sum, { user }) => sum + (this.#counts.get(user) ?? 0), 0) };
	}
}

/** The people as they stood at one moment after the other: slots taken and given back, deals won and lost. */
class Crew {
	readonly #people: (Candidate & { since: number })[];
	readonly #settings: LeadSettings;
	readonly #endings: { at: number; key: string }[];
	readonly #closings: Past['closings'];
	readonly #holders = new Map<string, string>();
	readonly peaks = new Map<string, number>();
	#ended = 0;
	#closed = 0;

	constructor({ people, held, closings, leads }: Past, settings: LeadSettings) {
		this.#settings = settings;
		this.#people = people
			.map((person) => ({
				...person,
				capacity: person.capacity ?? settings.default_capacity,
				openLeads: 0,
				convertedLeads: 0,
				lostLeads: 0,
				lastAssignedAt: null,
				since: person.hiredOn ? (dayOf(person.hiredOn) ?? -never) : -never,
			}))
			.toSorted((one, other) => one.user.localeCompare(other.user));
		for (const [index, { user }] of held.entries()) this.take(`held ${index}`, user, null);
		this.#endings = [
			...held.map(({ until }, index) => ({ at: until?.getTime() ?? never, key: `held ${index}` })),
			...leads.map(({ id, endedAt }) => ({ at: endedAt?.getTime() ?? never, key: id })),
		]
			.filter(({ at }) => at !== never)
			.toSorted((one, other) => one.at - other.at || one.key.localeCompare(other.key));
		this.#closings = closings.toSorted((one, other) => one.at.getTime() - other.at.getTime() || one.user.localeCompare(other.user));
	}

	#find(user: string | null | undefined): Candidate | undefined {
		return this.#people.find((person) => person.user === user);
	}

	/** Gives back the slots of what ended until now. True when one came free. */
	until(now: Date): boolean {
		let freed = false;
		for (let next = this.#endings[this.#ended]; next && next.at <= now.getTime(); next = this.#endings[++this.#ended]) {
			const person = this.#find(this.#holders.get(next.key));
			if (person) person.openLeads -= 1;
			if (person) freed = true;
			this.#holders.delete(next.key);
		}
		for (let next = this.#closings[this.#closed]; next && next.at <= now; next = this.#closings[++this.#closed]) {
			const person = this.#find(next.user);
			if (person) person[next.won ? 'convertedLeads' : 'lostLeads'] += 1;
		}
		return freed;
	}

	/** Who worked here already. */
	at(now: Date): Candidate[] {
		const { day } = toParis(now);
		return this.#people.filter(({ since }) => since <= day);
	}

	hasSlot(): boolean {
		return this.#people.some((person) => hasSlot(person));
	}

	newcomers(now: Date): Candidate[] {
		return this.#people.filter((person) => isNewcomer(person, this.#settings, now));
	}

	take(key: string, user: string, now: Date | null): void {
		const person = this.#find(user);
		if (!person) return;
		person.openLeads += 1;
		if (now) person.lastAssignedAt = now;
		this.#holders.set(key, user);
		this.peaks.set(user, Math.max(this.peaks.get(user) ?? 0, person.openLeads));
	}
}

/**
 * Goes through past leads in the order of their arrival and gives each to whom the product's own rule (docs/decisions/021) would have
 * given it with these settings, on what was so at that moment: absences, slots as this replay has filled them, deals won and lost
 * until then. A lead that nobody could take waits, and is tried again when a slot comes free. The same past and settings always
 * give the same answer; the order of the input does not matter.
 */
export async function replay(past: Past, settings: LeadSettings): Promise<Replay> {
	const crew = new Crew(past, settings);
	const recent = new Recent(past.given);
	const decisions = new Map<string, Decided>();
	let waiting: PastLead[] = [];

	const decide = (lead: PastLead, now: Date): boolean => {
		const choice = chooseOwner(lead.traits, crew.at(now), {
			settings,
			now,
			accountOwner: lead.accountOwner,
			requestedOwner: null,
			recentAssignments: recent.at(now, crew.newcomers(now)),
			dueAt: lead.dueAt && lead.dueAt > now ? lead.dueAt : null,
		});
		decisions.set(lead.id, { owner: choice.owner, kind: choice.kind, sentence: choice.sentence, waitedMs: now.getTime() - lead.arrivedAt.getTime() });
		if (!choice.owner) return false;
		crew.take(lead.id, choice.owner, now);
		recent.add(choice.owner, now);
		return true;
	};

	const order = past.leads.toSorted((one, other) => one.arrivedAt.getTime() - other.arrivedAt.getTime() || one.id.localeCompare(other.id));
	for (const [index, lead] of order.entries()) {
		// Others are served in between.
		if (index % 200 === 199) await new Promise((resolve) => setImmediate(resolve));
		const now = lead.arrivedAt;
		// Whoever waits longest comes first; with all slots taken there is nothing to ask.
		if (crew.until(now)) waiting = waiting.filter((one) => (one.endedAt === null || one.endedAt > now) && !(crew.hasSlot() && decide(one, now)));
		if (lead.fixedOwner) {
			decisions.set(lead.id, { owner: lead.fixedOwner, kind: 'fixed', sentence: '', waitedMs: 0 });
			crew.take(lead.id, lead.fixedOwner, now);
			recent.add(lead.fixedOwner, now);
		} else if (!decide(lead, now)) waiting.push(lead);
	}
	return { decisions, peaks: crew.peaks };
}
