import { z } from 'zod';
import { now as clockNow } from '../../platform/clock.ts';
import type { Accountability, Host } from '../../platform/directus.ts';
import { notAllowed, UserError } from '../../platform/errors.ts';
import { dayMs, fromParis, toParis } from '../../platform/time/paris.ts';
import { readRules } from '../settings.ts';
import { readPast } from './facts.ts';
import { compare, type Change, type Report, type Share, type Side } from './rules/report.ts';
import { replay } from './rules/replay.ts';
import { triedFields, type Tried } from './rules/types.ts';

export const windowDays = 90;

const weight = z.number().int().min(0).max(100);
const asked = z.strictObject({
	weight_load: weight,
	weight_expertise: weight,
	weight_performance: weight,
	weight_availability: weight,
	newcomer_share: z.number().int().min(0).max(10_000),
});

/** Throws (400) in French unless every setting that can be tried is there and in its range. */
export function parseTried(body: unknown): Tried {
	const parsed = asked.safeParse(body);
	if (!parsed.success) throw new UserError('Indiquez les quatre poids, de 0 à 100, et la part des nouveaux venus, de 0 à 100 %.');
	return parsed.data;
}

/** `name` is null for people of other teams, all in one line. */
type ShownShare = Omit<Share, 'user' | 'name'> & { user: string | null; name: string | null };
type ShownSide = Omit<Side, 'people'> & { people: ShownShare[] };
type ShownChange = Omit<Change, 'from' | 'to'> & { name: string; from: string | null; to: string | null };
export type Simulation = Omit<Report, 'current' | 'tried' | 'changed'> & {
	days: number;
	from: string;
	settings: { current: Tried; tried: Tried };
	current: ShownSide;
	tried: ShownSide;
	changed: { count: number; latest: ShownChange[] };
};

const refusal = 'La simulation est réservée à la direction et aux managers.';

/** People whose load this caller may read, by Directus's own permissions: a manager's team, everybody for the Direction. Refuses (403) others. */
async function visiblePeople(host: Host, accountability: Accountability | null): Promise<Set<string>> {
	if (!accountability?.user) throw notAllowed(refusal);
	const loads = new host.services.ItemsService('workloads', { accountability, schema: await host.getSchema(), knex: host.database });
	try {
		return new Set(((await loads.readByQuery({ fields: ['user'], limit: -1 })) as { user: string }[]).map(({ user }) => user));
	} catch {
		throw notAllowed(refusal);
	}
}

function shownSide({ people, ...side }: Side, visible: ReadonlySet<string>): ShownSide {
	const [mine, others] = [people.filter(({ user }) => visible.has(user)), people.filter(({ user }) => !visible.has(user))];
	const sum = (pick: (share: Share) => number): number => others.reduce((total, share) => total + pick(share), 0);
	const [capacity, received] = [sum((share) => share.capacity), sum((share) => share.received)];
	const rest: ShownShare[] =
		others.length === 0
			? []
			: [
					{
						user: null,
						name: null,
						capacity,
						received,
						perTen: capacity > 0 ? Math.round((received / capacity) * 10_000) / 1000 : 0,
						peak: sum(({ peak }) => peak),
						onTime: null,
					},
				];
	return { ...side, people: [...mine, ...rest] };
}

/** Examples of the leads that this caller may read, with their names. */
async function shownChanges(
	host: Host,
	accountability: Accountability | null,
	latest: readonly Change[],
	nameOf: (user: string | null) => string | null,
): Promise<ShownChange[]> {
	if (latest.length === 0) return [];
	const leads = new host.services.ItemsService('leads', { accountability, schema: await host.getSchema(), knex: host.database });
	const rows = (await leads.readByQuery({ fields: ['id', 'display_name'], filter: { id: { _in: latest.map(({ lead }) => lead) } }, limit: -1 })) as {
		id: string;
		display_name: string | null;
	}[];
	const names = new Map(rows.map(({ id, display_name }) => [id, display_name ?? '']));
	return latest
		.filter(({ lead }) => names.has(lead))
		.slice(0, 10)
		.map((change) => ({ ...change, name: names.get(change.lead) ?? '', from: nameOf(change.from), to: nameOf(change.to) }));
}

/**
 * What the assignment of the last 90 days would have been with these settings, against today's. Nothing is written. 400 for settings
 * out of range, 403 for roles that see nobody's load.
 */
export async function simulate(host: Host, accountability: Accountability | null, body: unknown): Promise<Simulation> {
	const visible = await visiblePeople(host, accountability);
	const tried = parseTried(body);
	const now = clockNow();
	const from = fromParis(toParis(now).day - windowDays, 0);
	const { settings } = await readRules(host.database);
	const past = await readPast(host.database, from, now);
	// What is tried is the rule, not its switch.
	const base = { ...settings, assignment_enabled: true };
	const report = compare(past, await replay(past, base), await replay(past, { ...base, ...tried }), settings.default_capacity);
	const names = new Map(past.people.map(({ user, name }) => [user, name]));
	const current = Object.fromEntries(triedFields.map((field) => [field, settings[field]])) as Tried;
	return {
		...report,
		days: Math.round((toParis(now).day * dayMs - toParis(past.from).day * dayMs) / dayMs),
		from: past.from.toISOString(),
		settings: { current, tried },
		current: shownSide(report.current, visible),
		tried: shownSide(report.tried, visible),
		changed: { count: report.changed.count, latest: await shownChanges(host, accountability, report.changed.latest, (user) => names.get(user ?? '') ?? null) },
	};
}
