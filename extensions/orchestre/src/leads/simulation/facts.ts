import { dateOrNull } from '../../platform/columns.ts';
import { chunks, isPostgres, toDate, type Knex } from '../../platform/directus.ts';
import { readTakers } from '../people.ts';
import { workedStatuses, type LeadStatus } from '../rules/types.ts';
import type { Closing, HeldSlot, Past, PastLead } from './rules/types.ts';

/** Decisions this soon after a lead's arrival were taken as it arrived; later ones are somebody's change of mind, or an escalation. */
const onArrivalMs = 5 * 60_000;
const thirtyDays = 30 * 86_400_000;
/** The newest leads of the window; a company with more learns the same from these. */
export const mostLeads = 20_000;

type LeadFacts = {
	id: string;
	date_created: Date | number;
	owner: string | null;
	status: LeadStatus;
	status_since: Date | number | null;
	closed_at: Date | number | null;
	industry: string | null;
	size_band: string | null;
	region: string | null;
	language: string | null;
	company: string | null;
	siren: string | null;
	sla_due_at: Date | number | null;
	first_contact_at: Date | number | null;
	decided_kind: string | null;
	decided_owner: string | null;
	decided_at: string | null;
};

/** When a lead stopped taking a slot, from what it is today: what it was in between is not kept in mind. */
const endOf = ({ status, status_since, closed_at }: Pick<LeadFacts, 'status' | 'status_since' | 'closed_at'>): Date | null =>
	workedStatuses.includes(status) ? null : dateOrNull(closed_at ?? status_since);

function inTimeOf({ sla_due_at, first_contact_at }: LeadFacts, now: Date): boolean | null {
	const [due, contact] = [dateOrNull(sla_due_at), dateOrNull(first_contact_at)];
	if (!due) return null;
	if (contact) return contact <= due;
	return due < now ? false : null;
}

async function readLeads(database: Knex, from: Date): Promise<LeadFacts[]> {
	const part = (name: string): string => (isPostgres(database) ? `assignment->>'${name}'` : `json_extract(assignment, '$.${name}')`);
	return (await database('leads')
		.where('date_created', '>=', from)
		.orderBy([{ column: 'date_created', order: 'desc' }, { column: 'id' }])
		.limit(mostLeads)
		.select('id', 'date_created', 'owner', 'status', 'status_since', 'closed_at', 'industry', 'size_band', 'region', 'language', 'company', 'siren')
		.select('sla_due_at', 'first_contact_at')
		.select(
			database.raw(`${part('kind')} as decided_kind`),
			database.raw(`${part('owner')} as decided_owner`),
			database.raw(`${part('at')} as decided_at`),
		)) as LeadFacts[];
}

type Account = { id: string; siren: string | null; owner: string | null; date_created: Date | number | null };

async function readAccounts(database: Knex, leads: readonly LeadFacts[]): Promise<(lead: LeadFacts) => string | null> {
	const found: Account[] = [];
	const columns = ['id', 'siren', 'owner', 'date_created'];
	for (const [column, values] of [
		['id', leads.map(({ company }) => company)],
		['siren', leads.map(({ company, siren }) => (company ? null : siren))],
	] as const)
		for (const part of chunks([...new Set(values.filter((value) => value !== null))], 500))
			found.push(...((await database('companies').whereIn(column, part).select(columns)) as Account[]));
	const byId = new Map(found.map((account) => [account.id, account]));
	const bySiren = new Map(found.flatMap((account) => (account.siren ? [[account.siren, account]] : [])));
	return ({ company, siren, date_created }) => {
		const account = company ? byId.get(company) : siren ? bySiren.get(siren) : undefined;
		// The company that a conversion made was not there when the lead came.
		const wasThere = account && (account.date_created === null || toDate(account.date_created) <= toDate(date_created));
		return wasThere ? account.owner : null;
	};
}

async function readHeld(database: Knex, from: Date): Promise<HeldSlot[]> {
	const rows = (await database('leads')
		.where('date_created', '<', from)
		.whereNotNull('owner')
		.where((either) => void either.whereNull('closed_at').orWhere('closed_at', '>', from))
		.select('owner', 'status', 'status_since', 'closed_at', 'id')
		.orderBy('id')) as (Pick<LeadFacts, 'status' | 'status_since' | 'closed_at'> & { owner: string })[];
	return rows.map((row) => ({ user: row.owner, until: endOf(row) })).filter(({ until }) => until === null || until > from);
}

/** Deals won and lost, those before the window summed up at its beginning. */
async function readClosings(database: Knex, from: Date): Promise<Closing[]> {
	const closed = () => database('leads').whereIn('status', ['converted', 'lost']).whereNotNull('owner').whereNotNull('closed_at');
	const before = (await closed().where('closed_at', '<', from).groupBy('owner', 'status').select('owner', 'status').count({ n: '*' })) as {
		owner: string;
		status: string;
		n: number | string;
	}[];
	const since = (await closed().where('closed_at', '>=', from).select('owner', 'status', 'closed_at')) as {
		owner: string;
		status: string;
		closed_at: Date | number;
	}[];
	return [
		...before.flatMap(({ owner, status, n }) => Array.from({ length: Number(n) }, () => ({ user: owner, at: new Date(0), won: status === 'converted' }))),
		...since.map(({ owner, status, closed_at }) => ({ user: owner, at: toDate(closed_at), won: status === 'converted' })),
	];
}

async function readGiven(database: Knex, from: Date): Promise<Past['given']> {
	const rows = (await database('leads')
		.where('assigned_at', '>=', new Date(from.getTime() - thirtyDays))
		.where('assigned_at', '<', from)
		.whereNotNull('owner')
		.select('owner', 'assigned_at')) as { owner: string; assigned_at: Date | number }[];
	return rows.map(({ owner, assigned_at }) => ({ user: owner, at: toDate(assigned_at) }));
}

function toPastLead(row: LeadFacts, accountOwner: string | null, now: Date): PastLead {
	const arrivedAt = toDate(row.date_created);
	const due = dateOrNull(row.sla_due_at);
	const onArrival = row.decided_at !== null && Math.abs(new Date(row.decided_at).getTime() - arrivedAt.getTime()) < onArrivalMs;
	const byHand = onArrival && row.decided_kind === 'manual';
	return {
		id: row.id,
		arrivedAt,
		endedAt: endOf(row),
		traits: { industry: row.industry, size_band: row.size_band, region: row.region, language: row.language },
		dueAt: due && due > arrivedAt ? due : null,
		accountOwner,
		fixedOwner: byHand ? row.decided_owner : null,
		decidedOwner: onArrival && !byHand ? row.decided_owner : null,
		owner: row.owner,
		inTime: inTimeOf(row, now),
	};
}

/** What was so since `from`, read and never locked. Leads that arrived closed (imported) took nobody's time, and are left out. */
export async function readPast(database: Knex, from: Date, now: Date): Promise<Past> {
	const rows = await readLeads(database, from);
	const ownerOf = await readAccounts(database, rows);
	const leads = rows.map((row) => toPastLead(row, ownerOf(row), now)).filter(({ arrivedAt, endedAt }) => endedAt === null || endedAt > arrivedAt);
	// A window cut short begins with its first lead.
	const begins = rows.length === mostLeads ? toDate(rows.at(-1)?.date_created ?? from) : from;
	return {
		from: begins,
		leads,
		people: await readTakers(database),
		held: await readHeld(database, begins),
		closings: await readClosings(database, begins),
		given: await readGiven(database, begins),
	};
}
