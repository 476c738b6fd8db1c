import { dateOrNull } from '../platform/columns.ts';
import { chunks, type Knex } from '../platform/directus.ts';
import type { StopFacts } from './rules/stop.ts';
import type { RunRow } from './rows.ts';

type LeadRow = { id: string; status: string; archived: unknown; email_consent: string | null; person: string | null; email: string | null };
type PersonRow = { id: string; archived: unknown; email_consent: string | null; left_on: unknown; anonymised_at: unknown; email: string | null };
type DealRow = { id: string; is_won: unknown };
type Latest = Map<string, Date>;

async function rowsOf<R extends { id: string }>(knex: Knex, table: string, ids: readonly string[], columns: readonly string[]): Promise<Map<string, R>> {
	const found = new Map<string, R>();
	for (const part of chunks([...new Set(ids)], 500))
		for (const row of (await knex(table)
			.whereIn('id', part)
			.select([...columns])) as R[])
			found.set(row.id, row);
	return found;
}

/** The last moment of each row that `narrow` leaves, by what its `column` points at. */
async function latest(
	knex: Knex,
	table: string,
	column: string,
	moment: string,
	ids: readonly string[],
	narrow: (query: Knex.QueryBuilder) => void,
): Promise<Latest> {
	const found: Latest = new Map();
	for (const part of chunks([...new Set(ids)], 500)) {
		const query = knex(table).whereIn(column, part).groupBy(column).select(column).max({ last: moment });
		narrow(query);
		for (const row of (await query) as Record<string, unknown>[]) {
			const last = dateOrNull(row['last']);
			if (last) found.set(String(row[column]), last);
		}
	}
	return found;
}

const inbound = (query: Knex.QueryBuilder): void => void query.where('direction', 'inbound');
const meetings = (query: Knex.QueryBuilder): void =>
	void query.where((either) => void either.whereIn('kind', ['meeting', 'visit']).orWhere('outcome', 'meeting_booked'));
const kept = (query: Knex.QueryBuilder): void => void query.whereNot('status', 'cancelled');

/** Addresses of which some record holds an objection. */
async function refusedAddresses(knex: Knex, emails: readonly string[]): Promise<Set<string>> {
	const found = new Set<string>();
	for (const part of chunks([...new Set(emails)], 500))
		for (const table of ['leads', 'people'])
			for (const email of (await knex(table).whereIn('email', part).where('email_consent', 'refused').pluck('email')) as string[]) found.add(email);
	return found;
}

/** What has happened to each run's person since it began, read for all of them at once. By run id. */
export async function readStopFacts(knex: Knex, runs: readonly RunRow[]): Promise<Map<string, StopFacts>> {
	const leadIds = runs.flatMap(({ lead }) => lead ?? []);
	const leads = await rowsOf<LeadRow>(knex, 'leads', leadIds, ['id', 'status', 'archived', 'email_consent', 'person', 'email']);
	const personOf = (run: RunRow): string | null => run.person ?? leads.get(run.lead ?? '')?.person ?? null;
	const personIds = runs.flatMap((run) => personOf(run) ?? []);
	const people = await rowsOf<PersonRow>(knex, 'people', personIds, ['id', 'archived', 'email_consent', 'left_on', 'anonymised_at', 'email']);
	const deals = new Map(
		(
			(await knex('opportunities as o')
				.join('stages as s', 's.id', 'o.stage')
				.whereIn(
					'o.id',
					runs.flatMap(({ opportunity }) => opportunity ?? []),
				)
				.select('o.id', 's.is_won')) as DealRow[]
		).map((row) => [row.id, row]),
	);
	const refused = await refusedAddresses(
		knex,
		[...leads.values(), ...people.values()].flatMap(({ email }) => email ?? []),
	);
	const [leadReplies, personReplies] = [
		await latest(knex, 'interactions', 'lead', 'at', leadIds, inbound),
		await latest(knex, 'interactions', 'person', 'at', personIds, inbound),
	];
	const [leadMeetings, personMeetings, appointments] = [
		await latest(knex, 'interactions', 'lead', 'at', leadIds, meetings),
		await latest(knex, 'interactions', 'person', 'at', personIds, meetings),
		await latest(knex, 'planning', 'lead', 'date_created', leadIds, kept),
	];
	return new Map(
		runs.map((run) => {
			const lead = leads.get(run.lead ?? '');
			const person = people.get(personOf(run) ?? '');
			const since = (list: Latest, id: string | null): boolean => (list.get(id ?? '')?.getTime() ?? 0) >= run.started_at.getTime();
			const facts: StopFacts = {
				gone: (run.lead ? !lead || Boolean(lead.archived) : !person) || Boolean(person && (person.archived || person.left_on || person.anonymised_at)),
				refused: [lead, person].some((row) => row?.email_consent === 'refused' || (row?.email && refused.has(row.email))),
				converted: lead?.status === 'converted' || Boolean(deals.get(run.opportunity ?? '')?.is_won),
				replied: since(leadReplies, run.lead) || since(personReplies, personOf(run)),
				meeting: since(leadMeetings, run.lead) || since(personMeetings, personOf(run)) || since(appointments, run.lead),
				lost: lead?.status === 'lost',
			};
			return [run.id, facts];
		}),
	);
}
