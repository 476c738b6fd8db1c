import type { Invoice, Level } from '../model/types.ts';
import { lineAmounts } from './calculation/lines.ts';
import { totalRules } from './calculation/totals.ts';
import { codeRules } from './codes/index.ts';
import { frenchRules } from './french/index.ts';
import { adjustmentRules } from './mandatory/adjustments.ts';
import { documentRules } from './mandatory/document.ts';
import { lineRules } from './mandatory/lines.ts';
import { partyRules } from './mandatory/parties.ts';
import type { Finding, Rule } from './types.ts';
import { vatRules } from './vat/index.ts';

export const rules: Rule[] = [
	...documentRules,
	...partyRules,
	...lineRules,
	...adjustmentRules,
	...totalRules,
	...lineAmounts,
	...vatRules,
	...codeRules,
	...frenchRules,
];

const rank: Record<Level, number> = { totals: 0, shares: 1, lines: 2 };

/** The rules that an invoice of this profile is held to; ZUGFeRD 1 is older than the norm. */
export const rulesFor = ({ syntax, profile }: Pick<Invoice, 'syntax' | 'profile'>): Rule[] =>
	rules.filter((rule) => rank[rule.level] <= rank[profile.level] && (syntax !== 'zugferd-1' || rule.inFirst));

export type Judged = { rule: Rule; findings: Finding[] };

/** Every rule that applies with what it found. */
export const judge = (invoice: Invoice): Judged[] => rulesFor(invoice).map((rule) => ({ rule, findings: rule.check(invoice) }));
