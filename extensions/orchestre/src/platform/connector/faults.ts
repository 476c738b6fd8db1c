import { dayMs } from '../time/paris.ts';
import { OperationalError } from '../errors.ts';
import type { Connector, Fault, Told } from './types.ts';

/** How a service's state is kept in `integrations` after a fault, and what the job hears. `reason`: French, without personal data. */
export type Failure = { state: 'limited' | 'failing'; reason: string; retryable: boolean; retryAfterMs?: number };

const mostMs = 7 * dayMs;

/** `Retry-After` in milliseconds: seconds, or a date; null when it says nothing usable. At most a week. */
export function retryAfterMs(header: string | null, now: Date): number | null {
	if (!header?.trim()) return null;
	const seconds = Number(header);
	const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
	return Number.isFinite(ms) && ms > 0 ? Math.min(ms, mostMs) : null;
}

/** « d’OpenAI », « de Slack ». */
export const ofName = (name: string): string => (/^[aeiouyàâéèêîô]/i.test(name) ? `d’${name}` : `de ${name}`);

/** What a status means unless the service says otherwise. */
function usualFault(status: number): Fault {
	if (status === 429) return 'limited';
	if (status === 401 || status === 403) return 'refused';
	return status >= 500 || status === 408 ? 'down' : 'rejected';
}

type What = { status?: number; retryAfter?: number | null; reason?: string | undefined };

/** What follows from a fault: state, sentence, and whether and when to try again. */
function failureFor({ name }: Connector, fault: Fault, { status, retryAfter = null, reason }: What): Failure {
	const code = status === undefined ? '' : ` (code ${status})`;
	switch (fault) {
		case 'limited':
			return { state: 'limited', reason: reason ?? `Trop de demandes pour ${name}.`, retryable: true, retryAfterMs: retryAfter ?? 60_000 };
		case 'used_up':
			return { state: 'limited', reason: reason ?? `Le forfait ${ofName(name)} est épuisé.`, retryable: false, retryAfterMs: retryAfter ?? dayMs };
		case 'refused':
			return { state: 'failing', reason: reason ?? `La clé d’accès est refusée par ${name}.`, retryable: false };
		case 'down':
			return {
				state: 'failing',
				reason: reason ?? `Erreur ${ofName(name)}${code}.`,
				retryable: true,
				...(retryAfter !== null && { retryAfterMs: retryAfter }),
			};
		case 'rejected':
			return { state: 'failing', reason: reason ?? `Demande refusée par ${name}${code}.`, retryable: false };
		case 'garbage':
			return { state: 'failing', reason: reason ?? `Réponse incompréhensible ${ofName(name)}.`, retryable: true };
	}
}

/** What follows from an answer whose status is no success. */
export const failureOf = (connector: Connector, status: number, retryAfter: number | null): Failure =>
	failureFor(connector, connector.faultOf?.(status) ?? usualFault(status), { status, retryAfter });

/** What follows from what the service says in its own way. */
export const failureTold = (connector: Connector, { fault, reason, retryAfterMs: retryAfter }: Told): Failure =>
	failureFor(connector, fault, { retryAfter: retryAfter ?? null, reason });

export const unreachable = ({ name }: Connector, late: boolean): Failure => ({
	state: 'failing',
	reason: late ? `Pas de réponse à temps ${ofName(name)}.` : `Service injoignable : ${name}.`,
	retryable: true,
});

export const unreadable = (connector: Connector): Failure => failureFor(connector, 'garbage', {});

export const errorOf = ({ reason, retryable, retryAfterMs: rest }: Failure): OperationalError =>
	new OperationalError(reason, { retryable, ...(rest !== undefined && { retryAfterMs: rest }) });
