import { calendar, list } from './views.ts';
import type { DefaultView } from './views.ts';

/** How each collection opens, for whoever has made no choice of their own: the work that is open, what comes first on top. */
export const defaultViews: Record<string, DefaultView> = {
	leads: list('grade:90 display_name:300 status:140 owner:180 source:150 sla_due_at:180 date_created:160', '-date_created'),
	opportunities: {
		...list('name:300 company:220 stage:160 amount_cents:140 probability:130 close_date:140 owner:180', 'close_date'),
		filter: { closed_at: { _null: true } },
	},
	interactions: list('at:150 kind:120 direction:120 subject:300 lead:200 company:200 person:170 owner:170', '-at'),
	campaigns: list('name:300 status:130 channel:150 starts_on:130 ends_on:130 budget_cents:140 owner:180', '-starts_on'),
	contracts: list('name:300 company:220 type:160 status:130 ends_on:130 value_cents:140 owner:180', 'ends_on'),
	commissions: list('label:300 beneficiary_kind:150 status:130 base_cents:140 rate:100 amount_cents:140 earned_on:140', '-earned_on'),
	scoring_rules: list('name:380 side:150 points:100 cap_group:180 half_life_days:150 active:100', 'sort'),
	companies: list('name:280 lifecycle:150 industry:160 size_band:170 city:160 owner:180 phone:170', 'name'),
	people: list('last_name:180 first_name:160 company:240 job_title:220 email:260 phone:170', 'last_name'),
	duplicate_pairs: {
		...list('level:120 kind:130 label:380 reasons:340 proposal:420 sureness:120', '-sureness', 'label'),
		filter: { state: { _eq: 'proposed' } },
	},
	tasks: {
		...list('due_at:150 title:320 status:120 priority:120 kind:120 assignee:170 lead:200 company:200', 'due_at'),
		filter: { status: { _in: ['todo', 'in_progress'] } },
	},
	validation: {
		...list('deadline:170 title:320 kind:150 status:120 amount_cents:140 requester:180 approver:180 company:220', 'deadline'),
		filter: { status: { _eq: 'pending' } },
	},
	documents: list('title:320 type:160 company:220 dated_on:140 expires_on:140 owner:180', '-date_created'),
	teams: list('name:240 kind:160 manager:200 seniority:150 members:260', 'name'),
	products: list('name:300 sku:140 kind:150 price_cents:140 unit:120 vat_rate:110 status:120', 'name'),
	line_items: list('label:320 product:200 quantity:110 unit_price_cents:150 net_cents:140 quote:200 invoice:200', '-date_created'),
	stages: list('name:260 probability:150 target_days:170 winner_days:230 winner_count:200 is_won:120 is_lost:120', 'sort'),
	projects: {
		...list('name:300 company:220 status:140 health:150 progress:130 ends_on:140 manager:180', 'ends_on'),
		filter: { status: { _in: ['planned', 'active', 'on_hold'] } },
	},
	milestones: {
		...list('due_on:140 name:280 project:260 status:150 owner:180', 'due_on'),
		filter: { status: { _nin: ['done', 'cancelled'] } },
	},
	project_templates: list('name:260 kind:150 status:130 priority:90 is_default:110 is_addition:170 seniority:140 support_level:170', 'priority'),
	kpis: list('name:280 domain:150 formula:460 unit:120 direction:170 frequency:170 owner:170', 'sort'),
	targets: list('kpi:280 period_kind:120 period_start:140 scope:130 team:180 owner:180 note:240', '-period_start'),
	reports: list('generated_at:160 title:420 kind:200 status:120 owner:180 file:120', '-generated_at'),
	survey_answers: list('asked_at:160 company:240 kind:200 score:90 comment:360 sentiment:120 project:240 answered_at:160', '-asked_at'),
	tickets: {
		...list('subject:320 company:220 priority:130 status:150 sla_due_at:170 owner:180', '-date_created'),
		filter: { status: { _nin: ['resolved', 'closed'] } },
	},
	quotes: list('number:150 title:280 company:220 status:130 gross_cents:140 valid_until:140 owner:180', '-date_created'),
	invoices: list('number:150 company:240 direction:120 status:160 gross_cents:140 remaining_cents:140 due_date:140 issue_date:140', '-issue_date'),
	payments: list('reference:160 company:240 direction:120 method:150 amount_cents:140 paid_on:140 status:130', '-paid_on'),
	expenses: list('label:280 category:160 owner:180 gross_cents:140 spent_on:140 status:150', '-spent_on'),
	subscriptions: list('name:300 company:220 status:130 mrr_cents:150 renewal_on:150 next_invoice_on:170', 'company.name'),
	time_tracking: list('worked_on:140 owner:180 project:240 activity:170 minutes:110 billable:120 status:140', '-worked_on'),
	resources: list('project:260 owner:180 person:180 role:180 starts_on:130 ends_on:130 allocation_rate:140', 'starts_on'),
	planning: calendar('{{title}}', 'starts_at', 'ends_at', 'timeGridWeek'),
	absences: list('user:220 kind:150 starts_on:140 ends_on:140 comment:300', '-starts_on'),
	team_absences: calendar('{{user.first_name}} {{user.last_name}}', 'starts_on', 'ends_on'),
	handovers: list('label:340 state:140 leaver:180 taker:180 summary:420 done_at:160', '-date_created'),
	stage_changes: list('at:170 opportunity:300 from_stage:180 to_stage:180 amount_cents:140 by:180', '-at'),
	sequences: list('name:320 status:130 target:140 starts_on:240 priority:100 owner:180', 'priority'),
	message_templates: list('name:320 channel:130 status:140 purpose:180 language:120 consent:200', 'name'),
	sequence_runs: list('sequence:260 state:150 lead:240 person:200 owner:180 next_at:170 stop_reason:200 error:320', '-started_at'),
	imports: list('name:300 target:140 state:160 rows_total:110 rows_good:140 rows_bad:150 date_created:150', '-date_created'),
	alerts: {
		...list('severity:130 title:360 kind:190 value_cents:140 assignee:180 opportunity:240 date_created:160', '-date_created'),
		filter: { state: { _eq: 'open' } },
	},
	insights: {
		...list('title:340 kind:180 recommended_action:380 expected_value_cents:150 owner:180 computed_at:160', '-computed_at'),
		filter: { state: { _eq: 'open' } },
	},
	integrations: list('name:220 state:170 enabled:100 last_success_at:170 last_error:360 calls_today:120', 'sort'),
	jobs: list('label:360 state:130 error:360 attempts:120 due_at:170 ended_at:170', '-date_created'),
	models: list('name:220 version:90 status:130 verdict:520 row_count:90 trained_at:170', '-trained_at'),
};
