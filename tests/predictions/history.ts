import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { DealHistory } from '../../extensions/orchestre/src/predictions/rules/deals.ts';
import type { LeadHistory } from '../../extensions/orchestre/src/predictions/rules/leads.ts';
import { chunks } from '../../extensions/orchestre/src/platform/directus.ts';

type Row = Record<string, unknown>;

/** The shipped criterion « Recommandé par quelqu’un », on the source. */
export const referral = '5c000000-0000-4000-8000-000000000104';

async function insert(database: Knex, table: string, rows: readonly Row[]): Promise<void> {
	for (const part of chunks(rows, 50)) await database(table).insert(part);
}

const date = (at: number): Date => new Date(at);

/** Writes made-up leads as rows of history, past the hooks: they were here before. Those without an end stay open. */
export async function writeLeads(database: Knex, histories: readonly LeadHistory[]): Promise<string[]> {
	const rows = histories.map((history) => {
		const [score] = history.scores;
		const id = randomUUID();
		const last = history.statuses.at(-1);
		const isClosed = last?.to === 'converted' || last?.to === 'lost';
		const points = score?.met['source']?.points ?? 0;
		const fit = score?.fit ?? 0;
		const engagement = score?.engagement ?? 0;
		const reason = (rule: string, name: string, side: string, own: number): Row => ({ rule, name, side, points: own, fact: null, at: null });
		const reasons = JSON.stringify([
			...(points ? [reason(referral, 'Recommandé par quelqu’un', 'fit', points)] : []),
			reason('other', 'Autres critères', 'fit', fit - points),
			reason('interest', 'Autres signes', 'engagement', engagement),
		]);
		const scored = { points: fit + engagement, fit_points: fit, engagement_points: engagement, grade: score?.grade ?? 'D4', reasons };
		const changes = history.statuses
			.slice(1)
			.map(({ at, to }, index) => ({ id: randomUUID(), lead: id, at: date(at), to_status: to, from_status: history.statuses[index]?.to ?? null }));
		return {
			lead: {
				id,
				display_name: history.id,
				last_name: history.id,
				status: last?.to ?? 'new',
				treated_status: last?.to ?? 'new',
				status_since: date(last?.at ?? history.created),
				closed_at: isClosed ? date(last.at) : null,
				date_created: date(history.created),
				...scored,
			},
			score: { id: randomUUID(), lead: id, at: date(history.created), cause: 'created', ...scored },
			changes,
		};
	});
	await insert(
		database,
		'leads',
		rows.map(({ lead }) => lead),
	);
	await insert(
		database,
		'lead_scores',
		rows.map(({ score }) => score),
	);
	await insert(
		database,
		'lead_status_changes',
		rows.flatMap(({ changes }) => changes),
	);
	return rows.map(({ lead }) => lead.id);
}

/** Writes made-up deals of one company; `openOnly`: as they stood before they were closed. People that were met are real ones. */
export async function writeDeals(database: Knex, histories: readonly DealHistory[], { openOnly = false } = {}): Promise<string[]> {
	const stages = (await database('stages').orderBy('sort').select('id', 'is_won', 'is_lost', 'probability')) as {
		id: string;
		is_won: unknown;
		is_lost: unknown;
		probability: number;
	}[];
	const open = stages.filter((stage) => !stage.is_won && !stage.is_lost);
	const stageOf = (entry: DealHistory['entries'][number]): string =>
		(entry.position === null ? stages.find((stage) => Boolean(entry.isWon ? stage.is_won : stage.is_lost)) : open[entry.position - 1])?.id ?? '';
	const company = randomUUID();
	await database('companies').insert({ id: company, name: `Cliente ${company.slice(0, 8)}`, name_key: company });
	const people = Array.from({ length: 3 }, (_, index) => ({ id: randomUUID(), last_name: `Interlocuteur ${index}`, company }));
	await insert(database, 'people', people);
	const rows = histories.map((history) => {
		const entries = openOnly ? history.entries.filter(({ position }) => position !== null).slice(0, 2) : history.entries;
		const id = randomUUID();
		const last = entries.at(-1) as DealHistory['entries'][number];
		const stage = stageOf(last);
		const deal = {
			id,
			name: history.id,
			company,
			stage,
			treated_stage: stage,
			kind: history.kind,
			source: history.source,
			amount_cents: last.amount,
			close_date: new Date(last.closeDate ?? 0),
			probability: stages.find((one) => one.id === stage)?.probability ?? null,
			probability_source: 'stage',
			stage_since: date(last.at),
			closed_at: last.position === null ? date(last.at) : null,
			date_created: date(history.created),
		};
		const changes = entries.map((entry, index) => ({
			id: randomUUID(),
			opportunity: id,
			at: date(entry.at),
			from_stage: index === 0 ? null : stageOf(entries[index - 1] as typeof entry),
			to_stage: stageOf(entry),
			amount_cents: entry.amount,
			probability: entry.probability,
			close_date: new Date(entry.closeDate ?? 0),
		}));
		const contacts = history.contacts.map(({ at }, index) => ({
			id: randomUUID(),
			subject: 'Appel',
			kind: 'call',
			direction: 'outbound',
			outcome: 'reached',
			at: date(at),
			date_created: date(at),
			opportunity: id,
			person: people[index]?.id,
		}));
		return { deal, changes, contacts };
	});
	await insert(
		database,
		'opportunities',
		rows.map(({ deal }) => deal),
	);
	await insert(
		database,
		'stage_changes',
		rows.flatMap(({ changes }) => changes),
	);
	await insert(
		database,
		'interactions',
		rows.flatMap(({ contacts }) => contacts),
	);
	return rows.map(({ deal }) => deal.id);
}

/** Takes every lead and deal away, with their history and models. */
export async function forgetAll(database: Knex): Promise<void> {
	for (const table of ['interactions', 'stage_changes', 'opportunities', 'lead_status_changes', 'lead_scores', 'leads', 'models'])
		await database(table).delete();
	await database('jobs').whereLike('key', 'predictions.train:%').delete();
}
