import { UserError } from '../../../platform/errors.ts';

/**
 * How many lines a panel's option `lines` asks for, `usual` without it. Not called `limit`: that word in an address is Directus's own, which refuses
 * in English what is no number.
 */
export function linesOf({ lines }: Readonly<Record<string, string>>, usual: number, most: number): number {
	if (lines === undefined) return usual;
	const asked = Number(lines);
	if (!Number.isInteger(asked) || asked < 1) throw new UserError(`L’option « lines » n’est pas valable : elle attend un nombre entier de 1 à ${most}.`);
	return Math.min(most, asked);
}
