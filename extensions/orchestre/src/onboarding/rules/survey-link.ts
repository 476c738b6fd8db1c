import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Cut to 192 bits: far beyond guessing, and the link stays short. */
function signatureOf(text: string, secret: string): Buffer {
	const key = createHmac('sha256', secret).update('orchestre survey 1').digest();
	return createHmac('sha256', key).update(text).digest().subarray(0, 24);
}

/** The token of a survey's link: its id and our signature. The same each time, so that a message that is sent again has the same link. */
export const surveyToken = (id: string, secret: string): string => {
	const text = id.replaceAll('-', '');
	return `${text}.${signatureOf(text, secret).toString('base64url')}`;
};

/** What the database keeps of a token. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether a token is one of ours, to the letter. Takes the same time for every wrong signature. */
export function isOurToken(token: string, secret: string): boolean {
	const parts = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{32})$/.exec(token);
	const given = Buffer.from(parts?.[2] ?? '', 'base64url');
	const wanted = signatureOf(parts?.[1] ?? '', secret);
	return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** An id that follows from a text: the same occasion has the same row, whoever comes first. */
export function idFrom(text: string): string {
	const hash = createHash('sha256').update(text).digest('hex');
	return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
