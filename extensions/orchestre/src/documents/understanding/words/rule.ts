import type { LabelKind } from '../labels.ts';

export type Rule = { kind: LabelKind; strength: number; pattern: RegExp };

/** One rule from phrases without blanks, folded; the longer of two overlapping matches wins, whatever its kind. */
export const rule = (kind: LabelKind, strength: number, ...phrases: string[]): Rule => ({ kind, strength, pattern: new RegExp(phrases.join('|'), 'g') });
