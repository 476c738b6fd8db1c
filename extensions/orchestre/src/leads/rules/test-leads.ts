import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Candidate, Lead, LeadSettings, ScoringRule, Surroundings } from './types.ts';

/** Builders and shipped data for the tests of this folder. */

const root = join(import.meta.dirname, '../../../../..');
export const readYaml = (path: string): unknown => parse(readFileSync(join(root, path), 'utf8'));

const seededRows = (path: string): Record<string, unknown>[] => (readYaml(path) as { rows: Record<string, unknown>[] }).rows;

export const seededRules = (): ScoringRule[] =>
	seededRows('seeds/30-scoring-rules.yaml').map((row) => ({ value: null, cap_group: null, cap: null, half_life_days: null, ...row }) as unknown as ScoringRule);

const shipped = seededRows('seeds/31-settings.yaml')[0] as unknown as LeadSettings;

/** The settings as shipped, with changes. */
export const settings = (changes: Partial<LeadSettings> = {}): LeadSettings => ({ ...shipped, ...changes });

/** A working Monday, 10:00 in Paris. */
export const monday = new Date('2026-11-23T09:00:00Z');

const emptyLead: Lead = {
	id: 'lead-1',
	status: 'new',
	first_name: null,
	last_name: null,
	email: null,
	phone: null,
	job_title: null,
	decision_role: null,
	language: null,
	linkedin: null,
	person: null,
	company_name: null,
	siren: null,
	company: null,
	website: null,
	industry: null,
	size_band: null,
	employees: null,
	revenue_keur: null,
	region: null,
	city: null,
	country: null,
	need: null,
	product: null,
	budget_cents: null,
	timing: null,
	current_solution: null,
	source: null,
	campaign: null,
	reseller: null,
	email_consent: null,
	phone_consent: null,
	pages_viewed: null,
	emails_opened: null,
	emails_clicked: null,
	content_downloads: null,
	pricing_viewed_at: null,
	demo_requested_at: null,
	trial_started_at: null,
	webinar_attended_at: null,
	last_activity_at: null,
	date_created: monday,
};

export const lead = (changes: Partial<Lead> = {}): Lead => ({ ...emptyLead, ...changes });

export const alone: Surroundings = { account: 'none', interactions: { inbound: 0, meetings: 0, lastInboundAt: null, lastMeetingAt: null } };

export const rule = (changes: Partial<ScoringRule>): ScoringRule => ({
	id: 'rule-1',
	name: 'Critère',
	side: 'fit',
	field: 'industry',
	operator: 'equals',
	value: null,
	points: 10,
	cap_group: null,
	cap: null,
	half_life_days: null,
	...changes,
});

export const candidate = (changes: Partial<Candidate> = {}): Candidate => ({
	user: 'user-1',
	name: 'Léa Martin',
	team: null,
	openLeads: 0,
	capacity: 10,
	convertedLeads: 0,
	lostLeads: 0,
	lastAssignedAt: null,
	hiredOn: '2020-01-06',
	industries: [],
	sizes: [],
	regions: [],
	languages: ['fr'],
	workingDays: [1, 2, 3, 4, 5],
	absences: [],
	...changes,
});

export const daysBefore = (date: Date, days: number): Date => new Date(date.getTime() - days * 86_400_000);
