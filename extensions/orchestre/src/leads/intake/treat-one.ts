import { isDeepStrictEqual } from 'node:util';
import { leadFacts } from '../rules/facts.ts';
import { companyKey, displayName, emailDomain } from '../rules/normalise.ts';
import { planFollowUp } from '../rules/follow-up.ts';
import { scoreLead } from '../rules/score.ts';
import { sizeBand } from '../../platform/input/size-band.ts';
import { closedStatuses, workedStatuses, type PlannedTask } from '../rules/types.ts';
import type { Rules } from '../settings.ts';
import type { Counted, LeadRow } from './row.ts';
import type { Context } from './surroundings.ts';

/** Names and keys that follow from the row's own values. */
export function derive(row: LeadRow): void {
	if (row.size_band === null && row.employees !== null) row.size_band = sizeBand(row.employees);
	row.display_name = displayName(row);
	row.company_key = companyKey(row.company_name);
	row.email_domain = emailDomain(row.email);
}

/** Status, its date and the first contact. Returns the status it came from when it changed. */
export function followStatus(row: LeadRow, firstOutboundAt: Date | null, now: Date): string | null {
	const before = row.treated_status;
	const changed = before !== row.status;
	if (changed) {
		row.status_since = now;
		row.closed_at = closedStatuses.includes(row.status) ? now : null;
		row.treated_status = row.status;
	}
	const moved = changed && before !== null && row.status !== 'new' && row.status !== 'lost';
	row.first_contact_at ??= firstOutboundAt ?? (moved ? now : null);
	return changed ? before : null;
}

/**
 * Scores the row. True when points, grade or reasons differ from what it had. A converted lead keeps the score it was converted
 * with: the company that its conversion made says nothing about the lead.
 */
export function score(row: LeadRow, context: Context, rules: Rules, now: Date): boolean {
	if (!rules.settings.scoring_enabled || (row.status === 'converted' && row.grade)) return false;
	const result = scoreLead(leadFacts(row, context.surroundings), rules.criteria, rules.settings, now);
	const same = row.points === result.points && row.grade === result.grade && row.fit_points === result.fit && isDeepStrictEqual(row.reasons, result.reasons);
	Object.assign(row, {
		fit_points: result.fit,
		engagement_points: result.engagement,
		points: result.points,
		grade: result.grade,
		reasons: result.reasons,
		rules_version: rules.settings.rules_version,
	});
	if (!same || !row.scored_at) row.scored_at = now;
	return !same;
}

/** Where the lead belongs among its owner's counters. */
export function counterOf(row: LeadRow): Counted {
	if (!row.owner) return null;
	if (row.status === 'converted' || row.status === 'lost') return { as: row.status, for: row.owner };
	return workedStatuses.includes(row.status) ? { as: 'open', for: row.owner } : null;
}

/** Whether owner or counter must change, and so the candidates' counters be locked. */
export function isUnsettled(row: LeadRow, wanted: boolean): boolean {
	const counter = counterOf(row);
	return wanted || row.owner !== (row.assignment?.owner ?? null) || row.counted?.as !== counter?.as || row.counted?.for !== counter?.for;
}

/** First tasks and the date of the first contact owed; none for a lead that arrives closed. */
export function followUp(row: LeadRow, rules: Rules, now: Date): PlannedTask[] {
	if (closedStatuses.includes(row.status) || !row.grade) return [];
	const plan = planFollowUp(row, row.grade, rules.settings, now);
	row.sla_due_at = plan.slaDueAt;
	return rules.settings.follow_up_enabled ? plan.tasks : [];
}
