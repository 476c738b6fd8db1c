import type { DocumentClass } from '../../../extensions/orchestre/src/documents/types.ts';
import type { Random } from '../../demo/random.ts';
import type { Firm, Truth } from '../facts.ts';
import type { Paper } from '../paper.ts';

/**
 * One way a paper looks. `held`: nobody looked at it, nor at what was misread on it, while rules were written; figures on these are the
 * honest ones. `narrow`: a ticket, photographed rather than scanned.
 */
export type Layout = { name: string; held: boolean; class: DocumentClass; draw: (random: Random, own: Firm) => { paper: Paper; truth: Truth } };

export const layout = (name: string, kind: DocumentClass, held: boolean, draw: Layout['draw']): Layout => ({ name, class: kind, held, draw });
