import { describe, expect, it } from 'vitest';
import { readEvent } from './event.ts';

const now = new Date('2026-03-03T09:00:00Z');
const company = '0a0a0a0a-0000-4000-8000-00000000000a';
const good = { event_id: 'e-1', company, name: 'session', at: '2026-03-02T10:00:00Z' };
const codeOf = (over: object): string | null => {
	const read = readEvent({ ...good, ...over }, now);
	return 'fault' in read ? read.fault.code : null;
};

describe('an event', () => {
	it('is read with its quantity in thousandths', () => {
		expect(readEvent({ ...good, quantity: 2.5, actor: 'u-12', properties: { code: 1, message: 'ok' } }, now)).toEqual({
			value: {
				event_id: 'e-1',
				company,
				company_external_id: null,
				subscription: null,
				name: 'session',
				quantity: 2500,
				at: new Date('2026-03-02T10:00:00Z'),
				actor: 'u-12',
				properties: { code: 1, message: 'ok' },
			},
		});
	});

	it.each([
		['no object', null, 'INVALID_EVENT'],
		['a list', [], 'INVALID_EVENT'],
	])('is refused when it is %s', (_what, raw, code) => {
		expect(readEvent(raw, now)).toMatchObject({ fault: { code } });
	});

	it.each([
		[{ event_id: '' }, 'INVALID_ID'],
		[{ event_id: 12 }, 'INVALID_ID'],
		[{ event_id: 'x'.repeat(256) }, 'INVALID_ID'],
		[{ event_id: 'a\u0000b' }, 'INVALID_ID'],
		[{ event_id: 'a\ud800' }, 'INVALID_ID'],
		[{ name: 'x'.repeat(65) }, 'INVALID_NAME'],
		[{ actor: 'lea@example.com' }, 'INVALID_ACTOR'],
		[{ actor: 'Léa Martin' }, 'INVALID_ACTOR'],
		[{ actor: '0612345678' }, 'INVALID_ACTOR'],
		[{ actor: '06.12.34.56.78' }, 'INVALID_ACTOR'],
		[{ actor: '+33612345678' }, 'INVALID_ACTOR'],
		[{ actor: '0033612345678' }, 'INVALID_ACTOR'],
		[{ actor: '1029384756' }, null],
		[{ quantity: 0 }, 'INVALID_QUANTITY'],
		[{ quantity: -1 }, 'INVALID_QUANTITY'],
		[{ quantity: '3' }, 'INVALID_QUANTITY'],
		[{ quantity: 2_147_484 }, 'INVALID_QUANTITY'],
		[{ at: '2026-03-02' }, 'INVALID_DATE'],
		[{ at: '2026-02-30T10:00:00Z' }, 'INVALID_DATE'],
		[{ at: 1_772_000_000 }, 'INVALID_DATE'],
		[{ at: '2026-03-03T09:06:00Z' }, 'DATE_IN_FUTURE'],
		[{ at: '2024-03-02T09:00:00Z' }, 'DATE_TOO_OLD'],
		[{ properties: [] }, 'INVALID_PROPERTIES'],
		[{ properties: { a: '\u0000' } }, 'INVALID_PROPERTIES'],
		[{ properties: { a: '\udc00' } }, 'INVALID_PROPERTIES'],
		[{ properties: { a: 'é'.repeat(2100) } }, 'PROPERTIES_TOO_LARGE'],
		[{ company: undefined }, 'MISSING_COMPANY'],
		[{ company: 'client-12' }, 'UNKNOWN_COMPANY'],
		[{ company: undefined, company_external_id: '' }, 'UNKNOWN_COMPANY'],
		[{ subscription: 'x' }, 'UNKNOWN_SUBSCRIPTION'],
		[{ qty: 2 }, 'UNKNOWN_FIELD'],
	])('is refused for %j', (over, code) => {
		expect(codeOf(over)).toBe(code);
	});

	it.each([
		{ at: '2026-03-03T09:04:59Z' },
		{ at: '2026-03-02T11:00:00+01:00' },
		{ quantity: 0.001 },
		{ quantity: 2_147_483.647 },
		{ quantity: null },
		{ company: undefined, company_external_id: 'C-12' },
	])('is good with %j', (over) => {
		expect(codeOf(over)).toBeNull();
	});
});
