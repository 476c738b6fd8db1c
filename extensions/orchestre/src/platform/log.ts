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
