import { createHash } from 'node:crypto';
import { collapse, fold, shorten } from '../../platform/text.ts';

/** Slack's own limit for names of channels. */
const longestName = 80;
/** Of a section of text, which Slack refuses beyond 3,000. */
const longestText = 2_800;

/** A name that Slack takes for a channel: lower-case letters, digits and hyphens, at most 80; '' when nothing is left. */
export const channelName = (name: string): string =>
	fold(name)
		.replaceAll(/[^a-z0-9_]+/g, '-')
		.slice(0, longestName)
		.replaceAll(/^-+|-+$/g, '');

const shortHash = (text: string, length: number): string => createHash('sha256').update(text).digest('hex').slice(0, length);

/** The names to try for a channel: its own, and one of this work alone for when the first belongs to a channel that nobody can join. */
export function namesFor(name: string, key: string): [string, string] | null {
	const first = channelName(name);
	return first ? [first, `${first.slice(0, longestName - 7)}-${shortHash(key, 6)}`] : null;
}

/** Mark of a message, the same in every attempt: by it a message that went out is found again. */
export const markOf = (key: string): string => `orchestre-${shortHash(key, 32)}`;

/** Somebody's words, without effect in Slack: no mention of everybody, no link under another name. */
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The text of a message as Slack wants it, with a link to the record it is about. */
export function messageText(text: string, link: string | null): string {
	const words = escaped(shorten(text.trim(), longestText / 2));
	return link ? `${words}\n<${link}|Ouvrir dans Orchestre>` : words;
}

/** A channel's topic, at most what Slack takes. */
export const topicText = (topic: string): string => escaped(shorten(collapse(topic), 200));
