/** A number is no formula, even with its sign. */
const isNumber = /^-\d+(?:[.,]\d+)?$/;

/** What a spreadsheet would run gets an apostrophe in front, and stays what it says; an import takes it away again. */
export const defuse = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !isNumber.test(text) ? `'${text}` : text);

/** Every text within a row, nested rows included. Other values stay as they are; what was given is not changed. */
export function defuseAll(value: unknown): unknown {
	if (typeof value === 'string') return defuse(value);
	if (Array.isArray(value)) return value.map(defuseAll);
	if (typeof value !== 'object' || value === null) return value;
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, defuseAll(one)]));
}
