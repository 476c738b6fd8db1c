import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '../../scripts/support/database.ts';
import { must, startServer, type Server } from '../../scripts/support/server.ts';
import type { Burst } from './burst.ts';
import { median } from './figures.ts';
import { login, type Environment, type Place } from './place.ts';

/** Two servers on two copies of one database: Directus alone, and Directus with the bundle. */
export type Pair = { plain: Server; treated: Server; plainEnvironment: Environment; treatedEnvironment: Environment; stop: () => Promise<void> };

export const withoutBundle = { EXTENSIONS_PATH: './scripts/support/no-extensions', EXTENSIONS_MUST_LOAD: 'false' };

const freePort = (): Promise<number> =>
	new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});

export const start = async (environment: Environment): Promise<Server> => startServer(await freePort(), environment, login);

const people = Array.from({ length: 12 }, (_, index) => ({
	first_name: 'Vente',
	last_name: String(index),
	status: 'active',
	takes_leads: true,
	lead_capacity: 1000,
	languages: ['fr'],
}));

/** Twelve sales people, who can take twelve thousand leads. */
export async function hire(server: Server): Promise<void> {
	await must(server, '/users', people);
}

/** Without the bundle the flows would run into operations that are not there: work that a plain insert does not do. */
export async function stopFlows(environment: Environment): Promise<void> {
	const database = connect(environment);
	await database('directus_flows').update({ status: 'inactive' });
	await database.destroy();
}

/** `more`: what the environment of each side has besides. */
export async function startPair(place: Place, name: string, more: { plain: Environment; treated: Environment } = { plain: {}, treated: {} }): Promise<Pair> {
	const treatedEnvironment = await place.provision(`${name}_treated`);
	const plainEnvironment = await place.copy(treatedEnvironment, `${name}_plain`);
	await stopFlows(plainEnvironment);
	const plain = await start({ ...plainEnvironment, ...withoutBundle, ...more.plain });
	const treated = await start({ ...treatedEnvironment, ...more.treated });
	await hire(plain);
	await hire(treated);
	return {
		plain,
		treated,
		plainEnvironment,
		treatedEnvironment,
		stop: async () => {
			await Promise.all([plain.stop(), treated.stop()]);
		},
	};
}

/** Processor time that a server has used so far, in milliseconds: all of its threads, and of the system for it. */
export function processorTime({ pid }: Server): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}

/**
 * Waits until a server has nothing more to do: what it gathers and works out after the last answer would slow down the other one's turn. `atLeast`:
 * how long what follows may keep still before it begins, in ms.
 */
export async function settle(server: Server, atLeast: number): Promise<void> {
	await pause(atLeast);
	for (let still = 0; still < 3;) {
		const before = processorTime(server);
		await pause(200);
		still = processorTime(server) - before <= 20 ? still + 1 : 0;
	}
}

/** The two sides of a comparison, round by round; who goes first alternates, so that a slow moment of the machine hits both. */
export async function inTurns<T>(rounds: number, first: () => Promise<T>, second: () => Promise<T>): Promise<[T, T][]> {
	const pairs: [T, T][] = [];
	for (let round = 0; round < rounds; round++) {
		if (round % 2 === 0) pairs.push([await first(), await second()]);
		else {
			const later = await second();
			pairs.push([await first(), later]);
		}
	}
	return pairs;
}

/** One burst out of several: the medians of their figures, the sum of their failures. */
export const middle = (bursts: readonly Burst[]): Burst => ({
	perSecond: median(bursts.map((one) => one.perSecond)),
	p50: median(bursts.map((one) => one.p50)),
	p95: median(bursts.map((one) => one.p95)),
	failures: bursts.reduce((sum, one) => sum + one.failures, 0),
});
