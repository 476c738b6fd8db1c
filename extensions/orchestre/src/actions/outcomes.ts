import { dayMs } from '../platform/time/paris.ts';
import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull } from '../platform/columns.ts';
import { isPostgres, type Knex } from '../platform/directus.ts';
import { outcomeOf, type Outcome, type Step } from './rules/outcome.ts';
import { readActionSettings } from './settings.ts';
import { readKey } from './stored.ts';

const partSize = 2000;

type Episode = {
	id: string;
	topic: string;
	episode_key: string;
	date_created: unknown;
	lead: string | null;
	opportunity: string | null;
	company: string | null;
	ticket: string | null;
	invoice: string | null;
	task: string | null;
	approval: string | null;
};
type Link = 'lead' | 'opportunity' | 'company' | 'ticket' | 'invoice' | 'task' | 'approval';
type Row = Record<string, unknown>;
type Steps = Map<string, Step[]>;

const at = (value: unknown): number => dateOrNull(value)?.getTime() ?? 0;

async function stepsOf(rows: Promise<Row[]>, step: (row: Row) => Step | null): Promise<Steps> {
	const steps: Steps = new Map();
	for (const row of await rows) {
		const found = step(row);
		if (found) steps.set(String(row['of']), [...(steps.get(String(row['of'])) ?? []), found]);
	}
	return steps;
}

const leadOutcomes: Readonly<Record<string, Step['outcome']>> = { qualified: 'advanced', converted: 'advanced', lost: 'lost' };

/** What happened to the things that these episodes were about: the events that the product writes with their dates, a statement a kind. */
async function readSteps(knex: Knex, episodes: readonly Episode[]): Promise<(episode: Episode) => Step[]> {
	const ids = (link: Link): string[] => [...new Set(episodes.flatMap((one) => one[link] ?? []))];
	const since = new Date(Math.min(...episodes.map((one) => at(one.date_created))));
	const milestones = episodes.flatMap(({ episode_key }) => readKey(episode_key)?.record.match(/^milestones:(.+)$/)?.[1] ?? []);
	const lead = await stepsOf(
		knex('lead_status_changes').whereIn('lead', ids('lead')).where('at', '>=', since).select('at', 'to_status', { of: 'lead' }) as unknown as Promise<Row[]>,
		(row) => (leadOutcomes[String(row['to_status'])] ? { at: at(row['at']), outcome: leadOutcomes[String(row['to_status'])] as Step['outcome'] } : null),
	);
	const deal = await stepsOf(
		knex('stage_changes as c')
			.join('stages as t', 't.id', 'c.to_stage')
			.leftJoin('stages as f', 'f.id', 'c.from_stage')
			.whereIn('c.opportunity', ids('opportunity'))
			.where('c.at', '>=', since)
			.select('c.at', 'c.amount_cents', 't.is_won', 't.is_lost', { of: 'c.opportunity', to_sort: 't.sort', from_sort: 'f.sort' }) as unknown as Promise<Row[]>,
		(row) => {
			if (row['is_won']) return { at: at(row['at']), outcome: 'won', cents: Number(row['amount_cents'] ?? 0) };
			if (row['is_lost']) return { at: at(row['at']), outcome: 'lost' };
			return row['from_sort'] !== null && Number(row['to_sort']) > Number(row['from_sort']) ? { at: at(row['at']), outcome: 'advanced' } : null;
		},
	);
	const simple = (table: string, link: Link, column: string, outcome: Step['outcome'], cents?: string, of: readonly string[] = ids(link)): Promise<Steps> =>
		stepsOf(
			knex(table).whereIn('id', [...of]).where(column, '>=', new Date(since.getTime() - dayMs)).select({ of: 'id', at: column, ...(cents && { cents }) }) as unknown as Promise<Row[]>,
			// A plain day counts until its end.
			(row) => ({ at: column.endsWith('_on') ? at(row['at']) + dayMs - 1 : at(row['at']), outcome, cents: cents ? Number(row['cents'] ?? 0) : null }),
		);
	const invoice = await simple('invoices', 'invoice', 'paid_on', 'won', 'gross_cents');
	const ticket = await simple('tickets', 'ticket', 'resolved_at', 'advanced');
	const task = await simple('tasks', 'task', 'done_at', 'advanced');
	// Taken back is not decided.
	const approval = await stepsOf(
		knex('validation').whereIn('id', ids('approval')).whereIn('status', ['approved', 'rejected']).where('decided_at', '>=', since).select({ of: 'id', at: 'decided_at' }) as unknown as Promise<Row[]>,
		(row) => ({ at: at(row['at']), outcome: 'advanced' }),
	);
	const milestone = await simple('milestones', 'task', 'done_on', 'advanced', undefined, milestones);
	const opened = await stepsOf(
		knex('opportunities').whereIn('company', ids('company')).where('date_created', '>=', since).select({ of: 'company', at: 'date_created' }) as unknown as Promise<Row[]>,
		(row) => ({ at: at(row['at']), outcome: 'advanced' }),
	);
	const heard = await stepsOf(
		knex('interactions').whereIn('company', ids('company')).where('at', '>=', since).where({ direction: 'inbound' }).select({ of: 'company', at: 'at' }) as unknown as Promise<Row[]>,
		(row) => ({ at: at(row['at']), outcome: 'advanced' }),
	);
	return ({ topic, episode_key, ...links }) => {
		const of = (steps: Steps, link: Link): Step[] => steps.get(links[link] ?? '') ?? [];
		if (topic === 'invoice.overdue') return of(invoice, 'invoice');
		if (topic === 'approval.decide') return of(approval, 'approval');
		if (topic === 'client.ticket') return of(ticket, 'ticket');
		if (topic === 'client.milestone') return milestone.get(readKey(episode_key)?.record.split(':')[1] ?? '') ?? [];
		if (topic === 'client.survey' || topic === 'client.quiet') return of(heard, 'company');
		if (topic.startsWith('lead.') && links.lead) return of(lead, 'lead');
		if (links.opportunity) return of(deal, 'opportunity');
		return topic === 'task.due' ? of(task, 'task') : of(opened, 'company');
	};
} // prettier-ignore

type Settled = { id: string; outcome: Outcome; at: number; cents: number | null };

async function write(knex: Knex, settled: readonly Settled[]): Promise<void> {
	if (settled.length === 0) return;
	const isOnPostgres = isPostgres(knex);
	const rows = JSON.stringify(settled.map(({ at: moment, ...one }) => ({ ...one, at: isOnPostgres ? new Date(moment).toISOString() : moment })));
	const part = (name: string): string => (isOnPostgres ? `v.${name}` : `json_extract(v.value, '$.${name}')`);
	const source = isOnPostgres ? 'json_to_recordset(?::json) as v(id uuid, outcome text, at timestamptz, cents integer)' : 'json_each(?) as v';
	await knex.raw(
		`update insights set outcome = ${part('outcome')}, outcome_at = ${part('at')}, outcome_cents = ${part('cents')} from ${source}
		where insights.id = ${part('id')} and insights.outcome is null`,
		[rows],
	);
}

/**
 * Writes what became of the actions whose weeks are over, done or not: the record moved on, was won, was lost, or nothing happened. What is
 * learnt (learn.ts) is learnt from this alone. Set-based, in parts; returns how many were settled.
 */
export async function settleOutcomes(knex: Knex, signal?: AbortSignal): Promise<number> {
	const { settings } = await readActionSettings(knex);
	const now = clockNow();
	const until = new Date(now.getTime() - settings.outcomeDays * dayMs);
	let after = '';
	let total = 0;
	for (;;) {
		signal?.throwIfAborted();
		const query = knex('insights')
			.where({ kind: 'next_action' })
			.whereNull('outcome')
			.whereIn('state', ['done', 'refused', 'closed'])
			.where('date_created', '<=', until)
			.where('date_created', '>=', new Date(until.getTime() - 365 * dayMs))
			.orderBy('id')
			.limit(partSize)
			.select('id', 'topic', 'episode_key', 'date_created', 'lead', 'opportunity', 'company', 'ticket', 'invoice', 'task', 'approval');
		if (after) void query.where('id', '>', after);
		const episodes = (await query) as Episode[];
		if (episodes.length === 0) return total;
		const steps = await readSteps(knex, episodes);
		const settled = episodes.flatMap((one): Settled[] => {
			const found = outcomeOf(at(one.date_created), settings.outcomeDays, steps(one), now.getTime());
			return found ? [{ id: one.id, ...found }] : [];
		});
		await write(knex, settled);
		total += settled.length;
		if (episodes.length < partSize) return total;
		after = episodes.at(-1)?.id ?? '';
	}
}
