import type { ConfidenceFit, DocumentClass, DocumentRead, Meaning, OwnCompany, Page, Reading, Refusal } from '../types.ts';
import type { Draw, Drawing } from './picture/draw.ts';

/** A file to read: where it lies, or its bytes with its name. */
export type Input = string | { bytes: Uint8Array; name: string };

/** What a child is asked for: to read, to read and understand, to draw a page, or what words that were read before mean as a paper of a class. */
export type Order =
	| { kind: 'read'; input: Input }
	| { kind: 'document'; input: Input; own: OwnCompany; fit: ConfidenceFit | null; today: string }
	| { kind: 'draw'; input: Input; draw: Draw }
	| { kind: 'meaning'; pages: Page[]; as: DocumentClass; own: OwnCompany; fit: ConfidenceFit | null; today: string };

export type Result = { read: Reading; document: DocumentRead; draw: Drawing | Refusal; meaning: Meaning | Refusal };

export type FromChild =
	| { kind: 'ready' }
	/** It is about to work on a page: the time for one begins anew. */
	| { kind: 'step'; page: number }
	/** `spent`: something went wrong inside that may have left traces, or too much memory is kept: end it. */
	| { kind: 'done'; result: Result[keyof Result]; spent: boolean }
	/** The file cannot be opened at all (it is gone): a French sentence. */
	| { kind: 'failed'; message: string };
