import { createHash } from 'node:crypto';
import { collapse, fold } from '../../platform/text.ts';

/** Slack's own limit for names of channels. */
const longestName = 80;
/** Of a section of text, escaped and with its link; Slack refuses more. */
const longestText = 3_000;
/** Slack's limit for topics. */
const longestTopic = 250;

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

/** Somebody's words escaped, at most `max` characters as they are sent: « & » is five. Never cut within an escape or an emoji. */
function escapedWithin(text: string, max: number): string {
	const whole = escaped(text);
	if (whole.length <= max) return whole;
	let kept = '';
	for (const character of text) {
		const next = escaped(character);
		if (kept.length + next.length > max - 1) break;
		kept += next;
	}
	return `${kept}…`;
}

/** The text of a message as Slack wants it, with a link to the record it is about. */
export function messageText(text: string, link: string | null): string {
	const end = link ? `\n<${link}|Ouvrir dans Orchestre>` : '';
	return escapedWithin(text.trim(), longestText - end.length) + end;
}

/** A channel's topic, at most what Slack takes. */
export const topicText = (topic: string): string => escapedWithin(collapse(topic), longestTopic);
