import { storedDay, dateOrNull, dayOrNull } from '../../platform/columns.ts';
import type { Knex } from '../../platform/directus.ts';
import { dayMs, dayOf, toParis } from '../../platform/time/paris.ts';
import { quietDays } from '../../timeline/next/rules.ts';
import { clientStake, isBadMark, milestoneCandidate, quietCandidate, surveyCandidate, ticketCandidate } from '../rules/others.ts';
import type { Candidate } from '../rules/types.ts';
import type { Row } from './first-per.ts';
import { readRevenue } from './money.ts';

/** Whose candidates are read: everybody's, or these people's. */
export type Only = readonly string[] | null;

const of = (query: Knex.QueryBuilder, column: string, only: Only): Knex.QueryBuilder => (only ? query.whereIn(column, [...only]) : query.whereNotNull(column));
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const owned = (row: Row): { owner: string; team: string | null } => ({ owner: String(row['owner']), team: text(row['team']) });

/** Tickets past their delay. */
export async function readTickets(knex: Knex, only: Only, nominalCents: number, now: Date): Promise<Candidate[]> {
	const query = knex('tickets as t')
		.leftJoin('companies as c', 'c.id', 't.company')
		.whereNotIn('t.status', ['resolved', 'closed'])
		.where('t.sla_due_at', '<', now)
		.where((either) => void either.where('t.archived', false).orWhereNull('t.archived'))
		.select('t.id', 't.subject', 't.company', 't.owner', 't.team', 't.sla_due_at', { company_name: 'c.name' });
	const rows = (await of(query, 't.owner', only)) as Row[];
	const revenue = await readRevenue(knex, rows.map((row) => text(row['company']))); // prettier-ignore
	return rows.map((row) =>
		ticketCandidate({
			...owned(row),
			id: String(row['id']),
			subject: String(row['subject'] ?? ''),
			company: text(row['company']),
			companyName: text(row['company_name']),
			dueAt: dateOrNull(row['sla_due_at']) ?? now,
			stake: clientStake(revenue(text(row['company'])), nominalCents),
		}),
	);
}

/** A bad mark is called back within a month, or not at all. */
const surveyDays = 30;

/** The newest answer of a client, when it is bad and nobody has talked to them since. */
export async function readSurveys(knex: Knex, only: Only, nominalCents: number, now: Date): Promise<Candidate[]> {
	const query = knex('survey_answers as a')
		.join('companies as c', 'c.id', 'a.company')
		.where('a.answered_at', '>=', new Date(now.getTime() - surveyDays * dayMs))
		.whereNotNull('a.score')
		.whereNotExists((later) => void later.select(knex.raw('1')).from('interactions as i').whereRaw('i.company = a.company and i.at > a.answered_at'))
		.orderBy([{ column: 'a.answered_at', order: 'desc' }, { column: 'a.id' }])
		.select('a.id', 'a.company', 'a.person', 'a.kind', 'a.score', 'a.answered_at', { company_name: 'c.name', owner: 'c.owner', team: 'c.team' });
	const rows = ((await of(query, 'c.owner', only)) as Row[]).filter((row) => isBadMark(String(row['kind']), Number(row['score'])));
	const newest = new Map(rows.toReversed().map((row) => [String(row['company']), row]));
	const revenue = await readRevenue(knex, [...newest.keys()]);
	return [...newest].map(([company, row]) =>
		surveyCandidate({
			...owned(row),
			id: String(row['id']),
			company,
			companyName: String(row['company_name'] ?? ''),
			kind: String(row['kind']),
			score: Number(row['score']),
			answeredAt: dateOrNull(row['answered_at']) ?? now,
			person: text(row['person']),
			stake: clientStake(revenue(company), nominalCents),
		}),
	);
} // prettier-ignore

/** Milestones whose day is over, of projects that are under way. */
export async function readMilestones(knex: Knex, only: Only, nominalCents: number, today: number): Promise<Candidate[]> {
	const query = knex('milestones as m')
		.join('projects as p', 'p.id', 'm.project')
		.where('m.due_on', '<', storedDay(today))
		.whereNotIn('m.status', ['done', 'cancelled'])
		.where({ 'p.status': 'active' })
		.select('m.id', 'm.name', 'm.due_on', 'm.project', { project_name: 'p.name', company: 'p.company', team: 'p.team' })
		.select(knex.raw('coalesce(m.owner, p.manager, p.owner) as owner'));
	const rows = ((await query) as Row[]).filter((row) => text(row['owner']) !== null && (only === null || only.includes(String(row['owner']))));
	const revenue = await readRevenue(knex, rows.map((row) => text(row['company']))); // prettier-ignore
	return rows.map((row) =>
		milestoneCandidate(
			{
				...owned(row),
				id: String(row['id']),
				name: String(row['name'] ?? ''),
				project: String(row['project']),
				projectName: String(row['project_name'] ?? ''),
				company: text(row['company']),
				dueDay: dayOf(dayOrNull(row['due_on']) ?? '') ?? today,
				stake: clientStake(revenue(text(row['company'])), nominalCents),
			},
			today,
		),
	);
}

/** Clients with a running subscription whom nobody has talked to for a quarter, and for whom nothing is planned: the form of the company says the same. */
export async function readQuiet(knex: Knex, nominalCents: number, now: Date): Promise<Candidate[]> {
	const today = toParis(now).day;
	const last = knex('interactions').whereNotNull('company').where('at', '<=', now).groupBy('company').select('company').max({ at: 'at' });
	const rows = (await knex('companies as c')
		.join(knex('subscriptions').where({ status: 'active' }).groupBy('company').select('company').sum({ mrr: 'mrr_cents' }).as('s'), 's.company', 'c.id')
		.leftJoin(last.as('i'), 'i.company', 'c.id')
		.where({ 'c.is_client': true })
		.whereNotNull('c.owner')
		.where((either) => void either.whereNull('i.at').orWhere('i.at', '<', new Date(now.getTime() - quietDays * dayMs)))
		.whereNotExists((one) => void one.select(knex.raw('1')).from('tasks as t').whereRaw('t.company = c.id').whereIn('t.status', ['todo', 'in_progress']))
		.whereNotExists((one) => void one.select(knex.raw('1')).from('planning as p').whereRaw('p.company = c.id').where('p.starts_at', '>=', now).whereNot('p.status', 'cancelled'))
		.orderBy('c.id')
		.select('c.id', 'c.name', 'c.owner', 'c.team', 'i.at', 's.mrr')) as Row[];
	return rows.map((row) => {
		const at = dateOrNull(row['at']);
		return quietCandidate(
			{ ...owned(row), id: String(row['id']), name: String(row['name'] ?? ''), lastDay: at ? toParis(at).day : null, stake: clientStake(Number(row['mrr']), nominalCents) },
			today,
		);
	});
} // prettier-ignore
