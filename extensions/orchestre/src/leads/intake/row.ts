import { dateOrNull } from '../../platform/columns.ts';
import { parseJson, toDate } from '../../platform/directus.ts';
import { dateFields } from '../fields.ts';
import type { Assignment, Lead, LeadStatus, Reason } from '../rules/types.ts';

/** In which counter of `workloads` a lead stands, and for whom; null for neither. */
export type Counted = { as: 'open' | 'converted' | 'lost'; for: string } | null;

/** A lead's row: what the rules read, and what the last treatment left. */
export type LeadRow = Lead & {
	owner: string | null;
	team: string | null;
	display_name: string | null;
	company_key: string | null;
	email_domain: string | null;
	duplicate_of: string | null;
	duplicate_reason: string | null;
	fit_points: number | null;
	engagement_points: number | null;
	points: number | null;
	grade: string | null;
	reasons: Reason[] | null;
	scored_at: Date | null;
	rules_version: number | null;
	assignment: Assignment | null;
	assigned_at: Date | null;
	sla_due_at: Date | null;
	first_contact_at: Date | null;
	status_since: Date | null;
	closed_at: Date | null;
	escalation_level: number;
	treated_status: LeadStatus | null;
	counted: Counted;
};

const treatedDates = ['scored_at', 'assigned_at', 'sla_due_at', 'first_contact_at', 'status_since', 'closed_at'] as const;

/** A row as knex reads it, with dates and json as values on both databases. */
export function toLeadRow(raw: Record<string, unknown>): LeadRow {
	const row: Record<string, unknown> = { ...raw, date_created: toDate(raw.date_created as Date | number | string) };
	for (const field of [...dateFields, ...treatedDates]) row[field] = dateOrNull(raw[field]);
	row.reasons = parseJson(raw.reasons);
	row.assignment = parseJson(raw.assignment);
	row.counted = raw.counted_as ? { as: raw.counted_as, for: raw.counted_for } : null;
	return row as LeadRow;
}

/** The columns that a treatment may change, as they are written. */
export function toColumns(row: LeadRow): Record<string, unknown> {
	return {
		owner: row.owner,
		team: row.team,
		size_band: row.size_band,
		display_name: row.display_name,
		company_key: row.company_key,
		email_domain: row.email_domain,
		duplicate_of: row.duplicate_of,
		duplicate_reason: row.duplicate_reason,
		fit_points: row.fit_points,
		engagement_points: row.engagement_points,
		points: row.points,
		grade: row.grade,
		reasons: row.reasons && JSON.stringify(row.reasons),
		scored_at: row.scored_at,
		rules_version: row.rules_version,
		assignment: row.assignment && JSON.stringify(row.assignment),
		assigned_at: row.assigned_at,
		sla_due_at: row.sla_due_at,
		first_contact_at: row.first_contact_at,
		status_since: row.status_since,
		closed_at: row.closed_at,
		escalation_level: row.escalation_level,
		treated_status: row.treated_status,
		counted_as: row.counted?.as ?? null,
		counted_for: row.counted?.for ?? null,
	};
}

/** Their types. */
export const leadTypes = {
	id: 'uuid',
	owner: 'uuid',
	team: 'uuid',
	size_band: 'text',
	display_name: 'text',
	company_key: 'text',
	email_domain: 'text',
	duplicate_of: 'uuid',
	duplicate_reason: 'text',
	fit_points: 'integer',
	engagement_points: 'integer',
	points: 'integer',
	grade: 'text',
	reasons: 'json',
	scored_at: 'timestamptz',
	rules_version: 'integer',
	assignment: 'json',
	assigned_at: 'timestamptz',
	sla_due_at: 'timestamptz',
	first_contact_at: 'timestamptz',
	status_since: 'timestamptz',
	closed_at: 'timestamptz',
	escalation_level: 'integer',
	treated_status: 'text',
	counted_as: 'text',
	counted_for: 'uuid',
} as const;
