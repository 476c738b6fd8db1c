import { describe, expect, it } from 'vitest';
import { ageOf } from '../kpis/rules/ageing.ts';
import { ageBounds, ageKeys, before } from './filters.ts';

const day = '2026-11-22';
type Bound = { due_date: { _gte?: string; _lt?: string } };

describe('the list behind an age', () => {
	it('holds exactly the invoices that the figure counts, whatever their due date', () => {
		for (let late = -3; late < 100; late++) {
			const due = before(day, late);
			const fits = ageKeys.filter((age) =>
				(ageBounds(age, day) as Bound[]).every(({ due_date: { _gte, _lt } }) => (_gte === undefined || due >= _gte) && (_lt === undefined || due < _lt)),
			);
			expect([late, fits]).toEqual([late, [ageOf(late)]]);
		}
	});
});
