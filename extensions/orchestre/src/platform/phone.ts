/** Calling codes of one digit and of two; all others have three (ITU-T E.164). */
const shortCodes = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;
const french = '+33';

/** Groups of three, the last of two to four: `470 123 456`, `207 946 0018`. */
function grouped(digits: string): string {
	const groups: string[] = [];
	let rest = digits;
	for (; rest.length > 4; rest = rest.slice(3)) groups.push(rest.slice(0, 3));
	return [...groups, rest].join(' ');
}

/**
 * A stored number (E.164) as people read it: French ones in pairs (`06 12 34 56 78`), others after their calling code. What is no number is
 * shown as it is. The plans of all countries are a quarter of what a browser would load, so they stay on the server, which checks numbers.
 */
export function formatPhone(stored: string): string {
	if (!/^\+[1-9]\d{5,14}$/.test(stored)) return stored;
	if (/^\+33[1-9]\d{8}$/.test(stored)) return `0${stored.slice(3)}`.replaceAll(/\d\d(?=\d)/g, '$& ');
	const digits = stored.slice(1);
	const code = shortCodes.exec(digits)?.[0] ?? digits.slice(0, 3);
	return `+${code} ${grouped(digits.slice(code.length))}`;
}

/** Address that calls a stored number, or null when it is none. */
export const telLink = (stored: string): string | null => (/^\+\d{5,15}$/.test(stored) ? `tel:${stored}` : null);

/**
 * What a form sends for a typed number. A French number is shown without its code, so its correction is French, too, whatever country
 * the row has; everything else the product reads by that country.
 */
export function phoneToSend(typed: string, stored: string | null): string | null {
	const text = typed.trim();
	if (!text) return null;
	const digits = text.replaceAll(/[\s.\-()\u00a0]/g, '');
	return stored?.startsWith(french) && /^0[1-9]\d{8}$/.test(digits) ? french + digits.slice(1) : text;
}
