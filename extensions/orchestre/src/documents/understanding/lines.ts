import { fold } from '../../platform/text.ts';
import type { DocumentLine } from '../types.ts';
import type { KnownAmount, Context } from './context.ts';
import { isMoney } from './fields/money.ts';
import { boxOf, cellsOf, regionOf, type Row } from './page-text.ts';

const heading = {
	label: /designation|description|libelle|article|produit|prestation|bezeichnung|item|detail|nature|objet|service|reference/,
	quantity: /\bqte\b|\bqt\b|quantite|\bqty\b|menge|quantity|nombre|\bnb\b|heures|jours|hours/,
	unit: /\bp\.? ?u\.?\b|unitaire|unit price|einzelpreis|preis|\bprix\b|\brate\b|tarif/,
	total: /total|montant|betrag|amount|prix ht|\bht\b|nettowert|entgelt|somme/,
};

const isHeading = (row: Row): boolean => {
	const text = fold(row.text).replaceAll('\t', ' ');
	const groups = Object.values(heading).filter((pattern) => pattern.test(text)).length;
	return groups >= 2 && (text.match(/\d/g)?.length ?? 0) < 4 && cellsOf(row).length >= 2;
};

/** Whether the column of quantities stands left of that of unit prices. */
function quantityLeads(row: Row): boolean {
	const text = fold(row.text);
	const [quantity, unit] = [text.search(heading.quantity), text.search(heading.unit)];
	return quantity < 0 || unit < 0 || quantity < unit;
}

const summing =
	/^(?:sous-?total|total|net a payer|montant (?:total|ht|ttc|net)|base|tva|dont tva|zwischensumme|summe|gesamt|rechnungssumme|subtotal|sub-total|remise globale|acompte|a payer|amount due|balance|vat|tax)\b/;

type Product = { quantity: KnownAmount | null; unit: KnownAmount | null; net: KnownAmount; rate: number | null; proved: boolean };

const rateLike = new Set([2000, 1000, 550, 210, 1900, 700, 0, 2100]);

/** In a row of numbers: quantity × unit price = amount, which no reading of columns can prove better. */
function productIn(numbers: readonly KnownAmount[], quantityFirst: boolean): Product | null {
	const sums = numbers.filter(isMoney);
	const net = sums.at(-1);
	if (!net) return null;
	const rate =
		numbers.find(({ percent }) => percent) ??
		numbers.find(
			(one) => one !== net && one.x0 > (numbers[0]?.x0 ?? 0) && one.currency === null && rateLike.has(one.value) && one.value > 0 && numbers.length > 3,
		);
	for (const total of sums.toReversed()) {
		const factors = numbers.flatMap((unit) =>
			numbers
				.filter((quantity) => quantity !== unit && quantity !== total && unit !== total && !unit.percent && !quantity.percent && quantity.currency === null)
				.filter((quantity) => quantity.exact > 0 && (unit.decimals >= 2 || unit.currency !== null))
				.filter((quantity) => Math.abs(Math.abs(quantity.exact * unit.exact * 100) - Math.abs(total.value)) <= 1)
				.map((quantity) => ({ quantity, unit })),
		);
		// Both orders multiply to the same: the table's heading tells which is which, quantity first when it does not.
		const [best] = factors.toSorted(
			(one, other) => Number(one.quantity.x0 < one.unit.x0 !== quantityFirst) - Number(other.quantity.x0 < other.unit.x0 !== quantityFirst),
		);
		if (best) return { ...best, net: total, rate: rate?.value ?? null, proved: true };
	}
	return { quantity: null, unit: null, net, rate: rate?.value ?? null, proved: false };
}

const unitWord =
	/^(?:h|heures?|j|jours?|u|unite?s?|pce|pcs?|kg|g|l|litres?|m|m2|m²|ml|mois|forfait|ens|lot|stk|stück|unit\(s\)|hours?|days?|licences?|kwh|mwh|km|carton|boite|paquet)\.?$/i;

/** Cells of a row that are words rather than numbers; the longest is the label. */
function labelOf(row: Row, numbers: readonly KnownAmount[]): { text: string; from: number } {
	const cells = cellsOf(row).map((cell) => {
		// `Papier A4 80 g` keeps its figures: only sums and rates are no part of a label.
		const inside = numbers.filter(
			({ from, row: other, decimals, currency, percent }) =>
				other === row && from >= cell.from && from < cell.from + cell.text.length && (decimals > 1 || currency !== null || percent),
		);
		const text = inside
			.reduceRight((rest, { from, to }) => (from - cell.from > 3 ? rest.slice(0, from - cell.from) + rest.slice(to - cell.from) : rest), cell.text)
			.trim();
		return { text, from: cell.from };
	});
	const words = cells.filter(({ text }) => /\p{L}{2}/u.test(text) && !unitWord.test(text));
	return words.toSorted((one, other) => other.text.length - one.text.length)[0] ?? { text: '', from: 0 };
}

/** The lines of the table of goods and services: from its heading (or the first proved product) to the totals. `net` is the printed net, as proof. */
export function linesOf(context: Context, net: number | null, gross: number | null): DocumentLine[] {
	const found: { line: DocumentLine; row: Row; proved: boolean }[] = [];
	let open = false;
	let quantityFirst = true;
	const byRow = Map.groupBy(context.amounts, ({ row }) => row);
	for (const row of context.rows) {
		if (isHeading(row)) {
			open = true;
			quantityFirst = quantityLeads(row);
			continue;
		}
		const text = fold(row.text).trim();
		const numbers = byRow.get(row) ?? [];
		if (
			summing.test(text) ||
			numbers.some(({ kinds }) => Math.max(kinds.payable ?? 0, (kinds.gross ?? 0) >= 0.75 ? 1 : 0, (kinds.net ?? 0) >= 0.9 ? 1 : 0) > 0.7 && numbers.length < 4)
		) {
			if (found.length > 0) open = false;
			continue;
		}
		const product = productIn(numbers, quantityFirst);
		if (!product || !(open || product.proved)) {
			const last = found.at(-1);
			const tall = row.y1 - row.y0;
			const [cell] = cellsOf(row);
			const continued =
				last &&
				open &&
				last.row.page === row.page &&
				cell &&
				row.y0 - last.row.y1 < 1.2 * tall &&
				last.line.label.length < 200 &&
				numbers.every((one) => !isMoney(one)) &&
				/\p{L}{2}/u.test(cell.text) &&
				Math.abs(cell.region.x0 - (last.row.tokens[0]?.x0 ?? 0)) < 120;
			if (continued) {
				last.line.label = `${last.line.label} ${cell.text.trim()}`.trim();
				last.row = row;
			}
			continue;
		}
		const { text: label } = labelOf(row, numbers);
		if (label === '' && !product.proved) continue;
		const region = regionOf(row.tokens);
		const unit = row.tokens.find((token) => unitWord.test(token.text) && /\p{L}/u.test(token.text))?.text ?? null;
		found.push({
			row,
			proved: product.proved,
			line: {
				label,
				quantity: product.quantity ? Math.round(product.quantity.exact * 1000) : null,
				unit,
				unitPrice: product.unit ? product.unit.value : null,
				vatRate: product.rate,
				net: product.net.value,
				page: row.page,
				box: boxOf(region, context.sheets),
				confidence: 0,
			},
		});
	}
	const sum = found.reduce((total, { line }) => total + (line.net ?? 0), 0);
	const agrees = (net !== null && Math.abs(sum - net) <= 1) || (gross !== null && Math.abs(sum - gross) <= 1);
	return found.slice(0, 200).map(({ line, proved }) => ({ ...line, confidence: agrees ? (proved ? 0.99 : 0.95) : proved ? 0.85 : 0.5 }));
}
