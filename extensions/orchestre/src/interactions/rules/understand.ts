import { createHash } from 'node:crypto';
import { bodyOf } from './body.ts';
import { sentimentOf, type Tone } from './sentiment.ts';
import { summaryOf } from './summary.ts';

/** Where a tone or a summary comes from; `fallback`: the local rules, after OpenAI did not do its part. */
export type Source = 'local' | 'openai' | 'fallback';

/** What of a row matters here. */
export type Interaction = {
	id: string;
	kind: string;
	direction: string;
	content: string | null;
	summary: string | null;
	sentiment: Tone | null;
	sentiment_source: Source | null;
	summary_source: Source | null;
	understood: Understood | null;
};

/** What we wrote last, and on which text: what differs from it now is a person's. */
export type Understood = { of: string; sentiment?: Tone; summary?: string };

/** What is there to be written; the same as before when there is nothing new. */
export type Columns = Pick<Interaction, 'summary' | 'sentiment' | 'sentiment_source' | 'summary_source' | 'understood'>;

/** What was made of a text, by whoever; null: does not apply. */
export type Reading = { sentiment: Tone | null; summary: string | null };

const written = new Set(['email', 'sms', 'chat']);

/** The summary, unless it is our own: then it is no source. */
const ownSummary = ({ summary, understood }: Interaction): string | null => (summary && summary !== understood?.summary ? summary : null);

/** The words to understand: the message, else what a person noted. Null: there are none. */
export function textOf(row: Interaction): string | null {
	const text = row.content?.trim() || ownSummary(row)?.trim();
	return text ? text : null;
}

/** Names a text, so that the same one is read once. */
export const nameOf = (row: Interaction, text: string): string =>
	createHash('sha256').update(`${row.kind} ${row.direction} ${text}`).digest('hex').slice(0, 32);

/** What we write to somebody says nothing of how they feel. */
export const hasTone = ({ kind, direction, content }: Interaction): boolean => !(written.has(kind) && direction === 'outbound' && Boolean(content?.trim()));

/** Notes that a person took are a summary already. */
export const wantsSummary = (row: Interaction): boolean => Boolean(row.content?.trim());

/** Tone and summary by the local rules. */
export const readLocally = (row: Interaction, text: string): Reading => ({
	sentiment: hasTone(row) ? sentimentOf(bodyOf(text)).sentiment : null,
	summary: wantsSummary(row) ? summaryOf(text) : null,
});

/** Ours to fill: empty and never filled, or as we left it. What a person wrote, changed or emptied is theirs. */
const isOurs = (now: string | null, before: string | undefined): boolean => (before === undefined ? !now?.trim() : now === before);

/** The row's columns once `reading` is taken in: a person's own tone and summary stay. */
export function takeIn(row: Interaction, name: string, reading: Reading, source: Source): Columns {
	const { understood } = row;
	const tone = isOurs(row.sentiment, understood?.sentiment) ? reading.sentiment : undefined;
	const summary = isOurs(row.summary, understood?.summary) ? reading.summary : undefined;
	const kept = (now: string | null, before: string | undefined): boolean => before !== undefined && now !== before;
	return {
		sentiment: tone === undefined ? row.sentiment : tone,
		sentiment_source: tone ? source : null,
		summary: summary === undefined ? row.summary : summary,
		summary_source: summary ? source : null,
		understood: {
			of: name,
			// What was ours once and is a person's now stays theirs.
			...(tone ? { sentiment: tone } : kept(row.sentiment, understood?.sentiment) ? { sentiment: understood?.sentiment } : {}),
			...(summary ? { summary } : kept(row.summary, understood?.summary) ? { summary: understood?.summary } : {}),
		} as Understood,
	};
}
