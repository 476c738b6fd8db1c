import type { JsonObject } from '../../scripts/schema/snapshot.ts';
import type { RoleKey } from '../ids.ts';
import { board, calendar, list } from './views.ts';
import type { View } from './views.ts';

export type Bookmark = { name: string; collection: string; icon: string; filter: JsonObject; view: View; /** Seconds between two looks. */ refresh?: number };

const me = '$CURRENT_USER';
const all = (...rules: JsonObject[]): JsonObject => ({ _and: rules });
const is = (field: string, ...values: (string | boolean)[]): JsonObject => ({ [field]: values.length === 1 ? { _eq: values[0] ?? null } : { _in: values } });
const isNot = (field: string, ...values: string[]): JsonObject => ({ [field]: { _nin: values } });
const empty = (field: string): JsonObject => ({ [field]: { _null: true } });
const before = (field: string, moment = '$NOW'): JsonObject => ({ [field]: { _lt: moment } });

const openLead = is('status', 'new', 'contacted', 'qualified', 'nurturing');
const openTask = is('status', 'todo', 'in_progress');
const openDeal = empty('closed_at');
const closedLately: JsonObject = { _or: [openDeal, { closed_at: { _gte: '$NOW(-30 days)' } }] };
const unpaid = is('status', 'issued', 'sent', 'partly_paid', 'disputed');
const sale = is('direction', 'sale');

const leadList = 'grade:90 display_name:300 status:140 sla_due_at:180 phone:160 email:240 source:150';
const teamLeadList = 'grade:90 display_name:300 status:140 owner:180 sla_due_at:180 source:150 date_created:160';
const taskList = 'due_at:170 title:340 priority:130 kind:130 lead:220 opportunity:220 company:220';
const deliveryTaskList = 'due_at:170 title:340 priority:130 kind:130 project:220 milestone:220 company:220';
const invoiceList = 'number:150 company:260 status:160 gross_cents:140 remaining_cents:140 paid_cents:140 due_date:140';
const leadBoard = board('status', { title: 'display_name', text: 'grade', date: 'sla_due_at', user: 'owner' });
const dealBoard = board('stage', { title: 'name', text: 'amount_cents', date: 'close_date', user: 'owner', groupTitle: 'name' });
const dangerList = 'name:280 company:200 stage:150 amount_cents:130 at_risk_cents:130 close_date:130 stalled_since:150';
const agenda = calendar('{{title}}', 'starts_at', 'ends_at', 'timeGridWeek');

const myTasks = (number: number, columns = taskList): Bookmark => ({
	name: `${number}. Mes tâches`,
	collection: 'tasks',
	icon: 'today',
	filter: all(is('assignee', me), openTask, before('due_at', '$NOW(+1 day)')),
	view: list(columns, 'due_at'),
	refresh: 300,
});
const myAgenda = (number: number): Bookmark => ({
	name: `${number}. Mon agenda`,
	collection: 'planning',
	icon: 'calendar_month',
	filter: is('owner', me),
	view: agenda,
});

const inDanger = (number: number, whose: JsonObject | null, columns = dangerList): Bookmark => ({
	name: `${number}. En danger`,
	collection: 'opportunities',
	icon: 'thunderstorm',
	filter: all(...(whose ? [whose] : []), openDeal, is('health', 'bad')),
	view: list(columns, '-at_risk_cents'),
});

const clientsAtRisk = (number: number): Bookmark => ({
	name: `${number}. À risque`,
	collection: 'companies',
	icon: 'monitor_heart',
	filter: all(is('is_client', true), { _or: [is('health_band', 'red', 'watch'), { churn_risk: { _gte: 50 } }] }),
	view: list(`churn_risk:120 health_band:150 health_score:100 health_trend:120 name:300 owner:170 client_since:150 phone:160`, '-churn_risk'),
});

/** Each role's day, in the order of the day. Rights decide which rows come: a manager's leads are the team's. */
export const bookmarks: Partial<Record<RoleKey, Bookmark[]>> = {
	administrator: [
		{
			name: '1. En échec',
			collection: 'jobs',
			icon: 'error',
			filter: is('state', 'failed'),
			view: list('label:360 error:420 attempts:120 ended_at:170', '-ended_at'),
			refresh: 60,
		},
		{
			name: '2. À attribuer',
			collection: 'leads',
			icon: 'person_off',
			filter: all(openLead, empty('owner')),
			view: list(teamLeadList, 'sla_due_at'),
		},
		{
			name: '3. Critères',
			collection: 'scoring_rules',
			icon: 'rule',
			filter: is('active', true),
			view: list('name:380 side:150 points:100 cap_group:180 half_life_days:150', 'side', '-points'),
		},
		{
			name: '4. Doublons',
			collection: 'duplicate_pairs',
			icon: 'join_inner',
			filter: is('state', 'proposed'),
			view: list('level:120 kind:130 label:380 reasons:340 proposal:420 sureness:120', '-sureness', 'label'),
		},
	],
	direction: [
		{ name: '1. Pipeline', collection: 'opportunities', icon: 'view_kanban', filter: closedLately, view: dealBoard },
		{
			name: '2. À signer',
			collection: 'opportunities',
			icon: 'event_available',
			filter: all(openDeal, before('close_date', '$NOW(+1 month)')),
			view: list('close_date:140 name:300 company:220 stage:160 amount_cents:140 probability:130 owner:180', 'close_date'),
		},
		{ name: '3. Leads chauds', collection: 'leads', icon: 'stars', filter: openLead, view: list(teamLeadList, '-points') },
		{
			name: '4. Impayés',
			collection: 'invoices',
			icon: 'running_with_errors',
			filter: all(sale, unpaid, before('due_date')),
			view: list(invoiceList, 'due_date'),
		},
		{
			name: '5. Clients',
			collection: 'companies',
			icon: 'domain',
			filter: is('is_client', true),
			view: list('name:280 health_band:150 health_score:100 lifecycle:150 client_since:150 support_level:150 owner:180', 'health_score', 'name'),
		},
		{
			name: '6. En cours',
			collection: 'projects',
			icon: 'construction',
			filter: is('status', 'active'),
			view: list('name:300 company:220 health:150 progress:130 ends_on:140 manager:180', 'ends_on'),
		},
		inDanger(7, null, `owner:170 ${dangerList}`),
	],
	manager: [
		{ name: '1. Mon équipe', collection: 'leads', icon: 'groups', filter: openLead, view: list(teamLeadList, 'sla_due_at'), refresh: 60 },
		{
			name: '2. À attribuer',
			collection: 'leads',
			icon: 'person_off',
			filter: all(openLead, empty('owner')),
			view: list(teamLeadList, '-date_created'),
			refresh: 60,
		},
		{
			name: '3. Hors délai',
			collection: 'leads',
			icon: 'alarm',
			filter: all(openLead, empty('first_contact_at'), before('sla_due_at')),
			view: list(teamLeadList, 'sla_due_at'),
			refresh: 60,
		},
		{ name: '4. Pipeline', collection: 'opportunities', icon: 'view_kanban', filter: closedLately, view: dealBoard },
		{
			name: '5. En retard',
			collection: 'tasks',
			icon: 'assignment_late',
			filter: all(openTask, before('due_at')),
			view: list('due_at:170 title:340 assignee:180 priority:130 lead:220 opportunity:220', 'due_at'),
		},
		{ name: '6. Agenda', collection: 'planning', icon: 'calendar_month', filter: { team: { _eq: '$CURRENT_USER.team' } }, view: agenda },
		inDanger(7, null, `owner:170 ${dangerList}`),
		clientsAtRisk(8),
	],
	commercial: [
		{
			name: '1. À traiter',
			collection: 'leads',
			icon: 'person_search',
			filter: all(is('owner', me), is('status', 'new', 'contacted')),
			view: list(leadList, 'sla_due_at'),
			refresh: 60,
		},
		myTasks(2),
		{ name: '3. Pipeline', collection: 'opportunities', icon: 'view_kanban', filter: all(is('owner', me), closedLately), view: dealBoard },
		{ name: '4. Par statut', collection: 'leads', icon: 'view_column', filter: all(is('owner', me), openLead), view: leadBoard },
		{
			name: '5. À prendre',
			collection: 'leads',
			icon: 'pan_tool',
			filter: all(openLead, empty('owner')),
			view: list(leadList, '-date_created'),
			refresh: 60,
		},
		myAgenda(6),
		inDanger(7, is('owner', me)),
	],
	finance: [
		{
			name: '1. En retard',
			collection: 'invoices',
			icon: 'running_with_errors',
			filter: all(sale, unpaid, before('due_date')),
			view: list(invoiceList, 'due_date'),
		},
		{ name: '2. À encaisser', collection: 'invoices', icon: 'payments', filter: all(sale, unpaid), view: list(invoiceList, 'due_date') },
		{
			name: '3. À valider',
			collection: 'expenses',
			icon: 'receipt_long',
			filter: is('status', 'submitted'),
			view: list('spent_on:140 owner:180 label:280 category:160 gross_cents:140 vat_cents:130 receipt:120', 'spent_on'),
		},
		{
			name: '4. Acceptés',
			collection: 'quotes',
			icon: 'task_alt',
			filter: is('status', 'accepted'),
			view: list('number:150 title:280 company:220 gross_cents:140 deposit_cents:140 accepted_at:160', '-accepted_at'),
		},
		{
			name: '5. À facturer',
			collection: 'subscriptions',
			icon: 'autorenew',
			filter: all(is('status', 'active'), before('next_invoice_on', '$NOW(+7 days)')),
			view: list('next_invoice_on:170 name:300 company:220 period_net_cents:150 period:120', 'next_invoice_on'),
		},
		{
			name: '6. À payer',
			collection: 'commissions',
			icon: 'handshake',
			filter: is('status', 'approved'),
			view: list('earned_on:140 label:300 reseller:220 owner:180 amount_cents:140', 'earned_on'),
		},
	],
	success: [
		myTasks(1),
		{
			name: '2. Ouverts',
			collection: 'tickets',
			icon: 'view_kanban',
			filter: isNot('status', 'closed'),
			view: board('status', { title: 'subject', text: 'priority', date: 'sla_due_at', user: 'owner' }),
		},
		{
			name: '3. Démarrages',
			collection: 'projects',
			icon: 'rocket_launch',
			filter: all(is('kind', 'onboarding'), is('status', 'planned', 'active')),
			view: list('name:300 company:220 status:140 health:150 progress:130 ends_on:140 manager:180', 'ends_on'),
		},
		{
			name: '4. À venir',
			collection: 'milestones',
			icon: 'flag',
			filter: all(isNot('status', 'done', 'cancelled'), before('due_on', '$NOW(+14 days)')),
			view: list('due_on:140 name:280 project:260 status:150 owner:180', 'due_on'),
		},
		{
			name: '5. Clients',
			collection: 'companies',
			icon: 'domain',
			filter: is('lifecycle', 'onboarding', 'active', 'at_risk'),
			view: list('name:280 health_band:150 lifecycle:150 client_since:150 support_level:150 owner:180 phone:170', 'name'),
		},
		{
			name: '6. À renouveler',
			collection: 'subscriptions',
			icon: 'event_repeat',
			filter: all(is('status', 'active'), { renewal_on: { _between: ['$NOW', '$NOW(+90 days)'] } }),
			view: list('renewal_on:150 name:300 company:220 mrr_cents:150 auto_renew:150', 'renewal_on'),
		},
		clientsAtRisk(7),
	],
	operations: [
		{
			name: '1. Par statut',
			collection: 'projects',
			icon: 'view_kanban',
			filter: isNot('status', 'cancelled'),
			view: board('status', { title: 'name', text: 'health', date: 'ends_on', user: 'manager' }),
		},
		myTasks(2, deliveryTaskList),
		{
			name: '3. En retard',
			collection: 'milestones',
			icon: 'flag',
			filter: all(isNot('status', 'done', 'cancelled'), before('due_on')),
			view: list('due_on:140 name:280 project:260 status:150 owner:180', 'due_on'),
		},
		{
			name: '4. À valider',
			collection: 'time_tracking',
			icon: 'timer',
			filter: is('status', 'submitted'),
			view: list('worked_on:140 owner:180 project:240 activity:170 minutes:110 billable:120', 'worked_on'),
		},
		{ name: '5. Planning', collection: 'planning', icon: 'calendar_month', filter: isNot('status', 'cancelled'), view: agenda },
		{
			name: '6. En cours',
			collection: 'resources',
			icon: 'group_work',
			filter: all(isNot('status', 'cancelled'), { ends_on: { _gte: '$NOW' } }),
			view: list('project:260 owner:180 person:180 role:180 starts_on:130 ends_on:130 allocation_rate:140', 'starts_on'),
		},
	],
	reseller: [
		{
			name: '1. Mes leads',
			collection: 'leads',
			icon: 'person_search',
			filter: isNot('status', 'converted', 'lost'),
			view: list('display_name:320 status:150 grade:90 date_created:160 first_contact_at:170', '-date_created'),
		},
		{
			name: '2. Convertis',
			collection: 'leads',
			icon: 'check_circle',
			filter: is('status', 'converted'),
			view: list('display_name:320 grade:90 converted_at:160 date_created:160', '-converted_at'),
		},
		{
			name: '3. Commissions',
			collection: 'commissions',
			icon: 'payments',
			filter: {},
			view: list('label:300 status:130 base_cents:140 rate:100 amount_cents:140 earned_on:140 paid_on:140', '-earned_on'),
		},
	],
};
