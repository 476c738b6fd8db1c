import { now } from '../platform/clock.ts';
import { OperationalError } from '../platform/errors.ts';
import { isoOf, toParis } from '../platform/time/paris.ts';
import { compose } from './compose.ts';
import { carryOut } from './reading/pool.ts';
import type { Input } from './reading/protocol.ts';
import { refusedReading } from './reading/read-bytes.ts';
import type { Times } from './reading/worker.ts';
import type { ConfidenceFit, DocumentClass, DocumentRead, Meaning, OwnCompany, Page, Refusal } from './types.ts';

export { endReading, readingProcesses } from './reading/pool.ts';

/** `fit`: coefficients of the company's own corrections; `times`: other limits than the usual ones, in ms. */
export type ReadOptions = { signal?: AbortSignal; fit?: ConfidenceFit; times?: Partial<Times> };

/**
 * Reads a file and says what it is, all in a process of its own: words or e-invoice XML, class, fields, lines, VAT rows and checks.
 * `input` is a path, or bytes with a name. A file that cannot be read is a `refusal` in the answer, not an error; thrown are operational errors
 * (the file is gone, packages are missing, the queue is full) and `signal`'s reason.
 */
export async function readDocument(input: Input, own: OwnCompany, { signal, fit, times = {} }: ReadOptions = {}): Promise<DocumentRead> {
	const circumstances = { own, fit: fit ?? null, today: isoOf(toParis(now()).day) };
	const outcome = await carryOut({ kind: 'document', input, ...circumstances }, times, signal);
	if ('message' in outcome) throw new OperationalError(outcome.message);
	return 'refusal' in outcome ? compose(refusedReading(outcome.refusal), circumstances) : outcome.result;
}

/** What pages that were read before say as a paper of this class, in the same process apart; a refusal where they are too much for it. */
export async function readAs(as: DocumentClass, pages: Page[], own: OwnCompany, fit: ConfidenceFit | null): Promise<Meaning | Refusal> {
	const outcome = await carryOut({ kind: 'meaning', pages, as, own, fit, today: isoOf(toParis(now()).day) }, {});
	if ('message' in outcome) throw new OperationalError(outcome.message);
	return 'refusal' in outcome ? outcome.refusal : outcome.result;
}
