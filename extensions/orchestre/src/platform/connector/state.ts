import { now } from '../clock.ts';
import { dateOrNull } from '../columns.ts';
import type { Knex } from '../directus.ts';
import { OperationalError } from '../errors.ts';
import type { Failure } from './faults.ts';
import type { Access, Connector } from './types.ts';

/** State of a connector as people see it in « Connexions ». */
type Row = {
	id: string;
	state: string;
	enabled: unknown;
	retry_after: unknown;
	calls_today: number | null;
	daily_limit: number | null;
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

/** Refuses, in French, a call that must not be made now: switched off, told to wait, or the day's calls used up. Counts it otherwise. */
export async function admit(knex: Knex, connector: Connector): Promise<void> {
	const row = await rowOf(knex, connector);
	if (!row) return;
	const at = now();
	if (!row.enabled) throw new OperationalError(`La connexion est désactivée : ${connector.name}.`, { retryable: false });
	const wait = dateOrNull(row.retry_after);
	if (wait && wait > at) throw new OperationalError(`En attente, à la demande de ${connector.name}.`, { retryAfterMs: wait.getTime() - at.getTime() });
	const calls = isToday(row.checked_at, at) ? Number(row.calls_today ?? 0) : 0;
	if (row.daily_limit !== null && calls >= Number(row.daily_limit))
		throw new OperationalError(`La limite d’appels du jour est atteinte : ${connector.name}.`, { retryAfterMs: 3_600_000 });
	await knex('integrations')
		.where({ id: row.id })
		.update({ calls_today: calls + 1, checked_at: at });
}

export async function noteSuccess(knex: Knex, { key }: Connector): Promise<void> {
	await knex('integrations').where({ key }).update({ state: 'ready', last_success_at: now(), retry_after: null });
}

export async function noteFailure(knex: Knex, { key }: Connector, { state, reason, retryAfterMs }: Failure): Promise<void> {
	const at = now();
	await knex('integrations')
		.where({ key })
		.update({ state, last_error: reason, last_error_at: at, retry_after: retryAfterMs === undefined ? null : new Date(at.getTime() + retryAfterMs) });
}
