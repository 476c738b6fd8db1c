import { fold } from '../../platform/text.ts';
import { legalForm } from './names.ts';
import { cellsOf, regionOf, type Region, type Sheet } from './page-text.ts';

export type Role = 'supplier' | 'buyer' | 'delivery' | null;
export type BlockLine = Region & { text: string };

/** A postal address as it is printed: the lines above the one with the town, the first of them most often a name. */
export type Block = Region & {
	lines: BlockLine[];
	role: Role;
	oneLine: boolean;
	/** 0 at the top of its page, 1 at its end. */ height: number;
	/** 0 at the left edge, 1 at the right. */ side: number;
};

const town = /(?:^|[\s,–·•|-])(?:(?:F|FR|D|DE|B|BE|CH|L|LU|A|AT|NL)[- ]?)?\d{5}(?:\s*-?\s*CEDEX\s*\d*)?,? +(?!\d)[\p{Lu}][\p{L}'’ .-]{1,}/u;
const foreignTown =
	/(?:^|[\s,])(?:(?:B|BE|CH|L|LU|A|AT)[- ]\d{4}|\d{4}(?=\s+(?:Bruxelles|Brussels|Gen[eè]ve|Lausanne|Z[uü]rich|Wien|Luxembourg|Li[eè]ge|Namur|Bern|Basel))) +\p{Lu}[\p{L}'’ .-]+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|,\s*[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\b\d{4} ?[A-Z]{2}\s+\p{Lu}\p{L}+|\bDublin \d+|\b[A-Z]\d{2} ?[A-Z\d]{4}\b(?=.*Ireland|,|$)/u;

const headings: [Role, RegExp][] = [
	[
		'delivery',
		/^(?:adresse (?:de|du) livraison|(?:lieu|adresse) d(?:e |')(?:livraison|intervention|consommation|chantier)|livraison|livre a|ship(?:ped|ping)? to|shipping address|deliver(?:y|ed)? (?:to|address)|warenempfanger|abweichender warenempfanger|lieferadresse|lieferanschrift|point de livraison|lieu de consommation|site)\b/,
	],
	[
		'buyer',
		/^(?:(?:informations? |coordonnees (?:du )?|vos )?clients?|factur(?:e|er|ation) (?:a|au)|facture (?:a|adressee a)|adresse (?:de|du) (?:facturation|client)|destinataire|acheteur|preneur|maitre d'ouvrage|locataire|bill(?:ed|ing)? ?(?:to|address)|invoice(?:d)? to|sold to|customer|buyer|client|a l'attention d[eu]|pour|devis pour|for|to|kaufer(?:\/leistungsempfanger)?|rechnungsempfanger|abweichender rechnungsempfanger|kunde|rechnungsadresse|titulaire du contrat|vos coordonnees|votre adresse)\b/,
	],
	[
		'supplier',
		/^(?:fournisseur|vendeur|emetteur|emis par|prestataire|expediteur|societe emettrice|seller|vendor|supplier|from|issued by|billed by|de|verkaufer|lieferant|rechnungssteller|bailleur|l'entreprise|entreprise)\b/,
	],
];

/** What a heading says of the address under it; null for text that is none. */
export function roleOfHeading(text: string): Role {
	const words = fold(text)
		.replace(/\s*[:.]\s*$/, '')
		.replaceAll(/\s+/g, ' ')
		.trim();
	// `Lieferant GmbH` is a company, not a heading.
	if (words.length > 45 || legalForm.test(text)) return null;
	// Kerning tears words apart in some text layers: `Ver käufer` is one word.
	const forms = words.split(' ').length <= 3 ? [words, words.replaceAll(' ', '')] : [words];
	return (
		headings.find(([, pattern]) => forms.some((form) => pattern.test(form)) && (words.split(/[ /]/).length <= 5 || text.trim().endsWith(':')))?.[0] ?? null
	);
}

const separators = / ?[•·|–—*] | ?- (?=\D|\d)|, | {2,}/;

type Cell = BlockLine & { sheet: Sheet; row: number };

function cellsOfSheet(sheet: Sheet): Cell[] {
	return sheet.rows.flatMap((row) => cellsOf(row).map(({ text, region }) => ({ ...region, text: text.trim(), sheet, row: row.index })));
}

/** The lines above a town that begin (or are centred) at the same place, the nearest first. */
function stacked(anchor: Cell, cells: readonly Cell[]): Cell[] {
	const lines: Cell[] = [];
	let current = anchor;
	while (lines.length < 7) {
		const tall = Math.max(6, current.y1 - current.y0);
		const above = cells
			.filter((cell) => cell.row < current.row && current.y0 - cell.y1 < 1.5 * tall && current.y0 - cell.y0 > 0.4 * tall)
			.filter(
				(cell) =>
					Math.abs(cell.x0 - anchor.x0) < 1.2 * tall ||
					Math.abs((cell.x0 + cell.x1) / 2 - (anchor.x0 + anchor.x1) / 2) < 0.8 * tall ||
					Math.abs(cell.x1 - anchor.x1) < 0.5 * tall,
			)
			.toSorted((one, other) => other.y0 - one.y0)[0];
		if (!above) break;
		lines.push(above);
		current = above;
	}
	return lines;
}

/** The heading of an address: its topmost line, or the line before a wider gap above it. */
function headingOf(anchor: Cell, lines: readonly Cell[], cells: readonly Cell[]): { role: Role; at: number } {
	for (const [place, line] of lines.entries()) {
		const role = roleOfHeading(line.text);
		if (role) return { role, at: place };
	}
	const top = lines.at(-1) ?? anchor;
	const tall = Math.max(6, top.y1 - top.y0);
	const near = cells.find(
		(cell) => cell.row < top.row && top.y0 - cell.y1 < 2.6 * tall && cell.x0 < top.x1 && cell.x1 > top.x0 - 2 * tall && roleOfHeading(cell.text) !== null,
	);
	return { role: near ? roleOfHeading(near.text) : null, at: lines.length };
}

/** All postal addresses of the pages. */
export function blocksOf(sheets: readonly Sheet[]): Block[] {
	return sheets.flatMap((sheet) => {
		const cells = cellsOfSheet(sheet);
		return cells.flatMap((anchor): Block[] => {
			if (!town.test(anchor.text) && !foreignTown.test(anchor.text)) return [];
			const place = { height: anchor.y0 / sheet.height, side: (anchor.x0 + anchor.x1) / 2 / sheet.width };
			const at = town.exec(anchor.text)?.index ?? foreignTown.exec(anchor.text)?.index ?? 0;
			const before = anchor.text.slice(0, at).trim();
			const parts = before
				.split(separators)
				.map((part) => part.trim())
				.filter((part) => part !== '');
			if (parts.length >= 2 || (parts.length === 1 && /^\p{L}/u.test(before) && before.length > 3 && !/^(?:rue|avenue|bd|bp|cs)\b/i.test(before))) {
				const lines = [...parts, anchor.text.slice(at).replace(/^[\s,·•|–-]+/u, '')].map((text) => ({ ...anchor, text }));
				if (parts.length >= 2) return [{ ...regionOf([{ ...anchor, text: anchor.text }]), lines, role: null, oneLine: true, ...place }];
			}
			const above = stacked(anchor, cells);
			const { role, at: end } = headingOf(anchor, above, cells);
			const lines = [...above.slice(0, end).toReversed(), anchor];
			return [{ ...regionOf(lines.map((line) => ({ ...line }))), lines, role, oneLine: false, ...place }];
		});
	});
}
