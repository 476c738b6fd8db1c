import type { Rules } from '../../extensions/orchestre/src/leads/settings.ts';
import { Agenda } from './agenda.ts';
import { absenceRows, teamRows } from './team-rows.ts';
import { calendarOf } from './calendar.ts';
import { campaignRows } from './campaigns.ts';
import { tellClients } from './clients.ts';
import type { Client } from './clients.ts';
import { commissionRows } from './commissions.ts';
import { firstCompanies } from './companies.ts';
import type { Company } from './companies.ts';
import { companyRow, contactRow, ownPeopleRows } from './company-rows.ts';
import { clientContacts, dealContacts, ticketContacts } from './contacts.ts';
import { series } from './copies.ts';
import { dealRows } from './deal-rows.ts';
import { tellDirectDeals } from './direct-deals.ts';
import { documentRows } from './documents.ts';
import { expenseRows } from './expenses.ts';
import { interactionRow } from './interactions.ts';
import { invoiceNumbers, invoiceRows } from './invoice-rows.ts';
import { healthRows } from './health.ts';
import { tellInvoices } from './invoices.ts';
import { leadRow, scoreRows, statusRows, workloadRows } from './lead-rows.ts';
import { fadeLastNight } from './lead-story.ts';
import type { LeadStory } from './lead-story.ts';
import { tellLeads } from './leads.ts';
import { lineOf, lineRows } from './lines.ts';
import type { Deal } from './opportunities.ts';
import { noneTaken } from './organisations.ts';
import { creditAllocationRows, paymentRows, tellPayments } from './payments.ts';
import { planningTables, routineEvents } from './planning.ts';
import { productRows } from './products.ts';
import { projectRows, projectSurveyRows, tellProjects } from './projects.ts';
import { contractRows, quoteRows } from './quotes.ts';
import { randomOf } from './random.ts';
import type { Tables } from './rows.ts';
import { traces } from './rows.ts';
import { changeRows, subscriptionRow } from './subscriptions.ts';
import { clientTasks, dealTasks, dunningTasks, leadTasks, projectTasks, ticketTasks } from './tasks.ts';
import { surveyRows, tellTickets } from './tickets.ts';
import { usageRows } from './usage.ts';
import { resourceRows, timeRows } from './work.ts';

const interactionTarget = 5000;
const taskTarget = 2000;

/** The demo as tables, and the stories behind them, for those who want to know what was planted. */
export type Demo = { tables: Tables; stories: LeadStory[]; deals: Deal[]; clients: Client[]; companies: Company[] };

/**
 * The whole demo company on this day ("2026-01-31"), except its users, whose passwords and roles belong to the installation.
 * The same day and the same rules give the same rows; nothing here reads a clock or a database.
 */
export function buildDemo(today: string, rules: Rules): Demo {
	const calendar = calendarOf(today);
	const taken = noneTaken();
	const absences = absenceRows(calendar);
	const companies = firstCompanies(calendar, taken);
	const direct = tellDirectDeals(calendar, companies);
	const agenda = new Agenda();
	const routine = routineEvents(calendar, agenda);
	const { stories, deals: fromLeads } = tellLeads({ calendar, rules, taken, companies, absences, agenda });
	const first = [...direct, ...fromLeads];
	const clients = tellClients(calendar, companies, first);
	for (const story of stories) fadeLastNight(story, rules, calendar);
	const deals = [...new Set([...first, ...clients.flatMap((client) => client.deals)])];
	const projects = tellProjects(calendar, clients);
	const tickets = tellTickets(calendar, clients, rules.settings);
	const invoices = tellInvoices(calendar, companies, clients);
	const { payments, settlements } = tellPayments(calendar, invoices);

	const leadContacts = stories.flatMap(({ contacts }) => contacts);
	const others = [...leadContacts, ...dealContacts(deals, calendar, agenda), ...ticketContacts(tickets)];
	const contacts = [...others, ...clientContacts(clients, calendar, interactionTarget - others.length, agenda)].toSorted(
		(a, b) => a.at.getTime() - b.at.getTime(),
	);
	const words = randomOf('interaction words');

	const numbers = invoiceNumbers(invoices);
	const money = paymentRows(payments, numbers);
	const quoted = quoteRows(deals, calendar);
	const signed = contractRows(calendar, companies, clients, quoted.byDeal);
	const dealTables = dealRows(deals, calendar);
	const projectTables = projectRows(projects, signed.byClient, calendar);
	const invoiced = invoiceRows(calendar, invoices, numbers, settlements, new Map(projects.flatMap(({ deal, id }) => (deal ? [[deal.id, id] as const] : []))));
	const subscriptions = clients
		.flatMap((client) => client.subscriptions)
		.toSorted((a, b) => a.startedOn.getTime() - b.startedOn.getTime() || (a.id < b.id ? -1 : 1));
	const subscriptionLines = subscriptions.flatMap((subscription) =>
		lineRows('subscription', subscription.id, [lineOf({ product: subscription.product, quantity: subscription.users })], traces(subscription.startedOn, null)),
	);
	const ownPeople = ownPeopleRows(calendar, taken);
	const resources = resourceRows(
		projects,
		ownPeople.filter(({ is_freelance }) => is_freelance),
		calendar,
	);
	const consents = randomOf('consents');
	const leads = new Map(stories.map(({ row }) => [row.id, { name: row.display_name, company: row.company, person: row.person }]));
	const events = planningTables(calendar, { agenda, contacts, deals, projects, leads, routine });
	const tasks = [
		...leadTasks(stories, calendar),
		...dealTasks(deals, calendar),
		...projectTasks(projects, calendar),
		...ticketTasks(tickets),
		...dunningTasks(invoices, settlements, calendar),
	];
	tasks.push(
		...clientTasks(
			randomOf('client tasks'),
			clients.filter(({ leftOn }) => !leftOn).map(({ company }) => company),
			taskTarget - tasks.length,
			calendar,
		),
	);

	const tables: Tables = new Map([
		['teams', teamRows(calendar)],
		['absences', absences],
		['team_absences', absences.map(({ id, user, starts_on, ends_on }) => ({ id, user, starts_on, ends_on }))],
		['workloads', workloadRows(stories)],
		['products', productRows(calendar)],
		['campaigns', campaignRows(calendar)],
		['companies', companies.map((company) => companyRow(company, calendar))],
		['people', [...companies.flatMap((company) => company.contacts.map((contact) => contactRow(contact, consents, calendar))), ...ownPeople]],
		['leads', stories.map(leadRow)],
		['lead_scores', stories.flatMap(scoreRows)],
		['lead_status_changes', stories.flatMap(statusRows)],
		['opportunities', dealTables.opportunities],
		['stage_changes', dealTables.changes],
		['opportunity_contacts', dealTables.contacts],
		['quotes', quoted.quotes],
		['contracts', signed.contracts],
		[
			'subscriptions',
			subscriptions.map((subscription, index) => subscriptionRow(subscription, `ABO-${series()}-${String(index + 1).padStart(4, '0')}`, calendar)),
		],
		['subscription_changes', subscriptions.flatMap(changeRows)],
		['projects', projectTables.projects],
		['milestones', projectTables.milestones],
		['milestone_dependencies', projectTables.dependencies],
		['documents', documentRows(calendar, { clients, companies, projects, contracts: signed.byClient, quotes: quoted.byDeal })],
		['resources', resources],
		['tickets', tickets.map(({ row }) => row)],
		['survey_answers', [...surveyRows(calendar, clients, tickets), ...projectSurveyRows(projects, calendar)]],
		['invoices', invoiced.invoices],
		['line_items', [...dealTables.lines, ...quoted.lines, ...subscriptionLines, ...invoiced.lines]],
		['payments', money.payments],
		['payment_allocations', [...money.allocations, ...creditAllocationRows(invoices)]],
		['commissions', commissionRows(payments, calendar)],
		['expenses', expenseRows(calendar, projects, 220)],
		['time_tracking', timeRows(projects, resources, calendar, 1500)],
		['tasks', tasks],
		['interactions', contacts.map((contact, index) => interactionRow(words, index, contact))],
		['planning', events.planning],
		['planning_attendees', events.attendees],
		['planning_guests', events.guests],
		['usage_events', usageRows(calendar, clients)],
	]);
	tables.set('health_history', healthRows(calendar, clients, tables));
	return { tables, stories, deals, clients, companies };
}
