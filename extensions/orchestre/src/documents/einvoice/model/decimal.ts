/** An amount, rate or quantity as an integer of hundred-millionths: sums of money never meet a float. */
export type Decimal = bigint;

const places = 8;
const one = 10n ** BigInt(places);
const cent = one / 100n;

/** `-12.50` as XML writes it (no groups, a point, no exponent); more than eight decimals are cut. Null when it is no number. */
export function toDecimal(text: string | null): Decimal | null {
	const parts = /^\s*([+-]?)(\d{0,18})(?:\.(\d*))?\s*$/.exec(text ?? '');
	if (!parts) return null;
	const [, sign, whole = '', fraction = ''] = parts;
	if (whole === '' && fraction === '') return null;
	const value = BigInt(whole || '0') * one + BigInt(fraction.slice(0, places).padEnd(places, '0'));
	return sign === '-' ? -value : value;
}

export const zero: Decimal = 0n;
export const fromWhole = (number: number): Decimal => BigInt(number) * one;
export const ofCents = (cents: number): Decimal => BigInt(cents) * cent;

const absolute = (value: Decimal): Decimal => (value < 0n ? -value : value);
export const distance = (left: Decimal, right: Decimal): Decimal => absolute(left - right);
export const times = (left: Decimal, right: Decimal): Decimal => (left * right) / one;
export const over = (left: Decimal, right: Decimal): Decimal => (left * one) / right;
export const percentOf = (base: Decimal, rate: Decimal): Decimal => times(base, rate) / 100n;

/** As an integer in parts of one (100 for cents, 1000 for thousandths), half away from zero. */
export function inParts(value: Decimal, parts: number): number {
	const scaled = absolute(value) * BigInt(parts);
	const rounded = Number((scaled + one / 2n) / one);
	return value < 0n ? 0 - rounded : rounded;
}

/** Rounded to cents, half away from zero. */
export const toCents = (value: Decimal): Decimal => ofCents(inParts(value, 100));

/** Whether two amounts are the same when both are looked at in cents; half a cent may be rounded either way. */
export const sameCents = (left: Decimal, right: Decimal): boolean => distance(left, right) * 2n <= cent;

/** `12.5` for a formatter: all decimals that are there, at least none. */
export function plain(value: Decimal): `${number}` {
	const digits = absolute(value)
		.toString()
		.padStart(places + 1, '0');
	const fraction = digits.slice(-places).replace(/0+$/, '');
	return `${value < 0n ? '-' : ''}${digits.slice(0, -places)}${fraction ? `.${fraction}` : ''}` as `${number}`;
}
