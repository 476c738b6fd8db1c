import { OperationalError } from '../../platform/errors.ts';
import type { Reading, Refusal } from '../types.ts';
import type { Draw, Drawing } from './picture/draw.ts';
import { carryOut } from './pool.ts';
import type { Input } from './protocol.ts';
import { refusedReading } from './read-bytes.ts';
import type { Times } from './worker.ts';

export { endReading, readingProcesses } from './pool.ts';
export { textOfPages } from './read-bytes.ts';
export type { Draw, Drawing } from './picture/draw.ts';
export type { Input } from './protocol.ts';

export type ReadingOptions = { signal?: AbortSignal; times?: Partial<Times> };

/**
 * The words of a file with where they stand (or its XML, vCard or plain text as it is), read in a process of its own with limits of memory
 * and time. `input` is a path, or bytes with a name. A bad file is a `refusal`, never an error; thrown are operational errors (the file is
 * gone, packages are missing, the queue is full) and `signal`'s reason.
 */
export async function readFile(input: Input, { signal, times = {} }: ReadingOptions = {}): Promise<Reading> {
	const outcome = await carryOut({ kind: 'read', input }, times, signal);
	if ('message' in outcome) throw new OperationalError(outcome.message);
	return 'refusal' in outcome ? refusedReading(outcome.refusal) : outcome.result;
}

/**
 * A page (from 1) of a PDF or picture as WebP, about `width` pixels wide, for people to look at. With the page's own `turned` it lies as it
 * was read: the boxes of its words are shares of this very picture.
 */
export async function drawPage(input: Input, draw: Draw, { signal, times = {} }: ReadingOptions = {}): Promise<Drawing | Refusal> {
	const outcome = await carryOut({ kind: 'draw', input, draw }, times, signal);
	if ('message' in outcome) throw new OperationalError(outcome.message);
	return 'refusal' in outcome ? outcome.refusal : outcome.result;
}
