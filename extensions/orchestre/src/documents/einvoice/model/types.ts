import type { Decimal } from './decimal.ts';

/** The terms of EN 16931 that the rules and the records need. Null is absent; a number or date that cannot be read is null and in `unreadable`. */
export type Invoice = {
	syntax: 'cii' | 'zugferd-1' | 'ubl-invoice' | 'ubl-credit-note';
	/** BT-24 as it stands. */
	specification: string | null;
	profile: Profile;
	/** BT-23 */
	process: string | null;
	number: string | null;
	issuedOn: string | null;
	type: string | null;
	currency: string | null;
	taxCurrency: string | null;
	taxPointOn: string | null;
	taxPointCode: string | null;
	dueOn: string | null;
	notes: Note[];
	orderReference: string | null;
	preceding: { number: string | null; issuedOn: string | null }[];
	seller: Trader;
	buyer: Trader;
	payee: Trader | null;
	taxRepresentative: Trader | null;
	delivery: Delivery | null;
	period: Period | null;
	paymentMeans: PaymentMeans[];
	paymentTerms: string | null;
	/** Document level: BG-20 and BG-21. */
	adjustments: Adjustment[];
	totals: Totals;
	breakdown: TaxShare[];
	lines: Line[];
	/** BG-24: supporting documents. */
	attachments: { reference: string | null; mime: string | null }[];
	/** Every amount's currency that was written beside it. */
	currencies: string[];
	unreadable: Unreadable[];
};

/** How much an invoice of this profile says: totals only, shares of VAT too, or everything. */
export type Level = 'totals' | 'shares' | 'lines';
export type Profile = { name: string; level: Level; extended: boolean };

export type Unreadable = { kind: 'number' | 'date'; element: string; text: string };
export type Note = { code: string | null; text: string | null };
export type Identifier = { value: string; scheme: string | null };
export type Address = { lines: string[]; postcode: string | null; city: string | null; country: string | null };
export type Period = { from: string | null; to: string | null };
export type Delivery = { on: string | null; address: Address | null };

export type Trader = {
	name: string | null;
	ids: Identifier[];
	legalId: Identifier | null;
	vatNumber: string | null;
	taxNumber: string | null;
	address: Address | null;
	electronic: Identifier | null;
};

export type PaymentMeans = { code: string | null; accounts: Account[]; cardNumber: string | null };
export type Account = { id: string | null; holder: string | null; bic: string | null };

export type Adjustment = {
	charge: boolean;
	amount: Decimal | null;
	base: Decimal | null;
	percent: Decimal | null;
	reason: string | null;
	reasonCode: string | null;
	category: string | null;
	rate: Decimal | null;
};

export type Totals = {
	lines: Decimal | null;
	allowances: Decimal | null;
	charges: Decimal | null;
	net: Decimal | null;
	/** One per currency that it is given in; BT-110 and BT-111. */
	vat: { amount: Decimal | null; currency: string | null }[];
	gross: Decimal | null;
	paid: Decimal | null;
	rounding: Decimal | null;
	payable: Decimal | null;
};

export type TaxShare = {
	base: Decimal | null;
	vat: Decimal | null;
	category: string | null;
	rate: Decimal | null;
	reason: string | null;
	reasonCode: string | null;
};

export type Line = {
	id: string | null;
	name: string | null;
	description: string | null;
	quantity: Decimal | null;
	unit: string | null;
	net: Decimal | null;
	price: Decimal | null;
	grossPrice: Decimal | null;
	/** How many units the price is for (BT-149). */
	priceFor: Decimal | null;
	period: Period | null;
	adjustments: Adjustment[];
	category: string | null;
	rate: Decimal | null;
	standardIds: Identifier[];
	classifications: Identifier[];
	attributes: { name: string | null; value: string | null }[];
	originCountry: string | null;
	/** A heading or a remark of the extended profile, which is no part of the sums. */
	isGroup: boolean;
};
