import { now } from '../clock.ts';
import { dateOrNull } from '../columns.ts';
import type { Knex } from '../directus.ts';
import { OperationalError } from '../errors.ts';
import { ofName, type Failure } from './faults.ts';
import type { Access, Connector } from './types.ts';

/** State of a connector as people see it in « Connexions ». Money: cents. */
type Row = {
	id: string;
	state: string;
	enabled: unknown;
	retry_after: unknown;
	calls_today: number | null;
	daily_limit: number | null;
	spent_today_cents: number | null;
	daily_budget_cents: number | null;
	checked_at: unknown;
};

const rowOf = async (knex: Knex, { key }: Connector): Promise<Row | undefined> => (await knex('integrations').where({ key }).first()) as Row | undefined;

/** Days are those of the calls' own count, in UTC: a limit a day is a matter of cost, not of the calendar. */
const isToday = (value: unknown, at: Date): boolean => dateOrNull(value)?.toISOString().slice(0, 10) === at.toISOString().slice(0, 10);

/** Brings the row of a connector into line with what is configured; called at boot. */
export async function noteConfiguration(knex: Knex, connector: Connector, access: Access | null): Promise<void> {
	const row = await rowOf(knex, connector);
	if (!row) return;
	const state = access ? (row.state === 'not_configured' ? 'ready' : row.state) : 'not_configured';
	await knex('integrations')
		.where({ id: row.id })
		.update({ state, base_url: access?.baseUrl ?? null });
}

const later = (message: string, retryAfterMs: number): OperationalError => new OperationalError(message, { retryAfterMs });

/** Refuses, in French, a call that must not be made now: switched off, told to wait, or the day's calls or money used up. */
export async function refuseUnlessOpen(knex: Knex, connector: Connector): Promise<Row | undefined> {
	const { name } = connector;
	const row = await rowOf(knex, connector);
	if (!row) return row;
	const at = now();
	if (!row.enabled) throw new OperationalError(`La connexion est désactivée : ${name}.`, { retryable: false });
	const wait = dateOrNull(row.retry_after);
	if (wait && wait > at) throw later(`En attente, à la demande ${ofName(name)}.`, wait.getTime() - at.getTime());
	if (!isToday(row.checked_at, at)) return row;
	if (row.daily_limit !== null && Number(row.calls_today ?? 0) >= Number(row.daily_limit))
		throw later(`La limite d’appels du jour est atteinte : ${name}.`, 3_600_000);
	if (row.daily_budget_cents !== null && Number(row.spent_today_cents ?? 0) >= Number(row.daily_budget_cents))
		throw later(`La dépense prévue par jour est atteinte : ${name}.`, 3_600_000);
	return row;
}

/** Lets one call through and counts it, or refuses it as `refuseUnlessOpen` does; two at once never share the day's last call. */
export async function admit(knex: Knex, connector: Connector): Promise<void> {
	for (;;) {
		const row = await refuseUnlessOpen(knex, connector);
		if (!row) return;
		const at = now();
		const count = isToday(row.checked_at, at)
			? { calls_today: Number(row.calls_today ?? 0) + 1 }
			: { calls_today: 1, spent_today_cents: 0, spent_today_micros: 0 };
		const mine = knex('integrations').where({ id: row.id, calls_today: row.calls_today });
		if ((await mine.update({ ...count, checked_at: at })) === 1) return;
	}
}

/** A success says nothing about a rest that another call was asked for meanwhile. */
export async function noteSuccess(knex: Knex, { key }: Connector): Promise<void> {
	const at = now();
	const resting = await knex('integrations').where({ key }).where('retry_after', '>', at).update({ last_success_at: at });
	if (resting === 0) await knex('integrations').where({ key }).update({ state: 'ready', last_success_at: at, retry_after: null });
}

export async function noteFailure(knex: Knex, { key }: Connector, { state, reason, retryAfterMs }: Failure): Promise<void> {
	const at = now();
	const change = { last_error: reason, last_error_at: at };
	if (retryAfterMs !== undefined) {
		await knex('integrations')
			.where({ key })
			.update({ ...change, state, retry_after: new Date(at.getTime() + retryAfterMs) });
		return;
	}
	const resting = await knex('integrations').where({ key }).where('retry_after', '>', at).update(change);
	if (resting === 0)
		await knex('integrations')
			.where({ key })
			.update({ ...change, state, retry_after: null });
}

/** Keeps what a person's test came to. */
export async function noteTest(knex: Knex, { key }: Connector, sentence: string): Promise<void> {
	await knex('integrations')
		.where({ key })
		.update({ test_result: sentence.slice(0, 255) });
}

/** Adds what a call cost, in millionths of a euro, for few cost a whole cent; the cents that people see are rounded up. */
export async function addSpending(knex: Knex, { key }: Connector, micros: number): Promise<void> {
	await knex('integrations').where({ key }).increment('spent_today_micros', Math.ceil(micros));
	await knex('integrations')
		.where({ key })
		.update({ spent_today_cents: knex.raw('(coalesce(??, 0) + 9999) / 10000', ['spent_today_micros']) });
}
