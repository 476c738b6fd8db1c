import type { Invoice } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { readCii } from './cii.ts';
import { readUbl } from './ubl.ts';

/** The invoice in an XML root, or null when it is none of those that are read here. */
export function readInvoice(root: Element): Invoice | null {
	if (root.name === 'CrossIndustryInvoice' || root.name === 'CrossIndustryDocument') return readCii(root);
	if ((root.name === 'Invoice' || root.name === 'CreditNote') && root.namespace.startsWith('urn:oasis:names:specification:ubl:')) return readUbl(root);
	return null;
}
