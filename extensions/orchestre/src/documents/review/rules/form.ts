import type { DocumentClass, FieldName } from '../../types.ts';

/** How a value is typed and shown. Amounts are hundredths, dates `2026-11-22`, the rest text (days: whole numbers). */
export type InputKind = 'line' | 'text' | 'money' | 'date' | 'days' | 'currency' | 'code' | 'email' | 'phone' | 'link' | 'contract_kind' | 'renewal';

export type FormField = { name: FieldName; kind: InputKind; isNeeded: boolean };
export type SectionName = 'supplier' | 'buyer' | 'paper' | 'amounts' | 'bank' | 'terms' | 'person';
export type FormSection = { name: SectionName; fields: readonly FormField[] };
/** `hasLines`: the class has lines and a table of VAT rates. */
export type Form = { sections: readonly FormSection[]; hasLines: boolean };

const kinds: Partial<Record<FieldName, InputKind>> = {
	supplier_siren: 'code',
	supplier_siret: 'code',
	supplier_vat_number: 'code',
	supplier_address: 'text',
	buyer_siren: 'code',
	buyer_siret: 'code',
	buyer_vat_number: 'code',
	buyer_address: 'text',
	iban: 'code',
	bic: 'code',
	issued_on: 'date',
	due_on: 'date',
	delivered_on: 'date',
	valid_until: 'date',
	starts_on: 'date',
	ends_on: 'date',
	currency: 'currency',
	net: 'money',
	vat: 'money',
	gross: 'money',
	paid: 'money',
	payable: 'money',
	amount: 'money',
	opening_balance: 'money',
	closing_balance: 'money',
	notice_days: 'days',
	contract_kind: 'contract_kind',
	renewal: 'renewal',
	contact_email: 'email',
	contact_phone: 'phone',
	contact_mobile: 'phone',
	contact_address: 'text',
	contact_website: 'link',
};

export const kindOf = (name: FieldName): InputKind => kinds[name] ?? 'line';

/** A section: its needed fields, then the others, in the order in which people check a paper. */
const section = (name: SectionName, needed: readonly FieldName[], others: readonly FieldName[] = []): FormSection => ({
	name,
	fields: [...needed.map((field) => ({ name: field, kind: kindOf(field), isNeeded: true })), ...others.map((field) => ({ name: field, kind: kindOf(field), isNeeded: false }))],
}); // prettier-ignore

const amounts = section('amounts', ['net', 'vat', 'gross'], ['currency', 'paid', 'payable']);
const supplier = section('supplier', ['supplier_name'], ['supplier_siren', 'supplier_siret', 'supplier_vat_number', 'supplier_address']);
const buyer = section('buyer', ['buyer_name'], ['buyer_siren', 'buyer_siret', 'buyer_vat_number', 'buyer_address']);
const bank = section('bank', [], ['iban', 'bic', 'bank_name', 'account_holder']);

const forms: Record<DocumentClass, Form> = {
	purchase_invoice: {
		sections: [supplier, section('paper', ['number', 'issued_on'], ['due_on', 'delivered_on', 'order_reference']), amounts, bank],
		hasLines: true,
	},
	sales_invoice: { sections: [buyer, section('paper', ['number', 'issued_on'], ['due_on', 'order_reference']), amounts], hasLines: true },
	credit_note: {
		sections: [supplier, section('buyer', [], ['buyer_name']), section('paper', ['number', 'issued_on'], ['invoice_reference']), amounts],
		hasLines: true,
	},
	quote: { sections: [supplier, section('buyer', [], ['buyer_name']), section('paper', ['number', 'issued_on'], ['valid_until']), amounts], hasLines: true },
	receipt: { sections: [section('paper', ['merchant', 'issued_on']), section('amounts', ['gross'], ['vat', 'net', 'currency'])], hasLines: false },
	contract: {
		sections: [
			supplier,
			section('buyer', [], ['buyer_name', 'buyer_siren']),
			section('terms', ['starts_on'], ['contract_kind', 'ends_on', 'notice_days', 'renewal', 'amount', 'currency']),
		],
		hasLines: false,
	},
	business_card: {
		sections: [
			section(
				'person',
				['contact_last_name'],
				['contact_first_name', 'contact_job', 'contact_company', 'contact_email', 'contact_phone', 'contact_mobile', 'contact_address', 'contact_website'],
			),
		],
		hasLines: false,
	},
	bank_statement: {
		sections: [
			section('bank', ['iban'], ['bic', 'bank_name', 'account_holder']),
			section('amounts', [], ['opening_balance', 'closing_balance', 'currency']),
			section('paper', ['issued_on']),
		],
		hasLines: false,
	},
	bank_details: { sections: [section('bank', ['iban'], ['bic', 'bank_name', 'account_holder'])], hasLines: false },
	other: { sections: [section('paper', [], ['issued_on', 'number'])], hasLines: false },
};

export const classes = Object.keys(forms) as DocumentClass[];
export const formOf = (documentClass: DocumentClass): Form => forms[documentClass];
export const fieldsOf = (documentClass: DocumentClass): FormField[] => forms[documentClass].sections.flatMap(({ fields }) => fields);

/** What `contract_kind` and `renewal` may be, as the contracts' own fields have them. */
export const choices = {
	contract_kind: ['service', 'subscription', 'maintenance', 'framework', 'reseller', 'supplier', 'nda', 'data_processing', 'other'],
	renewal: ['none', 'tacit', 'explicit'],
} as const;
