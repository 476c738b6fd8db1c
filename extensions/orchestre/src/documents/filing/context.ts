import type { Host, Knex } from '../../platform/directus.ts';
import type { LaterActions } from '../../platform/later-actions.ts';
import { Writer } from '../../platform/writer.ts';
import { systemAccountability } from '../../platform/directus.ts';
import type { DocumentLine, OwnCompany, VatRow, DocumentClass } from '../types.ts';
import type { DocumentRow } from './types.ts';
import type { Values } from './rules/values.ts';

/** What a record is made from, and with. `person`: who accepted it, null when nobody did. */
export type Filing = {
	trx: Knex;
	writer: Writer;
	document: DocumentRow;
	class: DocumentClass;
	values: Values;
	/** The further contacts of the same file. */
	others: readonly Values[];
	lines: readonly DocumentLine[];
	vat: readonly VatRow[];
	own: OwnCompany;
	einvoiceFormat: string | null;
	person: string | null;
	/** Why a person accepted what is unusual. */
	reason: string | null;
};

export const systemWriter = (host: Host, trx: Knex, actions: LaterActions): Writer => new Writer(host, trx, systemAccountability(), actions);
