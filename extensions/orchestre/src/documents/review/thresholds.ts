import type { Knex } from '../../platform/directus.ts';
import { readDocumentSettings } from '../filing/settings.ts';
import { kindOf } from '../filing/types.ts';
import type { DocumentClass } from '../types.ts';

/** From which probability on a field of this class of paper counts as sure. */
export type Thresholds = (documentClass: DocumentClass) => number;

/** Papers of no kind are never filed by themselves; what is said of their fields is said as of invoices. */
export async function thresholdsOf(knex: Knex): Promise<Thresholds> {
	const { threshold } = (await readDocumentSettings(knex)).demands;
	return (documentClass) => {
		const kind = kindOf[documentClass];
		return threshold[kind === 'other' ? 'invoice' : kind];
	};
}
