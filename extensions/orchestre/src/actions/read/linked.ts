import { storedDay, dateOrNull, dayOrNull } from '../../platform/columns.ts';
import { toParis } from '../../platform/time/paris.ts';
import type { Knex } from '../../platform/directus.ts';
import { quotePastDays, waits, type About, type Facts } from '../../timeline/next/rules.ts';
import { firstPer, type Row } from './first-per.ts';

/** A record's neighbours whose rows are told on its form: a lead's deals, a deal's leads. */
export type Around = { leads: string[]; deals: string[] };

/** What the form's next action looks at around a record, apart from its own row. */
export type Linked = Pick<Facts, 'unanswered' | 'lastContactAt' | 'task' | 'appointment' | 'quote' | 'invoice' | 'alert'> & {
	assignee: string | null;
	taskKind: string | null;
	invoiceCents: number | null;
};

type Found = ReadonlyMap<string, Row>;
type Pair = { lead: Found; opportunity: Found };

const iso = (value: unknown): string | null => dateOrNull(value)?.toISOString() ?? null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const about = (collection: string, row: Row | undefined, name: unknown, at: string | null, detail: unknown = null): About | null =>
	row ? { collection, id: String(row['id']), name: text(name), at, detail: typeof detail === 'string' ? detail : null } : null;

const gravity = `case severity when 'critical' then 0 when 'warning' then 1 else 2 end`;

/** Reads what stands around these records: the newest exchange, the first due task, the next appointment … some twenty statements whatever their number. */
export async function readLinked(knex: Knex, around: ReadonlyMap<string, Around>, now: Date): Promise<(id: string) => Linked> {
	const leads = [...new Set([...around.values()].flatMap((one) => one.leads))];
	const deals = [...new Set([...around.values()].flatMap((one) => one.deals))];
	const both = async (table: string, columns: readonly string[], order: string, where: (query: Knex.QueryBuilder) => void): Promise<Pair> => ({
		lead: await firstPer(knex, table, 'lead', leads, { columns, order, where }),
		opportunity: await firstPer(knex, table, 'opportunity', deals, { columns, order, where }),
	});
	const open = ['todo', 'in_progress'];
	const exchanges = await both('interactions', ['at', 'direction', 'kind', 'outcome', 'subject'], 'at desc', (query) => void query.where('at', '<=', now));
	const tasks = await both('tasks', ['title', 'kind', 'due_at', 'assignee', 'date_created'], 'case when due_at is null then 1 else 0 end, due_at, date_created', (query) => void query.whereIn('status', open)); // prettier-ignore
	const meetings = await both('planning', ['title', 'starts_at'], 'starts_at', (query) => void query.where('starts_at', '>=', now).whereNot('status', 'cancelled'));
	const alerts = await both('alerts', ['title', 'severity', 'recommended_action', 'date_created'], `${gravity}, date_created desc`, (query) => void query.where({ state: 'open' }));
	const today = toParis(now).day;
	const quotes = await firstPer(knex, 'quotes', 'opportunity', deals, {
		columns: ['number', 'title', 'valid_until'],
		order: 'valid_until',
		where: (query) => void query.where({ status: 'sent' }).where('valid_until', '>=', storedDay(today - quotePastDays)),
	});
	const invoices = await invoicesOf(knex, deals, storedDay(today));

	const earliest = (pair: Pair, { leads: own, deals: theirs }: Around, column: string): Row | undefined => {
		const rows = [...own.map((id) => pair.lead.get(id)), ...theirs.map((id) => pair.opportunity.get(id))].filter((row) => row !== undefined);
		const at = (row: Row): number => dateOrNull(row[column])?.getTime() ?? Number.POSITIVE_INFINITY;
		return rows.toSorted((one, other) => at(one) - at(other) || (String(one['id']) < String(other['id']) ? -1 : 1))[0];
	};
	const first = (found: Found, ids: readonly string[], column: string): Row | undefined =>
		ids.flatMap((id): Row[] => [found.get(id)].filter((row) => row !== undefined)).toSorted((one, other) => String(dayOrNull(one[column])).localeCompare(String(dayOrNull(other[column]))))[0];

	return (id) => {
		const here = around.get(id) ?? { leads: [], deals: [] };
		const contacts = [...here.leads.map((one) => exchanges.lead.get(one)), ...here.deals.map((one) => exchanges.opportunity.get(one))].filter((row) => row !== undefined);
		const [last] = contacts.toSorted((one, other) => (dateOrNull(other['at'])?.getTime() ?? 0) - (dateOrNull(one['at'])?.getTime() ?? 0));
		const task = earliest(tasks, here, 'due_at');
		const meeting = earliest(meetings, here, 'starts_at');
		// The form shows the alerts about the record itself only.
		const alert = alerts.lead.get(id) ?? alerts.opportunity.get(id);
		const quote = first(quotes, here.deals, 'valid_until');
		const invoice = first(invoices, here.deals, 'due_date');
		const numbered = (row: Row | undefined): string => [row?.['number'], row?.['title']].filter(Boolean).join(' · ');
		return {
			unanswered: last && waits(last) ? about('interactions', last, last['subject'], iso(last['at'])) : null,
			lastContactAt: iso(last?.['at']),
			task: about('tasks', task, task?.['title'], iso(task?.['due_at'])),
			taskKind: (task?.['kind'] as string | null | undefined) ?? null,
			assignee: (task?.['assignee'] as string | null | undefined) ?? null,
			appointment: about('planning', meeting, meeting?.['title'], iso(meeting?.['starts_at'])),
			quote: about('quotes', quote, numbered(quote), quote ? dayOrNull(quote['valid_until']) : null),
			invoice: about('invoices', invoice, numbered(invoice), invoice ? dayOrNull(invoice['due_date']) : null),
			invoiceCents: invoice ? Number(invoice['remaining_cents']) : null,
			alert: about('alerts', alert, alert?.['title'], null, alert?.['recommended_action']),
		};
	};
} // prettier-ignore

/** The invoice of a deal's quotes that has been owed to us for longest. */
async function invoicesOf(knex: Knex, deals: readonly string[], today: Date): Promise<Found> {
	if (deals.length === 0) return new Map();
	const ranked = knex('invoices as i')
		.join('quotes as q', 'q.id', 'i.quote')
		.whereIn('q.opportunity', [...deals])
		.where({ 'i.direction': 'sale' })
		.whereNot('i.type', 'credit_note')
		.whereIn('i.status', ['issued', 'sent', 'partly_paid'])
		.where('i.remaining_cents', '>', 0)
		.where('i.due_date', '<', today)
		.select('i.id', 'i.number', 'i.title', 'i.due_date', 'i.remaining_cents', { of: 'q.opportunity' })
		.select(knex.raw('row_number() over (partition by q.opportunity order by i.due_date, i.id) as place'));
	const rows = (await knex.from(ranked.as('t')).where('place', 1)) as Row[];
	return new Map(rows.map((row) => [String(row['of']), row]));
}
