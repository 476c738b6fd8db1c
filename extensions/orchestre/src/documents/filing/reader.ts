import { availableParallelism } from 'node:os';
import { sharedState } from '../../platform/shared-state.ts';
import { readDocument } from '../read.ts';
import type { ConfidenceFit, DocumentRead, OwnCompany } from '../types.ts';
import { Gate } from './gate.ts';

/** Reads a file on this disk; throws nothing for bad files. `fit`: what the company's own reviews taught. */
export type Reader = (
	path: string,
	own: OwnCompany,
	options: { filename: string; signal: AbortSignal; fit?: ConfidenceFit | undefined },
) => Promise<DocumentRead>;

/** One core stays free for people: fifty uploads at once are read one after the other. */
const shared = sharedState('documents.reader', () => ({ reader: null as Reader | null, gate: new Gate(Math.max(1, Math.min(2, availableParallelism() - 1))) }));

/** Another reader, for tests of what happens around it; null: the real one. */
export function useReader(reader: Reader | null): void {
	shared.reader = reader;
}

/** Reads one file when it is its turn. */
export const readWhenFree: Reader = (path, own, options) =>
	shared.gate.through(async () => {
		if (shared.reader) return shared.reader(path, own, options);
		const { signal, fit } = options;
		return readDocument(path, own, { signal, ...(fit && { fit }) });
	});
