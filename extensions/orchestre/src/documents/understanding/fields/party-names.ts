import { roleOfHeading, type Block } from '../blocks.ts';
import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import type { Identifier } from '../identifiers.ts';
import { canBeName, legalForm, nameKey, tidyName } from '../names.ts';
import { cellsOf, type Region } from '../page-text.ts';
import { isOwn, leaning, type Side } from './sides.ts';

type Name = { name: string; region: Region; why: string; weight: number };

const nameLabel = /^(?:name|nom|raison sociale|soci[eé]t[eé]|firma|company|d[eé]nomination)\s*:/iu;

/** `Name : X` (or the first name) in the lines under the heading of one side. */
function headedNames(context: Context, side: Side): Name[] {
	return context.rows.flatMap((row, place) =>
		cellsOf(row).flatMap(({ text, region }) => {
			const role = roleOfHeading(text);
			if (role !== side) return [];
			for (const next of context.rows.slice(place + 1, place + 7)) {
				if (next.page !== row.page || next.y0 - region.y1 > 90) break;
				const cells = cellsOf(next).filter((cell) => cell.region.x0 > region.x0 - 15 && cell.region.x0 < region.x1 + 160);
				const at = cells.findIndex((cell) => nameLabel.test(cell.text));
				const value = at < 0 ? undefined : cells[at]?.text.replace(nameLabel, '').trim() || cells[at + 1]?.text;
				if (value && canBeName(tidyName(value))) return [{ name: tidyName(value), region: regionOfCell(cells, at), why: 'said', weight: 1 }];
				if (cells.some((cell) => roleOfHeading(cell.text) !== null && roleOfHeading(cell.text) !== side)) break;
			}
			return [];
		}),
	);
}

const regionOfCell = (cells: readonly { region: Region }[], at: number): Region => (cells[at + 1] ?? cells[at] ?? cells[0])?.region as Region;

/** The names in an address, the likeliest first. */
export const namesOfBlock = (block: Block): Name[] => {
	const usable = block.lines.slice(0, -1).filter(({ text }) => canBeName(tidyName(text)) && roleOfHeading(text) === null);
	const formal = usable.find(({ text }) => legalForm.test(text));
	return usable
		.slice(0, 3)
		.map((line, place) => ({ name: tidyName(line.text), region: line, why: 'block', weight: line === formal ? 1 : formal ? 0.5 : 1 - 0.3 * place }));
};

/** Names that stand elsewhere: legal mentions, the top of the page, after `Titulaire :` or `Fournisseur :`. */
function looseNames(context: Context): Name[] {
	const found: Name[] = [];
	for (const sheet of context.sheets) {
		const tall = sheet.rows.flatMap((row) => row.tokens.map((token) => token.y1 - token.y0)).toSorted((one, other) => one - other);
		const usual = tall[Math.floor(tall.length / 2)] ?? 10;
		let lines = 0;
		for (const row of sheet.rows) {
			const height = row.y0 / sheet.height;
			for (const { text, region } of cellsOf(row)) {
				const after =
					/^(?:fournisseur|vendeur|[eé]metteur|prestataire|seller|supplier|from|verk[aä]ufer|titulaire(?: du compte)?|b[eé]n[eé]ficiaire|[aà] l['’]ordre de|kontoinhaber|account (?:holder|name)|raison sociale|soci[eé]t[eé]|nom)\s*:\s*(.+)$/iu.exec(
						text,
					)?.[1];
				if (after && canBeName(tidyName(after)))
					found.push({
						name: tidyName(after),
						region,
						why: 'said',
						weight: /^(?:kontoinhaber|account|b[eé]n|titulaire|nom)/iu.test(text) && !legalForm.test(after) ? 0.4 : 0.75,
					});
				const mention = /(?:capital|R\.?C\.?S|SIRE[NT]|immatricul|TVA|SIREN|APE|NAF|si[eè]ge|Registered|VAT)/iu.test(text) || height > 0.88;
				const form = legalForm.exec(text);
				if (mention && form) {
					const before = tidyName(
						text
							.slice(0, form.index + form[0].length)
							.split(/[•·|]| - | – |, /)
							.at(-1) ?? '',
					);
					const next = tidyName(text.slice(0, form.index));
					const name = nameKey(before) === '' ? next : before;
					if (nameKey(name) !== '' && canBeName(name)) found.push({ name, region, why: 'legal', weight: 0.85 });
				}
				if (sheet.number !== context.sheets[0]?.number || height > 0.35) continue;
				const name = tidyName(text);
				if (!canBeName(name) || roleOfHeading(name) !== null) continue;
				const large = Math.min(0.35, 0.25 * Math.max(0, (region.y1 - region.y0) / usual - 1.1));
				const early = Math.max(0, 0.4 - 0.08 * lines) * (height < 0.25 ? 1 : 0.4);
				found.push({ name, region, why: 'top', weight: early + large + (form ? 0.15 : 0) });
				lines++;
			}
		}
	}
	return found;
}

/** The middle of domains of e-mail addresses and sites: `aubonmoulin`. Mail providers say nothing. */
const domainsOf = (identifiers: readonly Identifier[]): string[] =>
	identifiers
		.filter(({ kind }) => kind === 'email' || kind === 'website')
		.map(
			({ value }) =>
				value
					.replace(/^.*@/, '')
					.replace(/^(?:https?:\/\/)?(?:www\.)?/, '')
					.split('/')[0] ?? '',
		)
		.map((domain) => domain.split('.').at(-2) ?? '')
		.filter((middle) => middle.length > 2 && !/^(?:gmail|orange|wanadoo|free|hotmail|outlook|yahoo|laposte|sfr|icloud|gouv|facture|economie)$/.test(middle));

const squeezed = (name: string): string => nameKey(name).replaceAll(' ', '');

/** The names of one side, the likeliest first. */
export function namesOf(context: Context, side: Side, blocks: readonly Block[], identifiers: readonly Identifier[]): Choice<string>[] {
	const sign = side === 'supplier' ? 1 : -1;
	const leanings = blocks.map((block) => ({ block, lean: leaning(context, block, identifiers) }));
	const fromBlocks = leanings.flatMap(({ block, lean }) =>
		namesOfBlock(block).map((name) => ({ ...name, lean: lean * sign, headed: block.role === side ? 1 : 0, height: block.height })),
	);
	const loose = side === 'supplier' ? looseNames(context).map((name) => ({ ...name, lean: 0.4, headed: name.why === 'said' ? 0.6 : 0, height: 0 })) : [];
	const headedList = headedNames(context, side).map((name) => ({ ...name, lean: 1, headed: 1, height: 0 }));
	const domains = domainsOf(identifiers);
	const groups = Map.groupBy([...fromBlocks, ...loose, ...headedList], ({ name }) => nameKey(name));
	return [...groups.entries()].flatMap(([key, group]) => {
		if (key === '') return [];
		const best = group.toSorted((one, other) => Number(legalForm.test(other.name)) - Number(legalForm.test(one.name)) || other.weight - one.weight)[0];
		if (!best) return [];
		const block = Math.max(0, ...group.filter(({ why }) => why === 'block').map(({ weight, lean }) => weight * (0.5 + 0.5 * lean)));
		const against = Math.max(0, ...group.filter(({ why }) => why === 'block').map(({ lean }) => -lean));
		const of = (why: string): number => Math.max(0, ...group.filter((one) => one.why === why).map(({ weight }) => weight));
		const headed = Math.max(0, ...group.map((one) => one.headed));
		const domain = domains.some((middle) => squeezed(key).includes(middle) || (squeezed(key).length > 3 && middle.includes(squeezed(key)))) ? 1 : 0;
		const own = isOwn(context, best.name) ? 1 : 0;
		const places = new Set(group.map(({ region }) => `${region.page}/${Math.round(region.y0)}/${Math.round(region.x0)}`)).size;
		const score =
			side === 'supplier'
				? 0.55 * block +
					0.35 * headed +
					0.5 * of('legal') +
					0.35 * of('said') +
					0.6 * of('top') +
					0.3 * domain +
					0.08 * Math.min(3, places - 1) -
					0.55 * against -
					(context.ours ? -0.6 : 0.6) * own
				: 0.7 * block + 0.4 * headed + 0.3 * of('said') - 0.35 * domain + (context.ours ? -0.9 : 0.5) * own;
		const evidence = {
			block,
			headed,
			legal: of('legal'),
			said: of('said'),
			top: of('top'),
			domain,
			own,
			places: Math.min(1, (places - 1) / 3),
			against,
			form: legalForm.test(best.name) ? 1 : 0,
		};
		return [{ value: best.name, region: best.region, score, evidence }];
	});
}
