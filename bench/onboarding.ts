import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { call, createClient } from '../scripts/support/client.ts';
import { connect } from '../scripts/support/database.ts';
import { get, must, type Server } from '../scripts/support/server.ts';
import { toDate } from '../extensions/orchestre/src/platform/directus.ts';
import { roleIds } from '../seeds/ids.ts';
import { quantile } from './support/figures.ts';
import { start } from './support/pair.ts';
import type { Environment, Place } from './support/place.ts';
import type { Table } from './support/report.ts';

const deals = 240;
const warmUp = 20;
const firstStage = '35000000-0000-4000-8000-000000000001';
const won = '35000000-0000-4000-8000-000000000006';

type Open = { id: string };

/** Somebody for each part of a plan. */
async function hire(server: Server): Promise<void> {
	const roles = [roleIds.direction, roleIds.manager, roleIds.commercial, roleIds.finance, roleIds.success, roleIds.operations];
	await must(
		server,
		'/users',
		roles.flatMap((role) =>
			['junior', 'confirmed', 'senior'].map((seniority) => ({ first_name: 'Banc', last_name: seniority, status: 'active', role, seniority })),
		),
	);
}

/** Deals of new companies, in turn standard, tech, premium, and both. */
async function open(server: Server): Promise<Open[]> {
	for (let part = 0; part < deals / 40; part++) {
		const rows = Array.from({ length: 40 }, (_, index) => ({
			name: `Affaire ${part * 40 + index}`,
			stage: firstStage,
			close_date: '2030-01-15',
			next_step: 'Appeler',
			amount_cents: index % 4 < 2 ? 1_200_000 : 9_000_000,
			company: { name: `Banc ${randomUUID()}`, industry: index % 2 === 0 ? 'retail' : 'tech' },
			contacts: [{ person: { last_name: 'Banc', email: `banc.${randomUUID()}@example.com` }, is_primary: true }],
		}));
		await must(server, '/items/opportunities?fields=id', rows);
	}
	return get<Open[]>(server, '/items/opportunities?limit=-1&fields=id&sort=name');
}

/** Wins one deal, and waits for its plan. Answers when it was asked for, in ms. */
async function win(server: Server, id: string): Promise<number> {
	const asked = Date.now();
	await call(createClient(server.url, server.token), 'PATCH', `/items/opportunities/${id}`, { stage: won });
	for (let turn = 0; turn < 400; turn++) {
		if ((await get<Open[]>(server, `/items/projects?filter[opportunity][_eq]=${id}&fields=id`)).length > 0) return asked;
		await pause(25);
	}
	throw new Error(`Ten seconds, and no plan for deal ${id}.`);
}

/** When each plan was complete, in ms: project, milestones, dependencies, tasks and the jobs of its branches commit with the end of this job. */
async function completed(environment: Environment): Promise<Map<string, number>> {
	const database = connect(environment);
	try {
		const rows = (await database('jobs').where({ kind: 'onboarding.start', state: 'done' }).select('item', 'ended_at')) as {
			item: string;
			ended_at: Date | number | string;
		}[];
		return new Map(rows.map(({ item, ended_at }) => [item, toDate(ended_at).getTime()]));
	} finally {
		await database.destroy();
	}
}

/** From the call that wins a deal to its complete plan, one deal after the other, with the flow, the branches and the announcement beside it. */
export async function onboarding(place: Place): Promise<Table> {
	const environment = await place.provision('onboarding');
	const server = await start(environment);
	const asked = new Map<string, number>();
	try {
		await hire(server);
		for (const { id } of await open(server)) asked.set(id, await win(server, id));
	} finally {
		await server.stop();
	}
	const ends = await completed(environment);
	const times = [...asked].slice(warmUp).flatMap(([id, at]) => {
		const end = ends.get(id);
		return end === undefined ? [] : [end - at];
	});
	if (times.length < deals - warmUp) throw new Error(`${deals - warmUp - times.length} deals have no plan.`);
	return {
		name: 'onboarding',
		note: 'one won deal to its complete plan; aim: p95 ≤ 300 ms',
		rows: [{ deals: times.length, 'p50 ms': quantile(times, 0.5), 'p95 ms': quantile(times, 0.95), 'max ms': Math.max(...times) }],
	};
}
