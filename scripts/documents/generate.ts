import { randomOf } from '../demo/random.ts';
import type { DocumentClass } from '../../extensions/orchestre/src/documents/types.ts';
import { ownFirm, type Truth } from './facts.ts';
import { bank } from './layouts/bank.ts';
import { cards } from './layouts/cards.ts';
import { invoices } from './layouts/invoices.ts';
import type { Layout } from './layouts/layout.ts';
import { papers } from './layouts/papers.ts';
import { receipts } from './layouts/receipts.ts';
import { utilities } from './layouts/utilities.ts';

export const layouts: readonly Layout[] = [...invoices, ...utilities, ...receipts, ...bank, ...cards, ...papers];

/** A made-up paper with the truth of what it says. */
export type Generated = { name: string; layout: string; held: boolean; class: DocumentClass; truth: Truth; pdf: Buffer; /** In points. */ width: number };

/** `count` papers of each layout, always the same ones for a seed. */
export async function* generated(count: number, seed = 0, wanted: (layout: Layout) => boolean = () => true): AsyncGenerator<Generated> {
	const own = ownFirm();
	for (const one of layouts.filter(wanted))
		for (let at = 0; at < count; at++) {
			const { paper, truth } = one.draw(randomOf(`documents ${one.name} ${at}`, seed), own);
			yield { name: `${one.name} ${at + 1}`, layout: one.name, held: one.held, class: one.class, truth, pdf: await paper.bytes(), width: paper.width };
		}
}
