import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMovements, gapOf, moveOf, noMovements, retentionOf, type Client, type Movements } from './movements.ts';

const client = (opening: number, closing: number, wasClient = opening > 0): Client => ({ opening, closing, wasClient });

const told = (clients: readonly Client[]): Movements =>
	addMovements(
		clients.map((one) => {
			const move = moveOf(one);
			const movements = { ...noMovements(), opening: one.opening, closing: one.closing };
			if (move) movements[move] = { cents: one.closing - one.opening, clients: 1 };
			return movements;
		}),
	);

describe('movements of recurring revenue', () => {
	it('names what a client did', () =>
		expect([client(0, 50), client(0, 50, true), client(50, 80), client(80, 50), client(80, 0), client(80, 80), client(0, 0)].map(moveOf)).toEqual([
			'new',
			'back',
			'expansion',
			'contraction',
			'churn',
			null,
			null,
		]));

	it('foot whatever clients do: opening and movements make the closing', () => {
		const some = fc.record({ opening: fc.nat(1_000_000), closing: fc.nat(1_000_000), wasClient: fc.boolean() });
		fc.assert(fc.property(fc.array(some), (clients) => gapOf(told(clients)) === 0));
	});

	it('show a gap when a movement is missing', () => expect(gapOf({ ...told([client(50, 80)]), closing: 90 })).toBe(-10));

	it('keep net and gross retention apart, and new clients out of both', () => {
		const { net, gross } = retentionOf(told([client(100, 150), client(100, 60), client(100, 0), client(100, 100), client(0, 500)]));
		expect(net).toBeCloseTo(310 / 400);
		expect(gross).toBeCloseTo(260 / 400);
	});

	it('say nothing of retention without clients', () => expect(retentionOf(told([client(0, 500)]))).toEqual({ net: null, gross: null }));
});
