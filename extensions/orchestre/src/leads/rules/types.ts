/** Shapes that the rules of the leads room share. Rules are pure: dates come in as arguments, nothing here knows Directus. */

export type LeadStatus = 'new' | 'contacted' | 'qualified' | 'nurturing' | 'converted' | 'lost';

/** Statuses in which a lead counts in its owner's load. A lead left to ripen asks for no daily work. */
export const workedStatuses: readonly LeadStatus[] = ['new', 'contacted', 'qualified'];
export const closedStatuses: readonly LeadStatus[] = ['converted', 'lost'];

/** A lead as it stands in the database, dates already parsed. Money in cents. */
export type Lead = {
	id: string;
	status: LeadStatus;
	first_name: string | null;
	last_name: string | null;
	email: string | null;
	phone: string | null;
	job_title: string | null;
	decision_role: string | null;
	language: string | null;
	linkedin: string | null;
	person: string | null;
	company_name: string | null;
	siren: string | null;
	company: string | null;
	website: string | null;
	industry: string | null;
	size_band: string | null;
	employees: number | null;
	revenue_keur: number | null;
	region: string | null;
	city: string | null;
	country: string | null;
	need: string | null;
	product: string | null;
	budget_cents: number | null;
	timing: string | null;
	current_solution: string | null;
	source: string | null;
	campaign: string | null;
	reseller: string | null;
	email_consent: string | null;
	phone_consent: string | null;
	pages_viewed: number | null;
	emails_opened: number | null;
	emails_clicked: number | null;
	content_downloads: number | null;
	pricing_viewed_at: Date | null;
	demo_requested_at: Date | null;
	trial_started_at: Date | null;
	webinar_attended_at: Date | null;
	last_activity_at: Date | null;
	date_created: Date;
};

/** What is known beside the lead's own row when it is scored. */
export type Surroundings = {
	/** Kind of the account that the lead's `company` is, or that its SIREN or domain points at. */
	account: 'client' | 'prospect' | 'partner' | 'none';
	interactions: { inbound: number; meetings: number; lastInboundAt: Date | null; lastMeetingAt: Date | null };
};

export type Operator =
	'equals' | 'not_equals' | 'one_of' | 'contains' | 'at_least' | 'at_most' | 'between' | 'filled' | 'empty' | 'within_days' | 'older_than_days';

/** One row of scoring_rules. */
export type ScoringRule = {
	id: string;
	name: string;
	side: 'fit' | 'engagement';
	field: string;
	operator: Operator;
	value: string | null;
	points: number;
	cap_group: string | null;
	cap: number | null;
	half_life_days: number | null;
};

/** One line of the explanation; the points of all lines sum exactly to the score. */
export type Reason = {
	/** Id of the rule, or `cap:<group>` for what a cap took away. */
	rule: string;
	name: string;
	side: 'fit' | 'engagement';
	points: number;
	/** The fact that met the rule, in words for people ("12 salariés"); null for caps. */
	fact: string | null;
	/** Date of the fact that decays, ISO; null when there is none. */
	at: string | null;
};

export type Score = { fit: number; engagement: number; points: number; grade: string; reasons: Reason[] };

export type FollowUpStep = {
	grades: string[];
	title: string;
	kind: 'call' | 'email' | 'meeting' | 'review' | 'todo';
	priority: 'urgent' | 'high' | 'normal' | 'low';
	delay: number;
	unit: 'minutes' | 'days';
};

/** The singleton `settings`, as the rules need it. */
export type LeadSettings = {
	scoring_enabled: boolean;
	assignment_enabled: boolean;
	follow_up_enabled: boolean;
	fit_a: number;
	fit_b: number;
	fit_c: number;
	engagement_1: number;
	engagement_2: number;
	engagement_3: number;
	weight_load: number;
	weight_expertise: number;
	weight_performance: number;
	weight_availability: number;
	default_capacity: number;
	newcomer_days: number;
	/** Basis points. */
	newcomer_share: number;
	performance_prior: number;
	follow_up_plan: FollowUpStep[];
	/** Working minutes. */
	sla_a: number;
	sla_b: number;
	sla_c: number;
	sla_d: number;
	escalation_grace: number;
	/** "HH:MM:SS", Paris time. */
	opens_at: string;
	closes_at: string;
	alsace_moselle: boolean;
	rules_version: number;
};

/** Somebody who may get leads. Expertise is the person's own or, when empty, the team's. */
export type Candidate = {
	user: string;
	name: string;
	team: string | null;
	openLeads: number;
	capacity: number;
	convertedLeads: number;
	lostLeads: number;
	lastAssignedAt: Date | null;
	hiredOn: string | null;
	industries: string[];
	sizes: string[];
	regions: string[];
	languages: string[];
	/** 1 (Monday) to 7. */
	workingDays: number[];
	/** ISO dates, both included. */
	absences: { from: string; to: string }[];
};

/** What one candidate weighed; parts are 0 to 1, `total` is their weighted mean. */
export type CandidateFigures = {
	user: string;
	name: string;
	load: number;
	expertise: number;
	performance: number;
	availability: number;
	total: number;
	openLeads: number;
	capacity: number;
	/** Why the candidate was left out, in French; null when in the running. */
	excluded: string | null;
};

/** The decision kept on the lead (`assignment`). */
export type Assignment = {
	owner: string | null;
	/** How it was decided. */
	kind: 'manual' | 'continuity' | 'newcomer' | 'best' | 'none' | 'off' | 'escalation';
	/** One sentence in French for people. */
	sentence: string;
	at: string;
	candidates: CandidateFigures[];
};

/** A first task to create for a lead. */
export type PlannedTask = { title: string; kind: FollowUpStep['kind']; priority: FollowUpStep['priority']; dueAt: Date; originKey: string };
