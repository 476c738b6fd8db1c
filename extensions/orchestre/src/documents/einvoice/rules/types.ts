import type { FieldName, Message } from '../../types.ts';
import type { Invoice, Level } from '../model/types.ts';

/** What a rule is about, as the review shows it. */
export type Family = 'mandatory' | 'calculation' | 'vat' | 'codes' | 'french';

/** One place where a rule is broken. */
export type Finding = { message: Message; fields: FieldName[] };

/**
 * One rule, pure over the invoice's terms: no findings means that it holds (or does not apply). `level` is the least that a profile
 * must say for the rule to apply; `inFirst` are those that ZUGFeRD 1, older than the norm, is held to as well.
 */
export type Rule = {
	code: string;
	family: Family;
	level: Level;
	inFirst: boolean;
	severity: 'error' | 'warning';
	check: (invoice: Invoice) => Finding[];
};

type Options = Partial<Pick<Rule, 'level' | 'inFirst' | 'severity'>>;

/** Makes rules of one family with their defaults. */
export const rulesOf =
	(family: Family, defaults: Options = {}) =>
	(code: string, check: Rule['check'], options: Options = {}): Rule => ({
		code,
		family,
		level: 'lines',
		inFirst: false,
		severity: 'error',
		...defaults,
		...options,
		check,
	});

export const finding = (fr: string, en: string, ...fields: FieldName[]): Finding => ({ message: { fr, en }, fields });

export const unless = (holds: boolean, fr: string, en: string, ...fields: FieldName[]): Finding[] => (holds ? [] : [finding(fr, en, ...fields)]);
