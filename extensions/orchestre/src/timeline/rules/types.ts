/** The records whose form shows a timeline. */
export const subjects = ['leads', 'companies', 'people', 'opportunities'] as const;
export type Subject = (typeof subjects)[number];
export const isSubject = (name: unknown): name is Subject => subjects.some((subject) => subject === name);

/** What a reader can keep or leave out, in the order of the filter. */
export const kinds = ['interaction', 'task', 'meeting', 'deal', 'quote', 'invoice', 'ticket', 'document'] as const;
export type Kind = (typeof kinds)[number];

/** Values of one row as Directus hands them out: links to one row are objects. */
export type Row = { id: string; [field: string]: unknown };

/**
 * Something that happened, or is to happen. `source` says what of the row it tells (a lead is received, and converted); `at` is
 * an ISO moment, or a plain day (YYYY-MM-DD) where only the day is known.
 */
export type TimelineEvent = { key: string; source: string; kind: Kind; collection: string; at: string; row: Row };

/** Where a page ends: the instant of its last event in ms, and how many events of each source at that very instant have been told. */
export type Cursor = { t: number; n: Record<string, number> };

/** What a new exchange or task on this form is about. */
export type About = { lead?: string; company?: string; person?: string; opportunity?: string };

/** One page, newest first. `next` asks for what came before; null at the beginning of the story. `kinds`: what this reader may see at all. */
export type TimelinePage = { events: TimelineEvent[]; next: string | null; kinds: Kind[] };
