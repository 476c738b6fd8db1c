import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { chunks } from '../../extensions/orchestre/src/platform/directus.ts';
import { dayMs, isoOf, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import type { ClientHistory } from '../../extensions/orchestre/src/predictions/rules/churn.ts';

type Row = Record<string, unknown>;

export async function insert(database: Knex, table: string, rows: readonly Row[]): Promise<void> {
	for (const part of chunks(rows, 50)) await database(table).insert(part);
}

/** A day as Directus keeps it: local midnight. */
export const dateOf = (at: number): Date => new Date(`${isoOf(toParis(new Date(at)).day)}T00:00:00`);

/** Writes made-up clients as rows, past the hooks: companies, subscriptions with their changes, and the usage of the month before each look. */
export async function writeClients(database: Knex, histories: readonly ClientHistory[], mrr = 50_000): Promise<string[]> {
	const ids = histories.map(() => randomUUID());
	const tables: Record<'companies' | 'subscriptions' | 'subscription_changes' | 'usage_events', Row[]> = {
		companies: [],
		subscriptions: [],
		subscription_changes: [],
		usage_events: [],
	};
	histories.forEach(({ id: name, spells, looks }, index) => {
		const company = ids[index] as string;
		tables.companies.push({ id: company, name, name_key: company, is_client: true });
		for (const { start, gone } of spells) {
			const id = randomUUID();
			const change = { subscription: id, company };
			tables.subscriptions.push({
				id,
				name,
				company,
				status: gone === null ? 'active' : 'cancelled',
				started_on: dateOf(start),
				cancelled_on: gone === null ? null : dateOf(gone),
				ends_on: gone === null ? null : dateOf(gone + 30 * dayMs),
				mrr_cents: mrr,
				period: 'month',
				currency: 'EUR',
				billing_timing: 'advance',
			});
			const steps = [
				{ ...change, id: randomUUID(), kind: 'new', changed_on: dateOf(start), recorded_at: new Date(start), mrr_before_cents: 0, mrr_after_cents: mrr },
			];
			const end = gone === null ? [] : [{ ...change, id: randomUUID(), kind: 'cancellation', changed_on: dateOf(gone), recorded_at: new Date(gone), mrr_before_cents: mrr, mrr_after_cents: mrr }]; // prettier-ignore
			tables.subscription_changes.push(...steps, ...end);
		}
		for (const [at, { facts }] of looks)
			for (let event = 0; event < facts.usage; event++)
				tables.usage_events.push({
					id: randomUUID(),
					event_id: randomUUID(),
					company,
					name: 'session',
					quantity: 1000,
					at: new Date(at - (1.1 + event) * dayMs),
					actor: `u${event % 3}`,
				});
	});
	for (const [table, rows] of Object.entries(tables)) await insert(database, table, rows);
	return ids;
}

/** Usage of a client: `events` in the days before `until`, one a day. */
export const writeUsage = (database: Knex, company: string, until: number, events: number): Promise<void> =>
	insert(
		database,
		'usage_events',
		Array.from({ length: events }, (_, index) => ({
			id: randomUUID(),
			event_id: randomUUID(),
			company,
			name: 'session',
			quantity: 1000,
			at: new Date(until - (index + 0.5) * dayMs),
			actor: 'u',
		})),
	);

/** An invoice of a client that fell due so many days ago and was not paid. */
export const writeOverdue = (database: Knex, company: string, now: number, days: number): Promise<void> =>
	insert(database, 'invoices', [
		{
			id: randomUUID(),
			status: 'sent',
			direction: 'sale',
			type: 'invoice',
			company,
			issue_date: dateOf(now - (days + 30) * dayMs),
			due_date: dateOf(now - days * dayMs),
			net_cents: 100_000,
			vat_cents: 20_000,
			gross_cents: 120_000,
			currency: 'EUR',
		},
	]);

/** Removes what these tests wrote. */
export async function forgetClients(database: Knex): Promise<void> {
	const tables = ['directus_notifications', 'alerts', 'tasks', 'validation', 'planning', 'insights', 'health_history', 'usage_events', 'survey_answers', 'tickets', 'interactions', 'invoices', 'milestones', 'projects', 'subscription_changes', 'subscriptions', 'contracts', 'companies', 'models', 'absences']; // prettier-ignore
	// A credit note keeps the invoice that it corrects.
	await database('invoices').whereNotNull('corrects').delete();
	for (const table of tables) await database(table).delete();
}
