import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { share, type Piece } from './share.ts';

const piece = (id: string, ...belongsTo: string[]): Piece => ({ id, belongsTo });
const two = [
	{ user: 'a', load: 0 },
	{ user: 'b', load: 0 },
];

describe('sharing out in a team', () => {
	it('keeps together what belongs to one client, through several steps and when the client itself stays', () => {
		const pieces = [
			piece('companies:1'),
			piece('opportunities:1', 'companies:1'),
			piece('tasks:1', 'opportunities:1'),
			piece('quotes:8', 'companies:9'),
			piece('tickets:8', 'companies:9'),
		];
		expect([...share(pieces, two)]).toEqual([
			['companies:1', 'a'],
			['opportunities:1', 'a'],
			['tasks:1', 'a'],
			['quotes:8', 'b'],
			['tickets:8', 'b'],
		]);
	});

	it('begins with who has least', () => {
		const takers = [
			{ user: 'a', load: 5 },
			{ user: 'b', load: 3 },
		];
		expect([...share([piece('x:1'), piece('x:2'), piece('x:3')], takers).values()]).toEqual(['b', 'b', 'a']);
	});

	it('gives every piece to a member, the same each time, even when rows point at each other', () => {
		const ids = fc.integer({ min: 0, max: 12 }).map((n) => `x:${n}`);
		const some = fc.uniqueArray(fc.record({ id: ids, belongsTo: fc.array(ids, { maxLength: 2 }) }), { selector: ({ id }) => id, maxLength: 13 });
		fc.assert(
			fc.property(some, (pieces) => {
				const shared = share(pieces, two);
				expect([...shared.keys()].toSorted()).toEqual(pieces.map(({ id }) => id).toSorted());
				expect(share(pieces, two)).toEqual(shared);
				expect([...shared.values()].every((user) => user === 'a' || user === 'b')).toBe(true);
			}),
		);
	});

	it('gives nothing when nobody is there', () => expect(share([piece('x:1')], []).size).toBe(0));
});
