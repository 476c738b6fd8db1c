import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '../clock.ts';
import type { Knex } from '../directus.ts';
import { OperationalError } from '../errors.ts';
import { sharedState } from '../shared-state.ts';
import { errorOf, failureOf, retryAfterMs, unreachable, unreadable, type Failure } from './faults.ts';
import { admit, noteFailure, noteSuccess } from './state.ts';
import type { Access, Call, Connector } from './types.ts';

const shared = sharedState('connectors', () => ({ env: {} as Readonly<Record<string, unknown>>, turns: new Map<string, number>() }));

/** Takes the server's environment, where addresses and keys stand; called once at boot. */
export function useConnectorEnv(env: Readonly<Record<string, unknown>>): void {
	shared.env = env;
}

export const accessOf = (connector: Connector): Access | null => connector.access(shared.env);

/** More than any answer that is waited for; a stream without end stops here. */
const mostBytes = 2_000_000;

/** Calls of one instance to one service keep their distance, however many jobs run at once. */
async function waitForTurn({ key, perSecond }: Connector): Promise<void> {
	const at = Date.now();
	const turn = Math.max(at, shared.turns.get(key) ?? 0);
	shared.turns.set(key, turn + 1000 / perSecond);
	if (turn > at) await sleep(turn - at);
}

async function textOf(response: Response): Promise<string> {
	const reader = response.body?.getReader();
	const parts: Uint8Array[] = [];
	let size = 0;
	for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
		size += part.value.byteLength;
		if (size > mostBytes) throw new RangeError('answer too large');
		parts.push(part.value);
	}
	return Buffer.concat(parts).toString('utf8');
}

const isLate = (error: unknown): boolean => ['TimeoutError', 'AbortError'].includes((error as Error | null)?.name ?? '');

type Outcome<T> = { value: T } | { failure: Failure };

async function tryCall<T>(connector: Connector, access: Access, call: Call<T>): Promise<Outcome<T>> {
	const url = new URL(`${access.baseUrl.replace(/\/+$/, '')}${call.path}`);
	for (const [name, value] of Object.entries(call.query ?? {})) if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
	try {
		const response = await fetch(url, {
			headers: { accept: 'application/json', 'user-agent': 'Orchestre (CRM)', ...access.headers },
			// Elsewhere is not where the key was meant for.
			redirect: 'error',
			signal: AbortSignal.timeout(connector.timeoutMs ?? 10_000),
		});
		const text = await textOf(response);
		if (!response.ok && !call.accepts?.includes(response.status))
			return { failure: failureOf(connector, response.status, retryAfterMs(response.headers.get('retry-after'), now())) };
		const parsed = call.answer.safeParse(response.ok ? JSON.parse(text) : null);
		return parsed.success ? { value: parsed.data } : { failure: unreadable(connector) };
	} catch (error) {
		const garbage = error instanceof SyntaxError || error instanceof RangeError;
		return { failure: garbage ? unreadable(connector) : unreachable(connector, isLate(error)) };
	}
}

/**
 * One GET of an outside service, admitted, paced, timed and checked; its state is kept in `integrations`. Statuses in `accepts` come
 * as null to the call's own schema. Throws an OperationalError with a French sentence; its `retryAfterMs` is the service's own wish.
 */
export async function callConnector<T>(knex: Knex, connector: Connector, call: Call<T>): Promise<T> {
	const access = accessOf(connector);
	if (!access) throw new OperationalError(`Non configuré : ${connector.name}.`, { retryable: false });
	await admit(knex, connector);
	await waitForTurn(connector);
	const outcome = await tryCall(connector, access, call);
	if ('failure' in outcome) {
		await noteFailure(knex, connector, outcome.failure);
		throw errorOf(outcome.failure);
	}
	await noteSuccess(knex, connector);
	return outcome.value;
}
