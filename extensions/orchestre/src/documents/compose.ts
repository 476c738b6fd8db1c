import { textOfPages } from './reading/read-bytes.ts';
import type { ConfidenceFit, DocumentRead, OwnCompany, Reading } from './types.ts';

/** A reading with what it means. Runs in the process that read the file. */
export function compose(reading: Reading, own: OwnCompany, fit: ConfidenceFit | null): DocumentRead {
	void own;
	void fit;
	return {
		class: 'other',
		classConfidence: 0,
		classes: {},
		fields: [],
		lines: [],
		vat: [],
		method: reading.method,
		pageCount: reading.pageCount,
		text: reading.pages.length > 0 ? textOfPages(reading.pages) : (reading.source ?? ''),
		language: reading.language,
		einvoice: null,
		checks: [],
		notes: reading.notes,
		refusal: reading.refusal,
		pages: reading.pages,
	};
}
