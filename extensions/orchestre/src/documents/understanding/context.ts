import { amountsOf, type Amount } from './amounts.ts';
import { datesOf, type FoundDate } from './dates.ts';
import { labelsOf, type Label, type LabelKind } from './labels.ts';
import { kindsOf, pairingsOf, type Pairing } from './pairing.ts';
import { sheetsOf, type Region, type Row, type Sheet } from './page-text.ts';
import type { OwnCompany, Reading } from '../types.ts';

export type Kinds = Partial<Record<LabelKind, number>>;
export type KnownAmount = Amount & { kinds: Kinds; pairings: Pairing[] };
export type KnownDate = FoundDate & { kinds: Kinds };

/** All that the rules of the fields look at; made once for a document. */
export type Context = {
	own: OwnCompany;
	/** The paper is one of ours: our name and numbers are the sender's. */
	ours?: boolean;
	sheets: Sheet[];
	rows: Row[];
	labels: Label[];
	amounts: KnownAmount[];
	dates: KnownDate[];
	scanned: boolean;
	/** 0 at the top of the first page, 1 at the end of the last. */
	depth: (region: Region) => number;
};

const dayKinds = new Set<LabelKind>(['issued', 'due', 'delivered', 'starts', 'ends', 'valid', 'other_date']);
const moneyKinds = new Set<LabelKind>(['gross', 'net', 'vat', 'payable', 'paid', 'base', 'other_money', 'opening', 'closing', 'tendered']);

/** A scan that lost the comma of `1 234,56` leaves `123456`: both readings are tried, sums and labels choose. */
function withLostComma(amount: Amount): Amount[] {
	const named = amount.currency !== null || /total|ttc|ht\b|tva|montant|payer|amount|summe|betrag/i.test(amount.row.text);
	const lost = named && amount.decimals === 0 && !amount.percent && amount.value >= 10_000 && amount.value < 1e9 && !/[.,]/.test(amount.text);
	return lost ? [amount, { ...amount, value: Math.round(amount.value / 100), exact: amount.exact / 100, decimals: 2, repaired: true }] : [amount];
}

export function contextOf(reading: Reading, own: OwnCompany): Context {
	const sheets = sheetsOf(reading.pages);
	const labels = labelsOf(sheets);
	const widths = new Map(sheets.map(({ number, width }) => [number, width]));
	const widthOf = (region: Region): number => widths.get(region.page) ?? 595;
	const byPage = (kinds: ReadonlySet<LabelKind>): Map<number, Label[]> =>
		Map.groupBy(
			labels.filter(({ kind }) => kinds.has(kind)),
			({ page }) => page,
		);
	const [dayLabels, moneyLabels] = [byPage(dayKinds), byPage(moneyKinds)];
	const dates = datesOf(sheets);
	const scanned = reading.pages.some(({ source }) => source === 'ocr');
	const numbers = scanned ? amountsOf(sheets).flatMap(withLostComma) : amountsOf(sheets);
	const rivals = Map.groupBy(
		numbers.filter(({ percent, decimals, currency }) => !percent && (decimals === 2 || currency)),
		({ page }) => page,
	);
	const daysOfPage = Map.groupBy(dates, ({ page }) => page);
	const heights = sheets.map(({ height }) => height);
	const places = new Map(sheets.map(({ number }, index) => [number, index]));
	return {
		own,
		sheets,
		rows: sheets.flatMap(({ rows }) => rows),
		labels,
		amounts: numbers.map((amount) => {
			if (amount.percent || (amount.decimals !== 2 && !amount.currency)) return { ...amount, kinds: {}, pairings: [] };
			const pairings = pairingsOf(amount, moneyLabels.get(amount.page) ?? [], rivals.get(amount.page) ?? [], widthOf(amount));
			return { ...amount, kinds: kindsOf(pairings), pairings };
		}),
		dates: dates.map((date) => ({ ...date, kinds: kindsOf(pairingsOf(date, dayLabels.get(date.page) ?? [], daysOfPage.get(date.page) ?? [], widthOf(date))) })),
		scanned,
		depth: (region) => {
			const index = places.get(region.page) ?? 0;
			return (index + region.y0 / (heights[index] ?? 842)) / Math.max(1, sheets.length);
		},
	};
}
