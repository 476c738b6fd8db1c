import { setTimeout as sleep } from 'node:timers/promises';
import { ZodError } from 'zod';
import type { Knex } from '../directus.ts';
import { kindOf, OperationalError, UnexpectedError } from '../errors.ts';
import { sharedState } from '../shared-state.ts';
import { errorOf, failureTold, unreadable, type Failure } from './faults.ts';
import { openLine } from './line.ts';
import { admit, noteFailure, noteSuccess, refuseUnlessOpen } from './state.ts';
import type { Access, Connector, Line } from './types.ts';

const shared = sharedState('connectors', () => ({ env: {} as Readonly<Record<string, unknown>>, turns: new Map<string, number>() }));

/** Takes the server's environment, where addresses and keys stand; called once at boot. */
export function useConnectorEnv(env: Readonly<Record<string, unknown>>): void {
	shared.env = env;
}

/** An entry of the environment without the spaces around it; empty when it is not set. */
export const textIn = (env: Readonly<Record<string, unknown>>, name: string): string => String(env[name] ?? '').trim();

export const accessOf = (connector: Connector): Access | null => connector.access(shared.env);

/** The sentence for whoever asks for something that nobody set up. */
export const notConfigured = ({ name }: Connector): string => `Non configuré : ${name}.`;

/** Calls of one instance to one service keep their distance, however many jobs run at once. */
async function waitForTurn({ key, perSecond }: Connector): Promise<void> {
	const at = Date.now();
	const turn = Math.max(at, shared.turns.get(key) ?? 0);
	shared.turns.set(key, turn + 1000 / perSecond);
	if (turn > at) await sleep(turn - at);
}

/** Whoever reads the log learns where it broke, not what the service or the row said. */
function unexpected({ key }: Connector, error: unknown): UnexpectedError {
	const hidden = new UnexpectedError(`connector ${key}: ${error instanceof Error ? error.name : typeof error}`);
	if (error instanceof Error && error.stack) hidden.stack = error.stack;
	return hidden;
}

/** What the service is to be blamed for; null: nothing, the work itself refused or broke. */
function failureIn(connector: Connector, error: unknown, failed: Failure | null): Failure | null {
	const told = connector.faultIn?.(error);
	if (told) return failureTold(connector, told);
	if (kindOf(error) !== 'unexpected') return null;
	return failed ?? (error instanceof SyntaxError || error instanceof ZodError ? unreadable(connector) : null);
}

/**
 * One call of an outside service, an SDK's or our own, admitted, paced, timed; its state is kept in `integrations`. `work` makes one
 * request with the line's `fetch` and checks the answer's shape (zod); an SDK's own retries must be off. An OperationalError or UserError
 * that `work` throws is about the request: it passes, and the service counts as well. Throws an OperationalError with a French sentence
 * otherwise; its `retryAfterMs` is the service's own wish.
 */
export async function throughConnector<T>(knex: Knex, connector: Connector, work: (line: Line) => Promise<T>): Promise<T> {
	const access = accessOf(connector);
	if (!access) throw new OperationalError(notConfigured(connector), { retryable: false });
	await refuseUnlessOpen(knex, connector);
	await waitForTurn(connector);
	await admit(knex, connector);
	const line = openLine(connector, access);
	try {
		const value = await work(line);
		await noteSuccess(knex, connector);
		return value;
	} catch (error) {
		const failure = failureIn(connector, error, line.failed());
		if (failure) {
			await noteFailure(knex, connector, failure);
			throw errorOf(failure);
		}
		if (kindOf(error) === 'unexpected') throw unexpected(connector, error);
		await noteSuccess(knex, connector);
		throw error;
	}
}
