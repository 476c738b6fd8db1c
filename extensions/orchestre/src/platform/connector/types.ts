import type { ZodType } from 'zod';
import type { Knex } from '../directus.ts';

/** Where a service answers and with what secret; null: not configured, so never called. `secret`: for an SDK that wants it by itself. */
export type Access = { baseUrl: string; headers?: Readonly<Record<string, string>>; secret?: string };

/** What an answer that is no success means. `garbage`: not what the service promises. */
export type Fault = 'limited' | 'used_up' | 'refused' | 'down' | 'rejected' | 'garbage';

/** A fault that the service tells in its own way, with what it says of it. `reason`: French, instead of the usual sentence. */
export type Told = { fault: Fault; reason?: string; retryAfterMs?: number };

/** An outside service. All that is particular about it stands in one such object (docs/decisions/108, 115). */
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
	/** What an error of its SDK means, for a service that says more than a status (Slack: 200 and ok: false). Undefined: go by the status. */
	faultIn?: (error: unknown) => Told | undefined;
	/** One call without effect that proves address and key, with a French sentence of what it reached. Throws as any call. */
	test?: (knex: Knex) => Promise<string>;
};

/** What a call is made with. An SDK gets this `fetch`: it keeps the time-out, the size, and the meaning of every answer in one place. */
export type Line = { access: Access; fetch: typeof fetch };

/** One GET. `path` below the base address; null and undefined values of `query` are left out. */
export type Call<T> = { path: string; query?: Readonly<Record<string, string | number | null | undefined>>; answer: ZodType<T>; accepts?: readonly number[] };
