import type { Past, PastLead, Replay } from './types.ts';

/** Share of first contacts in time, 0 to 1. */
type Rate = number;

/** One person in one replay. `perTen`: leads received for ten slots of capacity; `peak`: most slots taken at once. `onTime`: the person's own past. */
export type Share = { user: string; name: string; capacity: number; received: number; perTen: number; peak: number; onTime: Rate | null };

/**
 * One replay. `spread`: between who got most and who got least for ten slots. `onTime`: first contacts to be expected in time if
 * everybody keeps their own past rate. `waited`: leads that nobody could take at once; `unassigned`: nor later.
 */
export type Side = { people: Share[]; spread: number; onTime: Rate | null; waited: number; unassigned: number };

export type Change = { lead: string; at: string; from: string | null; to: string | null; sentence: string };

export type Report = {
	leads: number;
	/** Leads whose owner a person chose: the same in both. */
	fixed: number;
	current: Side;
	tried: Side;
	changed: { count: number; latest: Change[] };
	/** How often the replay with today's settings finds who really got the lead, where that is known. */
	fidelity: { same: number; of: number };
	/** Leads that went to people who take none any more: the replay shares them among the others. */
	departed: number;
	/** First contacts of which the deadline is known. */
	contactsKnown: number;
};

/** Fewer known first contacts say nothing. */
const fewestContacts = 30;
/** Imaginary contacts at the mean rate, as for win rates: one in time out of one is no record. */
const contactPrior = 20;
const shown = 50;

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Everybody's share of first contacts in time, drawn to the mean; null when too little is known. */
function contactRates(leads: readonly PastLead[]): { of: (user: string) => Rate | null; known: number } {
	const known = leads.filter(({ owner, inTime }) => owner !== null && inTime !== null);
	if (known.length < fewestContacts) return { of: () => null, known: known.length };
	const mean = known.filter(({ inTime }) => inTime).length / known.length;
	const byUser = new Map<string, { all: number; inTime: number }>();
	for (const { owner, inTime } of known) {
		const one = byUser.get(owner ?? '') ?? { all: 0, inTime: 0 };
		byUser.set(owner ?? '', { all: one.all + 1, inTime: one.inTime + (inTime ? 1 : 0) });
	}
	return {
		known: known.length,
		of: (user) => {
			const { all, inTime } = byUser.get(user) ?? { all: 0, inTime: 0 };
			return (inTime + contactPrior * mean) / (all + contactPrior);
		},
	};
}

function sideOf({ people, leads }: Past, { decisions, peaks }: Replay, defaultCapacity: number, rate: (user: string) => Rate | null): Side {
	const received = new Map<string, number>();
	let [waited, unassigned, expected, rated] = [0, 0, 0, 0];
	for (const { id } of leads) {
		const decided = decisions.get(id);
		if (!decided?.owner) {
			unassigned += 1;
			continue;
		}
		if (decided.waitedMs > 0) waited += 1;
		received.set(decided.owner, (received.get(decided.owner) ?? 0) + 1);
		const known = rate(decided.owner);
		if (known !== null) [expected, rated] = [expected + known, rated + 1];
	}
	const shares = people.map(({ user, name, capacity: own }): Share => {
		const capacity = own ?? defaultCapacity;
		const count = received.get(user) ?? 0;
		const onTime = rate(user);
		return {
			user,
			name,
			capacity,
			received: count,
			perTen: capacity > 0 ? rounded((count / capacity) * 10) : 0,
			peak: peaks.get(user) ?? 0,
			onTime: onTime === null ? null : rounded(onTime),
		};
	});
	const perTen = shares.filter(({ capacity }) => capacity > 0).map((share) => share.perTen);
	return {
		people: shares,
		spread: perTen.length > 1 ? rounded(Math.max(...perTen) - Math.min(...perTen)) : 0,
		onTime: rated > 0 ? rounded(expected / rated) : null,
		waited,
		unassigned,
	};
}

/** What two replays of one past say, side by side. `defaultCapacity`: of whoever has none of their own. */
export function compare(past: Past, current: Replay, tried: Replay, defaultCapacity: number): Report {
	const rates = contactRates(past.leads);
	const names = new Set(past.people.map(({ user }) => user));
	const changes = past.leads.filter(({ id }) => current.decisions.get(id)?.owner !== tried.decisions.get(id)?.owner);
	const decided = past.leads.filter(({ decidedOwner, fixedOwner }) => decidedOwner !== null && fixedOwner === null && names.has(decidedOwner));
	const latest = changes
		.toSorted((one, other) => other.arrivedAt.getTime() - one.arrivedAt.getTime() || one.id.localeCompare(other.id))
		.slice(0, shown)
		.map(({ id, arrivedAt }): Change => {
			const to = tried.decisions.get(id);
			return { lead: id, at: arrivedAt.toISOString(), from: current.decisions.get(id)?.owner ?? null, to: to?.owner ?? null, sentence: to?.sentence ?? '' };
		});
	return {
		leads: past.leads.length,
		fixed: past.leads.filter(({ fixedOwner }) => fixedOwner !== null).length,
		current: sideOf(past, current, defaultCapacity, rates.of),
		tried: sideOf(past, tried, defaultCapacity, rates.of),
		changed: { count: changes.length, latest },
		fidelity: { same: decided.filter(({ id, decidedOwner }) => current.decisions.get(id)?.owner === decidedOwner).length, of: decided.length },
		departed: past.leads.filter(({ owner }) => owner !== null && !names.has(owner)).length,
		contactsKnown: rates.known,
	};
}
