import { expect, it } from 'vitest';
import { announcedNow } from './announced.ts';

const of = (assignee: string | null, ...values: number[]) => values.map((valueCents) => ({ key: `${assignee}-${valueCents}`, assignee, valueCents }));

it('announces the most valuable of each owner, as many as there is room for', () => {
	const fresh = [...of('lea', 1, 7, 3, 5, 2, 6, 4), ...of('marc', 9, 8), ...of(null, 1)];
	const values = (open: [string | null, number][]): number[][] => {
		const found = announcedNow(fresh, new Map(open));
		return ['lea', 'marc', null].map((owner) => found.filter(({ assignee }) => assignee === owner).map(({ valueCents }) => valueCents));
	};
	expect(values([])).toEqual([[7, 6, 5, 4, 3], [9, 8], [1]]);
	expect(values([['lea', 3], ['marc', 5], [null, 7]])).toEqual([[7, 6], [], []]);
}); // prettier-ignore
