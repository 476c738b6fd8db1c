import { OperationalError } from '../errors.ts';
import type { Connector, Fault } from './types.ts';

/** How a service's state is kept in `integrations` after a fault, and what the job hears. `reason`: French, without personal data. */
export type Failure = { state: 'limited' | 'failing'; reason: string; retryable: boolean; retryAfterMs?: number };

const dayMs = 86_400_000;
const mostMs = 7 * dayMs;

/** `Retry-After` in milliseconds: seconds, or a date; null when it says nothing usable. At most a week. */
export function retryAfterMs(header: string | null, now: Date): number | null {
	if (!header?.trim()) return null;
	const seconds = Number(header);
	const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
	return Number.isFinite(ms) && ms > 0 ? Math.min(ms, mostMs) : null;
}

/** What a status means unless the service says otherwise. */
function usualFault(status: number): Fault {
	if (status === 429) return 'limited';
	if (status === 401 || status === 403) return 'refused';
	return status >= 500 || status === 408 ? 'down' : 'rejected';
}

/** What follows from an answer that is no success. */
export function failureOf({ name, faultOf }: Connector, status: number, retryAfter: number | null): Failure {
	switch (faultOf?.(status) ?? usualFault(status)) {
		case 'limited':
			return { state: 'limited', reason: `Trop de demandes pour ${name}.`, retryable: true, retryAfterMs: retryAfter ?? 60_000 };
		case 'used_up':
			return { state: 'limited', reason: `Le forfait de ${name} est épuisé.`, retryable: false, retryAfterMs: retryAfter ?? dayMs };
		case 'refused':
			return { state: 'failing', reason: `La clé d’accès est refusée par ${name}.`, retryable: false };
		case 'down':
			return { state: 'failing', reason: `Erreur de ${name} (code ${status}).`, retryable: true, ...(retryAfter !== null && { retryAfterMs: retryAfter }) };
		case 'rejected':
			return { state: 'failing', reason: `Demande refusée par ${name} (code ${status}).`, retryable: false };
	}
}

export const unreachable = ({ name }: Connector, late: boolean): Failure => ({
	state: 'failing',
	reason: late ? `Pas de réponse à temps de ${name}.` : `Service injoignable : ${name}.`,
	retryable: true,
});

export const unreadable = ({ name }: Connector): Failure => ({ state: 'failing', reason: `Réponse incompréhensible de ${name}.`, retryable: true });

export const errorOf = ({ reason, retryable, retryAfterMs: rest }: Failure): OperationalError =>
	new OperationalError(reason, { retryable, ...(rest !== undefined && { retryAfterMs: rest }) });
