import type { DocumentClass, DocumentLine, FieldName, VatRow } from '../types.ts';
import type { Block } from './blocks.ts';
import { ranked, type Choice } from './choice.ts';
import type { Context } from './context.ts';
import { bankNames, holders, ribIbans, statementFields } from './fields/bank.ts';
import { cardFields } from './fields/card.ts';
import { contractFields } from './fields/contract.ts';
import { dueDays, issueDays, labelledDays } from './fields/days.ts';
import { numbersOf, referencesOf } from './fields/number.ts';
import { addressesOf, identifiersFor } from './fields/parties.ts';
import { namesOf } from './fields/party-names.ts';
import type { Side } from './fields/sides.ts';
import { receiptFields } from './fields/receipt.ts';
import { currencies } from './fields/money.ts';
import { totalsOf } from './fields/totals.ts';
import type { Identifier } from './identifiers.ts';
import { linesOf } from './lines.ts';

export type Choices = Partial<Record<FieldName, Choice[]>>;
export type Found = { fields: Choices; lines: DocumentLine[]; vat: VatRow[] };

const top = <T extends string | number>(choices: readonly Choice<T>[]): T | null => ranked(choices)[0]?.value ?? null;

function partyFields(side: Side, context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Choices {
	const ids = (kind: 'siren' | 'siret' | 'vat_number'): Choice<string>[] => identifiersFor(context, side, kind, blocks, identifiers);
	const sirens = [
		...ids('siren'),
		...ids('siret').map((choice) => ({ ...choice, value: choice.value.slice(0, 9), score: choice.score - 0.02 })),
		...ids('vat_number')
			.filter(({ value }) => /^FR\w{2}\d{9}$/.test(value))
			.map((choice) => ({ ...choice, value: choice.value.slice(4), score: choice.score - 0.04 })),
	];
	return {
		[`${side}_name`]: namesOf(context, side, blocks, identifiers),
		[`${side}_siren`]: sirens,
		[`${side}_siret`]: ids('siret'),
		[`${side}_vat_number`]: ids('vat_number'),
		[`${side}_address`]: addressesOf(context, side, blocks, identifiers),
	};
}

function accountFields(context: Context, identifiers: readonly Identifier[]): Choices {
	const ids = (kind: 'iban' | 'bic'): Choice<string>[] =>
		identifiers
			.filter((one) => one.kind === kind)
			.map((one) => ({
				value: one.value,
				region: one,
				score: 0.4 + (one.checked ? 0.4 : 0) + (one.labelled ? 0.15 : 0) - (one.value === context.own.iban ? 0.3 : 0),
				evidence: { checked: one.checked ? 1 : 0, labelled: one.labelled ? 1 : 0, ours: one.value === context.own.iban ? 1 : 0 },
			}));
	return { iban: ids('iban'), bic: ids('bic') };
}

/** What is to be paid when no label says it: the total, less what was paid. */
function payableFromTotals(gross: readonly Choice<number>[], paid: readonly Choice<number>[]): Choice<number>[] {
	const [total] = ranked(gross);
	const [given] = ranked(paid);
	if (!total) return [];
	const rest = total.value - (given && given.value < total.value ? given.value : 0);
	return [{ value: rest, region: total.region, score: 0.3 * Math.min(1, total.score), evidence: { ...total.evidence, computed: 1 } }];
}

/** Invoices, credit notes and quotes. */
function invoiceFields(kind: DocumentClass, context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Found {
	const issued = issueDays(context);
	const { gross, net, vat, payable, paid, rows } = totalsOf(context);
	const supplier = partyFields('supplier', context, blocks, identifiers);
	const names = (supplier.supplier_name ?? []) as Choice<string>[];
	const best = top(names);
	const buyer = partyFields('buyer', context, blocks, identifiers);
	const fields: Choices = {
		...supplier,
		...buyer,
		buyer_name: (buyer.buyer_name ?? []).filter(({ value }) => value !== best),
		...accountFields(context, identifiers),
		number: numbersOf(context),
		issued_on: issued,
		due_on: kind === 'quote' ? [] : dueDays(context, top(issued)),
		delivered_on: labelledDays(context, 'delivered'),
		valid_until: kind === 'quote' ? labelledDays(context, 'valid') : [],
		currency: currencies(context),
		gross,
		net,
		vat,
		payable: [...payable, ...payableFromTotals(gross, paid)],
		paid,
		order_reference: referencesOf(context, 'order'),
		invoice_reference: kind === 'credit_note' ? referencesOf(context, 'invoice_reference') : [],
	};
	return { fields, lines: linesOf(context, top(net), top(gross)), vat: rows };
}

/** The fields that a class has, each with its readings. Other documents keep what a search may want: a date, an amount, a sender. */
export function fieldsOfClass(kind: DocumentClass, context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Found {
	const none = { lines: [], vat: [] };
	if (kind === 'business_card') return { fields: cardFields(context, blocks, identifiers), ...none };
	if (kind === 'contract') return { fields: contractFields(context, blocks, identifiers), ...none };
	if (kind === 'bank_details' || kind === 'bank_statement') {
		const { iban = [], bic = [] } = accountFields(context, identifiers);
		const fields: Choices = { iban: [...iban, ...ribIbans(context)], bic, account_holder: holders(context, blocks), bank_name: bankNames(context) };
		return { fields: kind === 'bank_details' ? fields : { ...fields, ...statementFields(context) }, ...none };
	}
	if (kind === 'receipt') return receiptFields(context, blocks, identifiers);
	if (kind === 'other') return { fields: { supplier_name: namesOf(context, 'supplier', blocks, identifiers), issued_on: issueDays(context) }, ...none };
	return invoiceFields(kind, context, blocks, identifiers);
}
