import { dateOrNull } from '../../platform/columns.ts';
import { parseJson, type Knex } from '../../platform/directus.ts';
import { fromParis, toParis } from '../../platform/time/paris.ts';
import { approvalCandidate, clientStake, insightCandidate, nominalStake, taskCandidate } from '../rules/others.ts';
import type { Candidate, LinkColumn, Links, RecordRef } from '../rules/types.ts';
import type { Only } from './clients.ts';
import { pages, type Row } from './first-per.ts';
import { readRevenue } from './money.ts';

/** What a person has promised, and what others wait for from them. */

const of = (query: Knex.QueryBuilder, column: string, only: Only): Knex.QueryBuilder => (only ? query.whereIn(column, [...only]) : query.whereNotNull(column));
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const collectionOf: Readonly<Record<string, string>> = {
	lead: 'leads',
	opportunity: 'opportunities',
	invoice: 'invoices',
	ticket: 'tickets',
	company: 'companies',
	project: 'projects',
	contract: 'contracts',
	subscription: 'subscriptions',
	quote: 'quotes',
};

const linksOf = (row: Row, columns: readonly LinkColumn[]): Links =>
	Object.fromEntries(columns.flatMap((column) => (typeof row[column] === 'string' ? [[column, row[column]]] : [])));

/** The record that a row with links is about: its deal before its company. */
const recordOf = (links: Links, order: readonly LinkColumn[], fallback: RecordRef): RecordRef => {
	const column = order.find((name) => links[name] !== undefined);
	return column ? { collection: collectionOf[column] ?? column, id: links[column] as string } : fallback;
};

const taskLinks: readonly LinkColumn[] = ['lead', 'opportunity', 'company', 'project', 'ticket', 'invoice'];
/** A task that nobody has touched for so long is no promise any more: it is for tidying up, not for today. */
const staleDays = 60;

/** Tasks that are due by tonight, of their assignee, in parts. `stakeOf`: what the lead or deal that they are about is worth. */
export async function* readTasks(
	knex: Knex,
	only: Only,
	nominalCents: number,
	now: Date,
	stakeOf: (record: RecordRef) => { cents: number; text: string } | null,
): AsyncGenerator<Candidate[], void> {
	const { day } = toParis(now);
	const [dayStart, dayEnd] = [fromParis(day, 0), fromParis(day + 1, 0)];
	const due = (): Knex.QueryBuilder => {
		const query = knex('tasks')
			.whereIn('status', ['todo', 'in_progress'])
			.where('due_at', '<', dayEnd)
			.where('due_at', '>=', fromParis(day - staleDays, 0))
			.select('id', 'title', 'kind', 'due_at', 'team', 'expected_value_cents', ...taskLinks, { owner: 'assignee' });
		return of(query, 'assignee', only);
	};
	for await (const rows of pages('id', due)) {
		const revenue = await readRevenue(knex, rows.map((row) => text(row['company'])));
		yield rows.map((row) => {
			const id = String(row['id']);
			const links = linksOf(row, taskLinks);
			const record = recordOf(links, ['lead', 'opportunity', 'invoice', 'ticket'], { collection: 'tasks', id });
			const own = Number(row['expected_value_cents'] ?? 0);
			const company = text(row['company']);
			const stake = stakeOf(record) ?? (own > 0 ? { cents: own, text: 'Valeur attendue de la tâche' } : company ? clientStake(revenue(company), nominalCents) : nominalStake(nominalCents));
			// A year of a client's money is not at stake in each small task.
			const bounded = company && !links.lead && !links.opportunity ? { ...stake, cents: Math.min(stake.cents, nominalCents * 4) } : stake;
			const ticketless = { ...links };
			delete ticketless.project;
			return taskCandidate(
				{
					id,
					owner: String(row['owner']),
					team: text(row['team']),
					title: String(row['title'] ?? ''),
					kind: text(row['kind']),
					dueAt: dateOrNull(row['due_at']) ?? now,
					record,
					links: links.project ? links : ticketless,
					stake: bounded,
				},
				dayStart,
			);
		});
	}
} // prettier-ignore

const approvalLinks: readonly LinkColumn[] = ['company', 'opportunity', 'quote', 'invoice', 'contract', 'subscription', 'project'];

/** Requests that wait for this person's decision. */
export async function readApprovals(knex: Knex, only: Only, nominalCents: number, now: Date): Promise<Candidate[]> {
	const query = knex('validation as v')
		.leftJoin('directus_users as u', 'u.id', 'v.requester')
		.where({ 'v.status': 'pending' })
		.select('v.id', 'v.title', 'v.deadline', 'v.amount_cents', 'v.team', ...approvalLinks.map((name) => `v.${name}`), { owner: 'v.approver' }, 'u.first_name', 'u.last_name');
	const rows = (await of(query, 'v.approver', only)) as Row[];
	const dayEnd = fromParis(toParis(now).day + 1, 0);
	return rows.map((row) => {
		const amount = Number(row['amount_cents'] ?? 0);
		const candidate = {
			id: String(row['id']),
			owner: String(row['owner']),
			team: text(row['team']),
			title: String(row['title'] ?? ''),
			requester: [row['first_name'], row['last_name']].filter(Boolean).join(' ') || null,
			deadline: dateOrNull(row['deadline']),
			amountCents: amount,
			links: linksOf(row, approvalLinks),
			// What waits is a decision, not its amount: a large request is not worth a day's sales.
			stake: nominalStake(nominalCents),
		};
		return approvalCandidate(candidate, dayEnd);
	});
} // prettier-ignore

const insightLinks: readonly LinkColumn[] = ['company', 'person', 'lead', 'opportunity', 'quote', 'subscription', 'contract', 'project', 'ticket', 'invoice'];
const notForADay = ['next_action', 'forecast'];

/** The first reason in words, whatever shape the other room gave them. */
function firstReason(reasons: unknown): string | null {
	const found = parseJson<unknown>(reasons ?? null);
	const list = Array.isArray(found) ? found : typeof found === 'object' && found !== null && 'reasons' in found && Array.isArray(found.reasons) ? found.reasons : [];
	const [first] = list as unknown[];
	if (typeof first === 'string') return first;
	return typeof first === 'object' && first !== null && 'text' in first && typeof first.text === 'string' ? first.text : null;
} // prettier-ignore

/** Open insights of other rooms (churn, upsell, renewal, stalled …), whatever their kind, in parts: ranked with the rest. */
export async function* readInsights(knex: Knex, only: Only, now: Date): AsyncGenerator<Candidate[], void> {
	const open = (): Knex.QueryBuilder => {
		const query = knex('insights')
			.whereNotIn('kind', notForADay)
			.where((either) => void either.where({ state: 'open' }).orWhere((one) => void one.where({ state: 'snoozed' }).where('snoozed_until', '<=', now)))
			.where((either) => void either.where({ hold_out: false }).orWhereNull('hold_out'))
			.select('id', 'kind', 'title', 'recommended_action', 'action_kind', 'reasons', 'expected_value_cents', 'minutes', 'owner', 'team', 'stage', ...insightLinks);
		return of(query, 'owner', only);
	};
	for await (const rows of pages('id', open)) yield rows.map(insightOf);
} // prettier-ignore

function insightOf(row: Row): Candidate {
	const id = String(row['id']);
	const links = linksOf(row, insightLinks);
	return insightCandidate({
		id,
		owner: String(row['owner']),
		team: text(row['team']),
		kind: String(row['kind']),
		title: String(row['title'] ?? ''),
		action: text(row['recommended_action']),
		why: firstReason(row['reasons']),
		means: text(row['action_kind']),
		expectedCents: Number(row['expected_value_cents'] ?? 0),
		minutes: row['minutes'] === null ? null : Number(row['minutes']),
		record: recordOf(links, ['opportunity', 'lead', 'ticket', 'company'], { collection: 'insights', id }),
		links,
	});
}
