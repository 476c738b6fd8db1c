import { readChoice } from '../../../approvals/people.ts';
import { raiseAlerts } from '../../../platform/alerts.ts';
import { now as clockNow } from '../../../platform/clock.ts';
import { chunks, type Knex } from '../../../platform/directus.ts';
import { tell, type Notice } from '../../../platform/notices.ts';
import { isoOf, toParis } from '../../../platform/time/paris.ts';
import { writeTrail } from '../../../platform/trail.ts';
import { episodeKey, isHeldOut } from '../rules/episode.ts';
import type { RetentionSettings } from '../settings.ts';
import { readEndangered, type Endangered } from './clients.ts';
import { readDiaries } from './diaries.ts';
import { alertFor, approvalRow, checkInRow, insightRow, taskRows, whyOf } from './rows.ts';

export type Opened = { episodes: number; heldOut: number; tasks: number; approvals: number; checkIns: number };

type NewRow = Record<string, unknown> & { id: string };

/** Inserts rows that name their occasion, once, with their trail; answers those that are new. */
async function insertOnce<T extends NewRow>(trx: Knex, table: string, occasion: string, rows: readonly T[]): Promise<T[]> {
	const fresh: T[] = [];
	for (const part of chunks(rows, 50)) {
		const written = (await trx(table).insert(part).onConflict(occasion).ignore().returning('id')) as { id: string }[];
		const ids = new Set(written.map(({ id }) => id));
		const own = part.filter(({ id }) => ids.has(id));
		await writeTrail(
			trx,
			{},
			own.map((data) => ({ action: 'create', collection: table, item: data.id, data })),
		);
		fresh.push(...own);
	}
	return fresh;
}

const noticesOf = (clients: readonly Endangered[], approvals: readonly NewRow[]): Notice[] => [
	...clients.flatMap((client) =>
		client.owner
			? [{ recipients: [client.owner], subject: `Risque de départ : ${client.name} (${client.index} sur 100)`, message: whyOf(client), collection: 'companies', item: client.id }]
			: [],
	),
	...approvals.flatMap(({ id, approver, title, reason }) =>
		typeof approver === 'string' ? [{ recipients: [approver], subject: `À décider : ${String(title)}`, message: String(reason), collection: 'validation', item: id }] : [],
	),
]; // prettier-ignore

/**
 * Opens an episode for every client above the threshold that is in none: once each, whatever runs how often. What is held out is only
 * recorded; the others get an alert, the tasks of the plan, an incentive to be agreed to and a check-in, all in this transaction.
 */
export async function openEpisodes(trx: Knex, settings: RetentionSettings): Promise<Opened> {
	const now = clockNow();
	const clients = await readEndangered(trx, settings, now);
	const done: Opened = { episodes: 0, heldOut: 0, tasks: 0, approvals: 0, checkIns: 0 };
	if (clients.length === 0) return done;
	const day = isoOf(toParis(now).day);
	const champion = (await trx('models').where({ target: 'churn', status: 'champion' }).first('id')) as { id: string } | undefined;
	const insights = await insertOnce(
		trx,
		'insights',
		'episode_key',
		clients.map((client) => {
			const key = episodeKey(client.id, day);
			return insightRow(client, key, isHeldOut(key, settings.holdOutRate), client.probability === null ? null : (champion?.id ?? null), settings, now);
		}),
	);
	const treated = new Set(insights.filter(({ hold_out }) => hold_out !== true).map(({ company }) => company));
	const mine = clients.filter(({ id }) => treated.has(id)).map((client) => ({ client, key: episodeKey(client.id, day) }));
	const diaries = await readDiaries(trx, [...new Set(mine.flatMap(({ client }) => client.owner ?? []))], now);
	const choose = await readChoice(trx);

	await raiseAlerts(
		trx,
		mine.map(({ client, key }) => alertFor(client, key)),
	);
	const tasks = await insertOnce(
		trx,
		'tasks',
		'origin_key',
		mine.flatMap(({ client, key }) => taskRows(client, key, settings, now)),
	);
	const approvals = await insertOnce(
		trx,
		'validation',
		'request_key',
		mine.flatMap(({ client, key }) => approvalRow(client, key, choose, settings, now) ?? []),
	);
	const checkIns = await insertOnce(
		trx,
		'planning',
		'origin_key',
		mine.flatMap(({ client, key }) => checkInRow(client, key, diaries.get(client.owner ?? ''), settings, now) ?? []),
	);
	await tell(
		trx,
		noticesOf(
			mine.map(({ client }) => client),
			approvals,
		),
	);
	return {
		episodes: insights.length,
		heldOut: insights.length - treated.size,
		tasks: tasks.length,
		approvals: approvals.length,
		checkIns: checkIns.length,
	};
}
