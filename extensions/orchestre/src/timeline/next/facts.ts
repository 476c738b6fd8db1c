import { dayMs, toParis } from '../../platform/time/paris.ts';
import { now as clockNow } from '../../platform/clock.ts';
import type { Accountability, Host } from '../../platform/directus.ts';
import { collectionsRead, reachedBy, sourceOf } from '../page.ts';
import { reachOf, type Reached } from '../reach.ts';
import { readerFor, type Reader } from '../reader.ts';
import type { Row, Subject } from '../rules/types.ts';
import { nextAction, quotePastDays, waits, type About, type Facts, type NextAction } from './rules.ts';

type Filter = Record<string, unknown>;
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** YYYY-MM-DD in Paris. */
const dayOf = (date: Date): string => new Date(toParis(date).day * dayMs).toISOString().slice(0, 10);

/** The first row of a source's collection that belongs to the record and meets these conditions; the conditions' fields are asked for. */
async function first(reader: Reader, reached: Reached, source: string, conditions: Filter, sort: string, fields: readonly string[]): Promise<Row | null> {
	const known = sourceOf(source);
	const columns = Object.keys(known.by).filter((column) => reader.readable(known.collection, column));
	const belongs = reachedBy(known, columns, reached);
	if (!belongs) return null;
	const [row] = await reader.rows(known.collection, {
		needs: [...columns, ...Object.keys(conditions), sort.replace('-', '')],
		fields,
		filter: { _and: [belongs, ...Object.entries(conditions).map(([field, condition]) => ({ [field]: condition }))] } as never,
		sort: [sort],
		limit: 1,
	});
	return row ?? null;
}

const about = (collection: string, row: Row | null, name: unknown, at: string): About | null =>
	row && { collection, id: row.id, name: text(name) ?? '', at: text(row[at]) };

async function assigneeOf(reader: Reader, row: Row | null): Promise<string | null> {
	const user = text(row?.['assignee']);
	if (!user) return null;
	const [found] = await reader.rows('directus_users', { needs: [], fields: ['first_name', 'last_name'], filter: { id: { _eq: user } }, limit: 1 });
	return found ? [found['first_name'], found['last_name']].filter(Boolean).join(' ') || null : null;
}

async function taskOf(reader: Reader, reached: Reached): Promise<About | null> {
	const open = { status: { _in: ['todo', 'in_progress'] } };
	const fields = ['title', 'due_at', 'assignee'];
	const row =
		(await first(reader, reached, 'task-due', { ...open, due_at: { _nnull: true } }, 'due_at', fields)) ??
		(await first(reader, reached, 'task-open', { ...open, due_at: { _null: true } }, 'date_created', fields));
	const task = about('tasks', row, row?.['title'], 'due_at');
	return task && { ...task, who: await assigneeOf(reader, row) };
}

const gravest = ['critical', 'warning', 'info'];
const alertLinks: Record<Subject, string> = { leads: 'lead', companies: 'company', people: 'person', opportunities: 'opportunity' };

/** The gravest open alert about the record itself, the newest of its gravity. */
async function alertOf(reader: Reader, subject: Subject, id: string): Promise<About | null> {
	const link = alertLinks[subject];
	const rows = await reader.rows('alerts', {
		needs: ['state', 'severity', link],
		fields: ['title', 'severity', 'recommended_action'],
		filter: { _and: [{ [link]: { _eq: id } }, { state: { _eq: 'open' } }] } as never,
		sort: ['-date_created'],
		limit: 20,
	});
	const [row] = rows.toSorted((one, other) => gravest.indexOf(String(one['severity'])) - gravest.indexOf(String(other['severity'])));
	return row ? { collection: 'alerts', id: row.id, name: text(row['title']) ?? '', at: null, detail: text(row['recommended_action']) } : null;
}

async function named(reader: Reader, collection: string, id: unknown, field: string): Promise<About | null> {
	if (typeof id !== 'string') return null;
	const [row] = await reader.rows(collection, { needs: [field], fields: [field], filter: { id: { _eq: id } }, limit: 1 });
	return row ? { collection, id, name: text(row[field]) ?? '', at: null } : null;
}

async function leadFacts(reader: Reader, id: string): Promise<NonNullable<Facts['lead']>> {
	const row = await reader.one('leads', id, ['status', 'converted_opportunity', 'duplicate_of', 'sla_due_at', 'first_contact_at']);
	return {
		status: text(row['status']),
		deal: await named(reader, 'opportunities', row['converted_opportunity'], 'name'),
		duplicate: await named(reader, 'leads', row['duplicate_of'], 'display_name'),
		slaDueAt: text(row['sla_due_at']),
		contacted: row['first_contact_at'] !== null,
	};
}

async function dealFacts(reader: Reader, id: string): Promise<NonNullable<Facts['deal']>> {
	const row = await reader.one('opportunities', id, ['closed_at', 'close_date', 'next_step', 'next_step_at']);
	return { closed: Boolean(row['closed_at']), closeDate: text(row['close_date']), nextStep: text(row['next_step']), nextStepAt: text(row['next_step_at']) };
}

async function readFacts(reader: Reader, subject: Subject, id: string, reached: Reached, now: Date): Promise<Facts> {
	const today = dayOf(now);
	const [lead, deal, alert, last, task, appointment, quote, invoice, ticket] = await Promise.all([
		subject === 'leads' ? leadFacts(reader, id) : undefined,
		subject === 'opportunities' ? dealFacts(reader, id) : undefined,
		alertOf(reader, subject, id),
		first(reader, reached, 'interaction', { at: { _lte: now.toISOString() } }, '-at', ['at', 'direction', 'kind', 'outcome', 'subject']),
		taskOf(reader, reached),
		first(reader, reached, 'meeting', { starts_at: { _gte: now.toISOString() }, status: { _neq: 'cancelled' } }, 'starts_at', ['title', 'starts_at']),
		first(reader, reached, 'quote', { status: { _eq: 'sent' }, valid_until: { _gte: dayOf(new Date(now.getTime() - quotePastDays * dayMs)) } }, 'valid_until', [
			'number',
			'title',
			'valid_until',
		]),
		first(
			reader,
			reached,
			'invoice',
			{
				direction: { _eq: 'sale' },
				type: { _neq: 'credit_note' },
				status: { _in: ['issued', 'sent', 'partly_paid'] },
				remaining_cents: { _gt: 0 },
				due_date: { _lt: today },
			},
			'due_date',
			['number', 'title', 'due_date'],
		),
		first(reader, reached, 'ticket', { status: { _nin: ['resolved', 'closed'] }, sla_due_at: { _lt: now.toISOString() } }, 'sla_due_at', [
			'subject',
			'sla_due_at',
		]),
	]);
	const numbered = (row: Row | null): string => [row?.['number'], row?.['title']].filter(Boolean).join(' · ');
	return {
		subject,
		...(lead && { lead }),
		...(deal && { deal }),
		alert,
		unanswered: last && waits(last) ? about('interactions', last, last['subject'], 'at') : null,
		lastContactAt: text(last?.['at']),
		task,
		appointment: about('planning', appointment, appointment?.['title'], 'starts_at'),
		quote: about('quotes', quote, numbered(quote), 'valid_until'),
		invoice: about('invoices', invoice, numbered(invoice), 'due_date'),
		ticket: about('tickets', ticket, ticket?.['subject'], 'sla_due_at'),
	};
}

/** `links`: what a new exchange or task on this form is about. */
export type Next = NextAction & { links: Reached['about'] };

/** The next action about a record, from what this caller may see. Throws Directus's 403 when the record is out of reach. */
export async function readNext(host: Host, accountability: Accountability, subject: Subject, id: string): Promise<Next> {
	const reader = await readerFor(host, accountability, collectionsRead);
	const now = clockNow();
	const reached = await reachOf[subject](reader, id);
	return { ...nextAction(await readFacts(reader, subject, id, reached, now), now), links: reached.about };
}
