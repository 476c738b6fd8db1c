import { describe, expect, it } from 'vitest';
import { formatPhone, phoneToSend, telLink } from './phone.ts';

describe('a phone number', () => {
	it.each([
		['+33612345678', '06 12 34 56 78'],
		['+33199001234', '01 99 00 12 34'],
		['+32470123456', '+32 470 123 456'],
		['+442079460018', '+44 207 946 0018'],
		['+262262123456', '+262 262 123 456'],
		['+12125550123', '+1 212 555 0123'],
		['+35226123456', '+352 261 234 56'],
		['+81312345678', '+81 312 345 678'],
		['+33612', '+33612'],
		['poste 12', 'poste 12'],
		['0612345678', '0612345678'],
		['', ''],
	])('%s is read as %s', (stored, text) => expect(formatPhone(stored).replaceAll('\u00a0', ' ')).toBe(text));

	it('is called by its whole number, and by nothing else', () => {
		expect(telLink('+33612345678')).toBe('tel:+33612345678');
		for (const other of ['0612345678', '', 'javascript:alert(1)', '+33612345678;ext=1']) expect(telLink(other)).toBeNull();
	});
	it('is sent as typed, but for the correction of a French one, which stays French', () => {
		expect(phoneToSend(' 0470 12 34 56 ', '+32470123450')).toBe('0470 12 34 56');
		expect(phoneToSend('06 12 34 56 79', '+33612345678')).toBe('+33612345679');
		expect(phoneToSend('06 12', '+33612345678')).toBe('06 12');
		expect(phoneToSend('+32 470 12 34 56', '+33612345678')).toBe('+32 470 12 34 56');
		expect(phoneToSend('  ', '+33612345678')).toBeNull();
		expect(phoneToSend('06 12 34 56 78', null)).toBe('06 12 34 56 78');
	});
});
