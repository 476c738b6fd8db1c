import { createHash } from 'node:crypto';

/** A uuid that follows from a name: whoever makes the same thing again, after a crash or in another instance, makes it under the same id. */
export function derivedId(name: string): string {
	const hex = createHash('sha256').update(name).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
