import { randomUUID } from 'node:crypto';
import { now as clockNow } from './clock.ts';
import { chunks, orchestreUserId, type Knex } from './directus.ts';
import { writeTrail } from './trail.ts';

/** A row of `alerts` to be raised. `key` names kind, subject and episode; one subject at most. Money in cents. */
export type NewAlert = {
	key: string;
	kind: string;
	severity: 'critical' | 'warning' | 'info';
	title: string;
	reason: string;
	action: string | null;
	valueCents?: number | null;
	assignee: string | null;
	team: string | null;
	subject: Readonly<Record<string, string>>;
};

export const openAlertStates = ['open', 'snoozed'] as const;

/** Raises alerts that were not raised before, with their trail, in a few statements. Returns the keys of the new ones. */
export async function raiseAlerts(trx: Knex, alerts: readonly NewAlert[]): Promise<Set<string>> {
	const raised = new Set<string>();
	for (const part of chunks(alerts)) {
		const rows = part.map((alert) => ({
			id: randomUUID(),
			title: alert.title.slice(0, 255),
			state: 'open',
			severity: alert.severity,
			kind: alert.kind,
			assignee: alert.assignee,
			team: alert.team,
			value_cents: alert.valueCents ?? null,
			reason: alert.reason,
			recommended_action: alert.action,
			...alert.subject,
			dedupe_key: alert.key,
			date_created: clockNow(),
			user_created: orchestreUserId,
		}));
		const written = (await trx('alerts').insert(rows).onConflict('dedupe_key').ignore().returning('id')) as { id: string }[];
		const ids = new Set(written.map(({ id }) => id));
		const fresh = rows.filter(({ id }) => ids.has(id));
		for (const { dedupe_key } of fresh) raised.add(dedupe_key);
		await writeTrail(
			trx,
			{},
			fresh.map((data) => ({ action: 'create', collection: 'alerts', item: data.id, data })),
		);
	}
	return raised;
}

/** Closes the open alerts of these kinds about these rows, and says why. Returns how many. */
export async function closeAlerts(trx: Knex, kinds: readonly string[], subject: string, items: readonly string[], outcome: string): Promise<number> {
	let closed = 0;
	for (const part of chunks(items, 500)) {
		const ids = (await trx('alerts')
			.whereIn(subject, part)
			.whereIn('kind', [...kinds])
			.whereIn('state', [...openAlertStates])
			.pluck('id')) as string[];
		if (ids.length === 0) continue;
		const change = { state: 'done', done_at: clockNow(), done_by: null, snoozed_until: null, outcome, date_updated: clockNow(), user_updated: orchestreUserId };
		await trx('alerts').whereIn('id', ids).update(change);
		await writeTrail(
			trx,
			{},
			ids.map((item) => ({ action: 'update', collection: 'alerts', item, data: change })),
		);
		closed += ids.length;
	}
	return closed;
}

/** Alerts that were put off come back when their time has come. */
export const wakeAlerts = (trx: Knex): Promise<number> =>
	trx('alerts')
		.where({ state: 'snoozed' })
		.where('snoozed_until', '<=', clockNow())
		.update({ state: 'open', snoozed_until: null }) as unknown as Promise<number>;
