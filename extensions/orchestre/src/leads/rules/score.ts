import type { CompiledRule, CompiledRules } from './compile.ts';
import type { Fact, LeadFacts } from './facts.ts';
import { dayMs } from '../../platform/time/paris.ts';
import { fold } from '../../platform/text.ts';
import type { LeadSettings, Reason, Score } from './types.ts';

export { compileRules, type CompiledRules, type RuleFault } from './compile.ts';

export type GradeThresholds = Pick<LeadSettings, 'fit_a' | 'fit_b' | 'fit_c' | 'engagement_1' | 'engagement_2' | 'engagement_3'>;

/** `A1` to `D4`: letter of the fit, digit of the engagement. */
export function gradeOf(fit: number, engagement: number, settings: GradeThresholds): string {
	const letter = fit >= settings.fit_a ? 'A' : fit >= settings.fit_b ? 'B' : fit >= settings.fit_c ? 'C' : 'D';
	const digit = engagement >= settings.engagement_1 ? 1 : engagement >= settings.engagement_2 ? 2 : engagement >= settings.engagement_3 ? 3 : 4;
	return `${letter}${digit}`;
}

/**
 * Scores one lead. The points of the reasons of a side sum exactly to that side, and points = fit + engagement: every
 * line is an integer (decay is rounded per line) and what a cap takes away is a negative line of its own.
 * Reasons follow the order of the criteria, caps last; lines that decayed to nothing are left out.
 */
export function scoreLead(facts: LeadFacts, compiled: CompiledRules, settings: GradeThresholds, now: Date): Score {
	const at = now.getTime();
	const met: { index: number; reason: Reason }[] = [];
	const sums = new Int32Array(compiled.caps.length);
	for (const { field, folds, rules } of compiled.fields) {
		const fact = facts[field] ?? null;
		const missing = fact === null || fact === '';
		const folded = folds && typeof fact === 'string' ? fold(fact) : '';
		for (const compiledRule of rules) {
			if (missing ? !compiledRule.onEmpty : !compiledRule.test(fact, folded, at)) continue;
			const reason = reasonOf(compiledRule, missing ? null : fact, facts, at);
			if (!reason) continue;
			met.push({ index: compiledRule.index, reason });
			if (compiledRule.cap >= 0) sums[compiledRule.cap] = (sums[compiledRule.cap] ?? 0) + reason.points;
		}
	}
	met.sort((a, b) => a.index - b.index);
	const reasons = [...met.map(({ reason }) => reason), ...capLines(sums, compiled)];
	let fit = 0;
	let engagement = 0;
	for (const reason of reasons) {
		if (reason.side === 'fit') fit += reason.points;
		else engagement += reason.points;
	}
	return { fit, engagement, points: fit + engagement, grade: gradeOf(fit, engagement, settings), reasons };
}

/** What remains of points whose fact is `age` milliseconds old; halves round away from zero, a date to come is no age. */
export function decayed(points: number, age: number, halfLifeDays: number): number {
	const left = Math.abs(points) * 2 ** (-Math.max(0, age) / (halfLifeDays * dayMs));
	return Math.sign(points) * Math.round(left) || 0;
}

/** Counters whose own date is known. */
const datesOfCounters: Partial<Record<string, 'last_inbound_at' | 'last_meeting_at'>> = {
	interactions_inbound: 'last_inbound_at',
	interactions_meetings: 'last_meeting_at',
};

function dateOf(field: string, fact: Fact, facts: LeadFacts): Date {
	if (fact instanceof Date) return fact;
	const counter = datesOfCounters[field];
	const own = counter ? facts[counter] : null;
	if (own instanceof Date) return own;
	return facts.last_activity_at instanceof Date ? facts.last_activity_at : facts.date_created;
}

function reasonOf({ rule, words }: CompiledRule, fact: Fact, facts: LeadFacts, now: number): Reason | null {
	let points = rule.points;
	let at = fact instanceof Date ? fact : null;
	if (rule.half_life_days !== null) {
		at = dateOf(rule.field, fact, facts);
		points = decayed(points, now - at.getTime(), rule.half_life_days);
	}
	return points === 0 ? null : { rule: rule.id, name: rule.name, side: rule.side, points, fact: words(fact), at: at?.toISOString() ?? null };
}

/** What each group has above its cap, as negative lines. */
function capLines(sums: Int32Array, { caps }: CompiledRules): Reason[] {
	return caps.flatMap(({ side, group, cap }, index) => {
		const over = (sums[index] ?? 0) - cap;
		return over > 0 ? [{ rule: `cap:${group}`, name: `Plafond du groupe « ${group} »`, side, points: -over, fact: null, at: null }] : [];
	});
}
