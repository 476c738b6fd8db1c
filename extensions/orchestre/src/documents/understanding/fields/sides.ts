import { fold } from '../../../platform/text.ts';
import type { Block } from '../blocks.ts';
import type { Context } from '../context.ts';
import type { Identifier } from '../identifiers.ts';
import { likeness, nameKey } from '../names.ts';
import { cellsOf } from '../page-text.ts';

export type Side = 'supplier' | 'buyer';

/** Whether a name is ours. */
export const isOwn = (context: Context, name: string): boolean => nameKey(context.own.name) !== '' && likeness(context.own.name, name) >= 0.99;

/** How much speaks for an address being the supplier's (above 0) or the buyer's (below). */
export function leaning(context: Context, block: Block, identifiers: readonly Identifier[]): number {
	if (block.role === 'supplier') return 1;
	if (block.role === 'buyer') return -1;
	if (block.role === 'delivery') return -0.8;
	let sum = 0;
	if (block.oneLine) sum += 0.6;
	if (block.height > 0.85) sum += 0.6;
	else if (block.height < 0.3) sum += block.side < 0.45 ? 0.25 : block.side > 0.55 ? -0.3 : 0;
	const own = block.lines.some(({ text }) => isOwn(context, text));
	if (own) sum += context.ours ? 0.8 : -0.5;
	const near = identifiers.filter(
		(one) => one.page === block.page && one.y0 > block.y0 - 5 && one.y0 - block.y1 < 60 && one.x0 < block.x1 + 60 && one.x1 > block.x0 - 20,
	);
	if (near.some(({ kind }) => kind === 'siret' || kind === 'siren' || kind === 'iban')) sum += 0.35;
	if (near.some(({ kind, value }) => kind === 'vat_number' && value !== context.own.vatNumber)) sum += 0.15;
	if (/^(?:m\.|mme|mr|monsieur|madame|herrn?|frau|a l'attention)/.test(fold(block.lines[0]?.text ?? ''))) sum -= 0.6;
	return Math.max(-1, Math.min(1, sum));
}

/** Which side an identifier belongs to: by words in its row, by the address it stands under, else the supplier's (legal mentions). */
export function sideOf(context: Context, one: Identifier, blocks: readonly Block[], identifiers: readonly Identifier[]): number {
	const cell = fold(cellsOf(one.row).find(({ region }) => region.x0 <= one.x0 + 1 && region.x1 >= one.x0)?.text ?? one.row.text);
	if (/(?:client|acheteur|customer|buyer|votre n|kunde|preneur)/.test(cell) && !/(?:service|relation)s? clients?/.test(cell)) return -0.9;
	const above = blocks
		.filter(
			(block) =>
				block.page === one.page &&
				block.y0 <= one.y0 &&
				one.y0 - block.y1 < 90 &&
				one.x0 < block.x1 + 40 &&
				one.x1 > block.x0 - 25 &&
				!(one.y0 / 800 > 0.95 && block.height < 0.8),
		)
		.toSorted((a, b) => b.y1 - a.y1)[0];
	if (above)
		return (
			leaning(
				context,
				above,
				identifiers.filter((other) => other !== one),
			) || 0.2
		);
	return 0.45;
}
