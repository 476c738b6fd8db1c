import { expect, it } from 'vitest';
import { itemsOf, minuteSlot } from './trigger.ts';

it.each([
	['a create', { event: 'leads.items.create', payload: {}, key: 'a' }, ['a']],
	['a create with a number as key', { key: 7 }, ['7']],
	['an update of several', { event: 'leads.items.update', keys: ['a', 'b'] }, ['a', 'b']],
	['a selection', { body: { collection: 'leads', keys: ['a'] } }, ['a']],
	['a button without selection', { body: { collection: 'leads', keys: [] } }, null],
	['a schedule', null, null],
	['nothing', undefined, null],
])('finds the rows of %s', (_name, trigger, items) => expect(itemsOf(trigger)).toEqual(items));

it('names a scheduled run by its minute', () => expect(minuteSlot(new Date('2026-01-05T09:03:59.999Z'))).toBe('2026-01-05T09:03'));
