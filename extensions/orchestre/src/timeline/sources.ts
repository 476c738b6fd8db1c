import type { Kind } from './rules/types.ts';

/** Sets of ids that belong to the record of the form; a source looks for rows that point into one of them. */
export const reaches = ['leads', 'companies', 'people', 'opportunities', 'deals', 'quotes', 'appointments'] as const;
export type Reach = (typeof reaches)[number];

/**
 * What of one collection is told, and when: `at` is the column of the moment (`day`: a date without time), `also` what must hold
 * besides. `by` says which column points into which set. `deals` are all the deals of the record, `opportunities` those whose every
 * exchange belongs to it: what a colleague of a contact says in the same deal is not the contact's.
 */
export type Source = {
	source: string;
	kind: Kind;
	collection: string;
	at: string;
	day?: true;
	also?: Record<string, unknown>;
	fields: readonly string[];
	/** Columns that point to one row each, of which the reader gets the name. */
	links: Readonly<Record<string, LinkTarget>>;
	by: Readonly<Record<string, Reach>>;
};

/** Where links lead, and which fields make the name there. */
export const linkTargets = {
	directus_users: ['first_name', 'last_name'],
	people: ['first_name', 'last_name'],
	leads: ['display_name'],
	opportunities: ['name'],
	companies: ['name'],
	stages: ['name'],
} as const;
export type LinkTarget = keyof typeof linkTargets;

const owner = { owner: 'directus_users' } as const;
const deal = { opportunity: 'opportunities' } as const;
const leadAndDeal = { lead: 'leads', ...deal } as const;

const task = {
	kind: 'task',
	collection: 'tasks',
	fields: ['title', 'status', 'priority', 'kind', 'due_at', 'outcome', 'description'],
	links: { assignee: 'directus_users', ...leadAndDeal, company: 'companies' },
	by: { lead: 'leads', opportunity: 'deals', company: 'companies' },
} as const;
const quote = {
	kind: 'quote',
	collection: 'quotes',
	fields: ['number', 'version', 'title', 'status', 'net_cents', 'currency', 'valid_until'],
	links: { ...owner, ...deal },
	by: { company: 'companies', contact: 'people', opportunity: 'deals' },
} as const;
const contract = {
	kind: 'quote',
	collection: 'contracts',
	fields: ['name', 'reference', 'status', 'value_cents', 'ends_on'],
	links: { ...owner, ...deal },
	by: { company: 'companies', signatory: 'people', opportunity: 'deals' },
} as const;
const invoice = {
	kind: 'invoice',
	collection: 'invoices',
	fields: ['number', 'title', 'type', 'direction', 'status', 'gross_cents', 'remaining_cents', 'currency', 'due_date'],
	links: owner,
	by: { company: 'companies', contact: 'people', quote: 'quotes' },
} as const;
const document = {
	kind: 'document',
	collection: 'documents',
	fields: ['title', 'type', 'description'],
	links: { ...owner, ...deal },
	by: { company: 'companies', person: 'people', opportunity: 'deals' },
} as const;
const open = { status: { _in: ['todo', 'in_progress'] } };
const here = { _or: [{ archived: { _eq: false } }, { archived: { _null: true } }] };

/** Everything that a timeline tells. Where a date may be missing, a second source tells the rest by the day it was written. */
export const sources: readonly Source[] = [
	{
		source: 'interaction',
		kind: 'interaction',
		collection: 'interactions',
		at: 'at',
		fields: ['kind', 'direction', 'subject', 'summary', 'summary_source', 'sentiment', 'sentiment_source', 'outcome', 'duration_minutes'],
		links: { ...owner, person: 'people', ...leadAndDeal },
		by: { lead: 'leads', company: 'companies', person: 'people', opportunity: 'opportunities' },
	},
	{ ...task, source: 'task-due', at: 'due_at', also: open },
	{ ...task, source: 'task-done', at: 'done_at', also: { status: { _eq: 'done' } } },
	{ ...task, source: 'task-open', at: 'date_created', also: { ...open, due_at: { _null: true } } },
	{ ...task, source: 'task-old', at: 'date_created', also: { status: { _eq: 'done' }, done_at: { _null: true } } },
	{
		source: 'meeting',
		kind: 'meeting',
		collection: 'planning',
		at: 'starts_at',
		also: { status: { _neq: 'cancelled' } },
		fields: ['title', 'kind', 'status', 'ends_at', 'all_day', 'location', 'description', 'outcome'],
		links: { ...owner, ...leadAndDeal },
		by: { company: 'companies', lead: 'leads', opportunity: 'opportunities', id: 'appointments' },
	},
	{
		source: 'deal-opened',
		kind: 'deal',
		collection: 'opportunities',
		at: 'date_created',
		fields: ['name', 'amount_cents'],
		links: { ...owner, stage: 'stages' },
		by: { id: 'deals' },
	},
	{
		source: 'deal-moved',
		kind: 'deal',
		collection: 'stage_changes',
		at: 'at',
		also: { from_stage: { _nnull: true } },
		fields: ['amount_cents'],
		links: { from_stage: 'stages', to_stage: 'stages', by: 'directus_users', ...deal },
		by: { opportunity: 'deals' },
	},
	{
		source: 'lead-received',
		kind: 'deal',
		collection: 'leads',
		at: 'date_created',
		fields: ['display_name', 'source', 'grade', 'status', 'need'],
		links: owner,
		by: { id: 'leads' },
	},
	{
		source: 'lead-converted',
		kind: 'deal',
		collection: 'leads',
		at: 'converted_at',
		fields: ['display_name'],
		links: { ...owner, converted_opportunity: 'opportunities' },
		by: { id: 'leads' },
	},
	{ ...quote, source: 'quote', at: 'issue_date', day: true },
	{ ...quote, source: 'quote-draft', at: 'date_created', also: { issue_date: { _null: true } } },
	{ ...contract, source: 'contract', at: 'signed_on', day: true },
	{ ...contract, source: 'contract-draft', at: 'date_created', also: { signed_on: { _null: true } } },
	{ ...invoice, source: 'invoice', at: 'issue_date', day: true },
	{ ...invoice, source: 'invoice-draft', at: 'date_created', also: { issue_date: { _null: true } } },
	{
		source: 'ticket',
		kind: 'ticket',
		collection: 'tickets',
		at: 'date_created',
		fields: ['subject', 'status', 'priority', 'description', 'sla_due_at', 'resolved_at'],
		links: { ...owner, contact: 'people' },
		by: { company: 'companies', contact: 'people' },
	},
	{ ...document, source: 'document', at: 'dated_on', day: true, also: here },
	{ ...document, source: 'document-undated', at: 'date_created', also: { ...here, dated_on: { _null: true } } },
];
