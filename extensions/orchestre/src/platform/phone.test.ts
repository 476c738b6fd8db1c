import metadata from 'libphonenumber-js/metadata.min.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { formatPhone, phoneToSend, telLink } from './phone.ts';

describe('a phone number', () => {
	it.each([
		['+33612345678', '06 12 34 56 78'],
		['+33199001234', '01 99 00 12 34'],
		['+32470123456', '+32 470 12 34 56'],
		['+442079460018', '+44 20 7946 0018'],
		['+262262123456', '+262 262 12 34 56'],
		['+81312345678', '+81312345678'],
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

/** Europe, French overseas, the Maghreb, West Africa, North America and Israel. */
const called = [
	'FR BE LU MC CH DE AT IT SM ES AD PT GB IE NL DK SE NO FI IS PL CZ SK HU RO BG GR CY MT HR SI EE LV LT',
	'RE GP MQ GF YT NC PF PM MA DZ TN SN CI CM US CA IL TR',
]
	.join(' ')
	.split(' ');

describe('the plans that browsers load', () => {
	it('are those of the library, for the countries that a French company calls (after an upgrade: vitest --update)', async () => {
		const kept = (codes: string[]): string[] => codes.filter((code) => called.includes(code));
		const codes = Object.entries(metadata.country_calling_codes).flatMap(([code, of]) => (kept(of).length > 0 ? [[code, kept(of)]] : []));
		const plans = {
			version: metadata.version,
			country_calling_codes: Object.fromEntries(codes),
			countries: Object.fromEntries(Object.entries(metadata.countries).filter(([country]) => called.includes(country))),
			nonGeographic: {},
		};
		await expect(`${JSON.stringify(plans)}\n`).toMatchFileSnapshot('./phone-countries.json');
	});
});
