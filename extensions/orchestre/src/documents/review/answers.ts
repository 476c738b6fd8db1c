import type { Check, DocumentClass, DocumentLine, DocumentRead, FiledRecord, VatRow } from '../types.ts';

/** What the endpoints of the review answer; shared with the screen. */

export type QueueEntry = {
	id: string;
	title: string;
	class: DocumentClass;
	/** Whose paper it is: the supplier, the shop, the person of a card. */
	about: string | null;
	/** Hundredths of `currency`. */
	amount: number | null;
	currency: string | null;
	/** Fields to look at; null when the file could not be read. */
	doubts: number | null;
	receivedAt: string | null;
	isMine: boolean;
};

/** `remaining` counts all that wait and that the caller may decide; `documents` are the first of them, their own before the others'. */
export type Queue = { remaining: number; documents: QueueEntry[] };

export type ReadPart = Pick<
	DocumentRead,
	'class' | 'classConfidence' | 'classes' | 'fields' | 'lines' | 'vat' | 'checks' | 'notes' | 'refusal' | 'method' | 'einvoice' | 'pageCount'
>;

/** What was read, as a paper of one class; `threshold` is that class's own. */
export type AsClass = Pick<ReadPart, 'class' | 'fields' | 'lines' | 'vat' | 'checks'> & { threshold: number };

export type OpenDocument = {
	id: string;
	title: string;
	status: 'received' | 'reading' | 'to_review' | 'filed' | 'rejected';
	/** Names this state of the document: a decision on another one is refused. */
	version: string;
	/** From this probability on a field counts as sure. */
	threshold: number;
	canDecide: boolean;
	/** Null when there is none, or when it is out of the reader's reach (`isFileHidden`). */
	file: { id: string; name: string; type: string | null; version: string; canDownload: boolean } | null;
	isFileHidden: boolean;
	read: ReadPart | null;
	readingError: string | null;
	/** Why it waits, or what was done: sentences, one a line. */
	note: string | null;
	/** What was sent to OpenAI, when, and at what cost; null when nothing left the company. */
	aiNote: string | null;
	/** The document with the same content that came first. */
	duplicateOf: { id: string; title: string } | null;
	decided: { by: string | null; at: string | null; records: FiledRecord[] } | null;
};

/** What the screen sends to have the checks run again on what a person has typed. */
export type CheckOrder = { class: DocumentClass; fields: Record<string, string | number | null>; lines: DocumentLine[]; vat: VatRow[] };
export type Checked = { checks: Check[] };

/** What a decision came to, in records and in sentences (one a line), and which document waits next. */
export type Decided = { status: 'filed' | 'rejected'; records: FiledRecord[]; note: string | null; next: string | null; remaining: number };

/** Somebody who may be handed a document. */
export type Recipient = { id: string; name: string; title: string | null };
/** To whom a document went, and which one waits next for whoever passed it on. */
export type PassedOn = { to: string; next: string | null };

/** How good the readings that counted as sure were, by the reviews of the company. */
export type Precision = { sure: number; right: number };
