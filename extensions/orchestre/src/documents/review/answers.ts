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
	decided: { by: string | null; at: string | null; records: FiledRecord[] } | null;
};

/** What the screen sends to have the checks run again on what a person has typed. */
export type CheckOrder = { class: DocumentClass; fields: Record<string, string | number | null>; lines: DocumentLine[]; vat: VatRow[] };
export type Checked = { checks: Check[] };

/** What a decision came to, and which document waits next. */
export type Decided = { status: 'filed' | 'rejected'; records: FiledRecord[]; next: string | null; remaining: number };

/** How good the readings that counted as sure were, by the reviews of the company. */
export type Precision = { sure: number; right: number };
