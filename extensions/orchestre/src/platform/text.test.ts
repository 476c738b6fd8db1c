import { expect, it } from 'vitest';
import { plainLine } from './text.ts';

it('a name from outside is one line that reads as it is written', () => {
	expect(plainLine('Facture\u202efdp.exe')).toBe('Facturefdp.exe');
	expect(plainLine('\u200f\u2067note\u2069\r\nde \u00a0frais\u0000\u200b')).toBe('note de frais');
	expect(plainLine('Devis n° 12 – été’26 👩‍🔧')).toBe('Devis n° 12 – été’26 👩‍🔧');
});
