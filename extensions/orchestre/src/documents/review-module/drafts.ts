import type { OpenDocument } from '../review/answers.ts';
import type { DocumentClass, DocumentLine, VatRow } from '../types.ts';
import type { Entry } from './view.ts';

/** `hasOwnRows`: somebody has changed lines or rates, which another reading then leaves alone. */
export type Draft = { class: DocumentClass; entries: Entry[]; lines: DocumentLine[]; vat: VatRow[]; hasOwnRows: boolean };

/** What was typed and not sent stays with the tab, for the very state of the document that it was typed on. */
export const drafts = {
	key: ({ id, version }: OpenDocument): string => `orchestre-review:${id}:${version}`,
	read(document: OpenDocument): Draft | null {
		const text = sessionStorage.getItem(this.key(document));
		return text ? (JSON.parse(text) as Draft) : null;
	},
};
