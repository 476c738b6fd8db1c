import type { ZodType } from 'zod';

/** Where a service answers and with what secret; null: not configured, so never called. */
export type Access = { baseUrl: string; headers?: Readonly<Record<string, string>> };

/** What an answer other than 2xx means, where the service has its own habits. */
export type Fault = 'limited' | 'used_up' | 'refused' | 'down' | 'rejected';

/** An outside service. All that is particular about it stands in one such object (docs/decisions/108). */
export type Connector = {
	/** As in `integrations.key`. */
	key: string;
	/** French, as in sentences: `le registre des entreprises`. */
	name: string;
	access: (env: Readonly<Record<string, unknown>>) => Access | null;
	/** Calls a second that it bears, of this instance. */
	perSecond: number;
	/** One call; default 10 000 ms. */
	timeoutMs?: number;
	/** Own meaning of a status; undefined: the usual one. */
	faultOf?: (status: number) => Fault | undefined;
};

/** One call. `path` below the base address; null and undefined values of `query` are left out. */
export type Call<T> = { path: string; query?: Readonly<Record<string, string | number | null | undefined>>; answer: ZodType<T>; accepts?: readonly number[] };
