import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Target } from './types.ts';

/** Whom an opt-out link is about. It names the person and not the run: the link in an old message outlives its sequence. */
export type Linked = { collection: Target; id: string };

const letters: Readonly<Record<string, Target>> = { l: 'leads', p: 'people' };
const letterOf: Readonly<Record<Target, string>> = { leads: 'l', people: 'p' };

/** Cut to 192 bits: far beyond guessing, and the link stays short. */
function signatureOf(text: string, secret: string): Buffer {
	const key = createHmac('sha256', secret).update('orchestre opt-out 1').digest();
	return createHmac('sha256', key).update(text).digest().subarray(0, 24);
}

/** `l0a1b….<signature>`: letters, digits, - and _ only. */
export function signLink({ collection, id }: Linked, secret: string): string {
	const text = `${letterOf[collection]}${id.replaceAll('-', '')}`;
	return `${text}.${signatureOf(text, secret).toString('base64url')}`;
}

/** Whom a token is about; null unless it is one of ours, to the letter. Takes the same time for every wrong signature. */
export function readLink(token: string, secret: string): Linked | null {
	const parts = /^([lp])([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([A-Za-z0-9_-]{32})$/.exec(token);
	if (!parts) return null;
	const [, letter = '', ...groups] = parts;
	const signature = groups.pop() ?? '';
	const given = Buffer.from(signature, 'base64url');
	const wanted = signatureOf(`${letter}${groups.join('')}`, secret);
	const collection = letters[letter];
	if (!collection || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
	return { collection, id: groups.join('-') };
}
