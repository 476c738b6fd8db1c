import { randomUUID } from 'node:crypto';
import { now } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import type { StoredReasons } from '../../extensions/orchestre/src/actions/rules/types.ts';
import type { Client, Row } from '../../scripts/support/client.ts';
import { ask, type Answer } from '../support/answer.ts';
import type { TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';

export type Action = Row & {
	id: string;
	title: string;
	state: string;
	topic: string;
	recommended_action: string;
	expected_value_cents: number;
	minutes: number;
	priority: number;
	reasons: StoredReasons;
	lead?: { id: string } | null;
	opportunity?: { id: string } | null;
	invoice?: { id: string } | null;
	task?: { id: string } | null;
};
export type Day = {
	person: { id: string; name: string; isMe: boolean };
	day: string;
	isToday: boolean;
	isAway: boolean;
	isReady: boolean;
	actions: Action[];
	answered: Action[];
	team: { id: string; name: string; open: number; done: number; isAway: boolean }[];
};

type Reached = Client & { url: URL };

export const day = (client: Client, user?: string): Promise<Answer<Day>> =>
	ask<Day>(client as Reached, 'GET', `/orchestre/actions${user ? `?user=${user}` : ''}`);
export const answer = (client: Client, id: string, body: Row): Promise<Answer<{ state: string }>> =>
	ask(client as Reached, 'POST', `/orchestre/actions/${id}/answer`, body);

/** What the flow of the morning does: one job for this moment, run at once. */
export async function prepare(directus: TestDirectus): Promise<Record<string, number>> {
	const [id = ''] = await enqueue(directus.database, [{ kind: 'actions.prepare', key: `actions.prepare:test:${now().getTime()}:${randomUUID()}` }]);
	if (tallyOf(await runJobs(await hostOf(directus), { ids: [id] })).reasons.length > 0) throw new Error('the lists could not be prepared');
	const row = (await directus.database('jobs').where({ id }).first('result')) as { result: unknown };
	return (typeof row.result === 'string' ? JSON.parse(row.result) : row.result) as Record<string, number>;
}

/** What the worker does with what the hook has gathered about these rows. */
export async function touch(directus: TestDirectus, collection: string, ids: readonly string[]): Promise<void> {
	const [id = ''] = await enqueue(directus.database, [{ kind: 'actions.touch', key: `actions.touch:test:${randomUUID()}`, payload: { touched: [{ collection, ids: [...ids] }] } }]);
	const tally = tallyOf(await runJobs(await hostOf(directus), { ids: [id] }));
	if (tally.reasons.length > 0) throw new Error(tally.reasons.join(' '));
} // prettier-ignore
