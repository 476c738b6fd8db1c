import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compileRules } from '../../extensions/orchestre/src/leads/rules/score.ts';
import type { ScoringRule } from '../../extensions/orchestre/src/leads/rules/types.ts';
import type { Rules } from '../../extensions/orchestre/src/leads/settings.ts';

type SeedFile = { rows: Record<string, unknown>[] };
const seed = (name: string): SeedFile['rows'] => (parse(readFileSync(new URL(`../../seeds/${name}`, import.meta.url), 'utf8')) as SeedFile).rows;
const blank = { value: null, cap_group: null, cap: null, half_life_days: null };

/** For tests: criteria and settings as shipped. */
export const shippedRules = {
	settings: seed('31-settings.yaml')[0],
	criteria: compileRules(seed('30-scoring-rules.yaml').map((row) => ({ ...blank, ...row }) as ScoringRule)),
} as Rules;

/** Area under the ROC curve: how often a positive case has the higher score; ties count half. */
export function auc(cases: readonly (readonly [score: number, positive: boolean])[]): number {
	const sorted = cases.toSorted((a, b) => a[0] - b[0]);
	let positives = 0;
	let ranks = 0;
	for (let start = 0; start < sorted.length;) {
		let end = start;
		while (end < sorted.length && sorted[end]?.[0] === sorted[start]?.[0]) end++;
		for (const [, positive] of sorted.slice(start, end)) {
			if (!positive) continue;
			positives++;
			ranks += (start + 1 + end) / 2;
		}
		start = end;
	}
	return (ranks - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives));
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
