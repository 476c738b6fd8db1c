/** What moved the monthly recurring revenue of a period. Cents a month. */

export const moves = ['new', 'back', 'expansion', 'contraction', 'churn'] as const;
export type Move = (typeof moves)[number];

/** A client's recurring revenue when the period began and when it ended; `wasClient`: paid some before the period. */
export type Client = { opening: number; closing: number; wasClient: boolean };

/** What a client did in a period, all its subscriptions together: who gives up one module of three has paid less, not left. */
export function moveOf({ opening, closing, wasClient }: Client): Move | null {
	if (opening <= 0) return closing > 0 ? (wasClient ? 'back' : 'new') : null;
	if (closing <= 0) return 'churn';
	return closing === opening ? null : closing > opening ? 'expansion' : 'contraction';
}

/** `cents` is signed: what went is negative. */
export type Movements = { opening: number; closing: number; clientsBefore: number; clientsAfter: number } & Record<Move, { cents: number; clients: number }>;

export const noMovements = (): Movements => ({
	opening: 0,
	closing: 0,
	clientsBefore: 0,
	clientsAfter: 0,
	...(Object.fromEntries(moves.map((move) => [move, { cents: 0, clients: 0 }])) as Record<Move, { cents: number; clients: number }>),
});

export function addMovements(parts: readonly Movements[]): Movements {
	const sum = noMovements();
	for (const part of parts) {
		for (const total of ['opening', 'closing', 'clientsBefore', 'clientsAfter'] as const) sum[total] += part[total];
		for (const move of moves) {
			sum[move].cents += part[move].cents;
			sum[move].clients += part[move].clients;
		}
	}
	return sum;
}

/** Opening and all movements, less the closing: nothing, or the figures are wrong. */
export const gapOf = (movements: Movements): number => movements.opening + moves.reduce((sum, move) => sum + movements[move].cents, 0) - movements.closing;

/** Net and gross revenue retention: what clients of the beginning pay at the end, with and without what they took on. Shares of 1; null without clients. */
export function retentionOf({ opening, expansion, contraction, churn }: Movements): { net: number | null; gross: number | null } {
	if (opening <= 0) return { net: null, gross: null };
	const kept = opening + contraction.cents + churn.cents;
	return { net: (kept + expansion.cents) / opening, gross: kept / opening };
}
