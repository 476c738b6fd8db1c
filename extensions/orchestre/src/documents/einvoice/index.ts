import type { EInvoice, EInvoiceFormat, OwnCompany } from '../types.ts';
import { adjustmentsOf, fieldsOf, linesOf, vatRowsOf } from './fields/index.ts';
import { readingChecks, ruleChecks, schemaChecks } from './judgement.ts';
import { classOf } from './kind.ts';
import type { Invoice } from './model/types.ts';
import { readInvoice } from './read/index.ts';
import type { Refused } from './refusals.ts';
import { edifact, isEdifact, refusalOf, refusalOfFault } from './refusals.ts';
import type { SchemaCheck } from './schema/index.ts';
import { parseXml } from './xml/tree.ts';

export { loadSchemas } from './schema/index.ts';
export type { SchemaCheck } from './schema/index.ts';

const refuse = ({ format, message }: Refused): EInvoice => ({
	format,
	profile: null,
	verdict: 'refused',
	class: 'purchase_invoice',
	fields: [],
	lines: [],
	adjustments: [],
	vat: [],
	checks: [],
	refusal: message,
});

const isFacturX = (specification: string | null): boolean => /factur-x|zugferd|^urn:cen\.eu:en16931:2017$/i.test(specification ?? '');

function formatOf({ syntax, specification }: Invoice): EInvoiceFormat {
	if (syntax === 'zugferd-1') return 'zugferd-1';
	if (syntax !== 'cii') return 'ubl';
	return isFacturX(specification) ? 'factur-x' : 'cii';
}

/**
 * Reads the XML of an e-invoice (Factur-X and ZUGFeRD 2 of all profiles, XRechnung, CII, ZUGFeRD 1, UBL 2.1) and judges it: `valid` when
 * no check of severity `error` failed, `invalid` when one did (what could be read is in `fields` all the same), `refused` when it is
 * something else, with its name in `refusal`. Pure and throws nothing; takes a millisecond or two.
 *
 * @param xml the decoded text (`textOf` of the reading room turns bytes into it)
 * @param own who we are; without it an invoice is taken for a purchase
 * @param schema `await loadSchemas()`; without it the structure is not checked, which a warning says
 */
export function readEInvoice(xml: string, own: OwnCompany | null = null, schema: SchemaCheck | null = null): EInvoice {
	if (isEdifact(xml)) return refuse(edifact);
	const { root, faults } = parseXml(xml);
	if (!root) return refuse(refusalOfFault(faults));
	const invoice = readInvoice(root);
	if (!invoice) return refuse(refusalOf(root));
	const structure = schema && faults.length === 0 ? schema(xml, invoice) : null;
	const checks = [...readingChecks(invoice, faults), ...(faults.length === 0 ? schemaChecks(structure) : []), ...ruleChecks(invoice)];
	return {
		format: formatOf(invoice),
		profile: invoice.profile.name,
		verdict: checks.some((check) => !check.passed && check.severity === 'error') ? 'invalid' : 'valid',
		class: classOf(invoice, own),
		fields: fieldsOf(invoice),
		lines: linesOf(invoice),
		adjustments: adjustmentsOf(invoice),
		vat: vatRowsOf(invoice),
		checks,
		refusal: null,
	};
}
