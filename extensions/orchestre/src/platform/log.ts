import type { Host } from './directus.ts';

export type Logger = Host['logger'];

/** Only these go into log lines: ids, kinds and durations; never names, addresses or contents of a row. */
export type LogFields = {
	job?: string;
	kind?: string;
	flow?: string;
	collection?: string;
	item?: string;
	state?: string;
	attempt?: number;
	ms?: number;
	count?: number;
	reference?: string;
	err?: unknown;
};

/** Directus's pino with the room on every line. */
export const roomLogger = (logger: Logger, room: string, fields: LogFields = {}): Logger => logger.child({ room, ...fields });

/**
 * An error for the log. Database drivers put the statement with its values in front of the message, and the row into
 * `detail`: names and addresses that do not belong there. What is left says what went wrong and where.
 */
export function forLog(error: unknown): { type: string; message: string; code: string | undefined; stack: string } {
	if (!(error instanceof Error)) return { type: typeof error, message: 'something else than an error was thrown', code: undefined, stack: '' };
	const code = 'code' in error ? String(error.code) : undefined;
	const message = code ? (error.message.split(' - ').at(-1) ?? '') : error.message;
	const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return { type: error.name, message: message.slice(0, 500), code, stack: stack.join('\n') };
}

/**
 * Takes the values out of a database error, in place, for what Directus will log itself. Its code stays: Directus retries
 * deadlocks by it. Anything else is left as it is.
 */
export function withoutValues(error: unknown): unknown {
	if (!(error instanceof Error) || !('code' in error) || !error.message.includes(' - ')) return error;
	const { message, stack } = forLog(error);
	error.message = message;
	error.stack = `${error.name}: ${message}\n${stack}`;
	if ('detail' in error) error.detail = undefined;
	return error;
}
