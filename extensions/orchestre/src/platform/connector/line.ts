import { now } from '../clock.ts';
import { failureOf, retryAfterMs, unreachable, unreadable, type Failure } from './faults.ts';
import type { Access, Connector, Line } from './types.ts';

/** More than any answer that is waited for; a stream without end stops here. */
const mostBytes = 2_000_000;

async function bytesOf(response: Response): Promise<Uint8Array<ArrayBuffer>> {
	const reader = response.body?.getReader();
	const parts: Uint8Array[] = [];
	let size = 0;
	for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
		size += part.value.byteLength;
		if (size > mostBytes) throw new RangeError('answer too large');
		parts.push(part.value);
	}
	return new Uint8Array(Buffer.concat(parts));
}

const isLate = (error: unknown): boolean => ['TimeoutError', 'AbortError'].includes((error as Error | null)?.name ?? '');

const bodyless = new Set([101, 204, 205, 304]);

/**
 * A `fetch` for one call, an SDK's or our own: gives up in the connector's time (its body included), takes at most 2 MB, follows no
 * redirection, for elsewhere is not where the key was meant for. `failed()`: what the last answer came to, null while all is well.
 */
export function openLine(connector: Connector, access: Access): Line & { failed: () => Failure | null } {
	let failure: Failure | null = null;
	const guarded: typeof fetch = async (input, init = {}) => {
		const timeout = AbortSignal.timeout(connector.timeoutMs ?? 10_000);
		const signal = init.signal ? AbortSignal.any([timeout, init.signal]) : timeout;
		try {
			const response = await fetch(input, { ...init, redirect: 'error', signal });
			const { status, statusText, headers, ok } = response;
			const bytes = await bytesOf(response);
			failure = ok ? null : failureOf(connector, status, retryAfterMs(headers.get('retry-after'), now()));
			return new Response(bodyless.has(status) ? null : bytes, { status, statusText, headers });
		} catch (error) {
			failure = error instanceof RangeError ? unreadable(connector) : unreachable(connector, isLate(error));
			throw error;
		}
	};
	return { access, fetch: guarded, failed: () => failure };
}
