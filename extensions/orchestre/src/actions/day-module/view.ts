import type { Language } from '../../platform/amount.ts';
import { parseMoment } from '../../platform/record-panel/dates.ts';
import type { NextAction } from '../../timeline/next/rules.ts';
import { say } from '../../timeline/next/words.ts';
import type { DayAction } from './read.ts';

/** What a card says. */
export type Card = { icon: string; title: string; who: string; why: string; advice: string | null; where: string | null; phone: string | null };

const icons: Readonly<Record<string, string>> = {
	call: 'call',
	email: 'mail',
	meeting: 'event',
	quote: 'request_quote',
	incentive: 'redeem',
	review: 'fact_check',
};

/** A task that was due this morning is late this afternoon: the form would say so as well. */
function current(next: NextAction, now: Date): NextAction {
	const at = parseMoment(next.at);
	return next.kind === 'task_today' && at !== null && next.at?.length !== 10 && at < now ? { ...next, kind: 'overdue_task', urgent: true } : next;
}

/** The record that the action is done on, as a page of the app: by its topic, for an invoice has a company, too. */
export function whereOf({ topic, lead, opportunity, company, invoice, ticket, project, task, approval, basis }: DayAction): string | null {
	const to = (collection: string, row: { id?: string } | null | undefined): string | null => (row?.id ? `/content/${collection}/${row.id}` : null);
	const [kind = ''] = topic.split('.');
	const first: Readonly<Record<string, string | null>> = {
		lead: to('leads', lead),
		deal: to('opportunities', opportunity),
		invoice: to('invoices', invoice),
		approval: to('validation', approval),
		client: topic === 'client.ticket' ? to('tickets', ticket) : topic === 'client.milestone' ? to('projects', project) : to('companies', company),
	};
	const rest = [to('opportunities', opportunity), to('leads', lead), to('tickets', ticket), to('invoices', invoice), to('companies', company), to('projects', project), to('tasks', task)]; // prettier-ignore
	return first[kind] ?? rest.find((one) => one !== null) ?? (basis ? `/content/insights/${basis}` : null);
}

const nameOf = (person: DayAction['person']): string => [person?.first_name, person?.last_name].filter(Boolean).join(' ');

/** `Parc de Lyon · Atelier Roux · Démonstration`: whom and what it is about, without what the title says already. */
function whoOf({ title, lead, opportunity, company, person, invoice, project }: DayAction): string {
	const leadName = lead?.company_name ?? lead?.display_name;
	const parts = [opportunity?.name ?? leadName, company?.name, opportunity?.stage?.name, nameOf(person), invoice?.number, project?.name, lead?.grade && `note ${lead.grade}`]; // prettier-ignore
	const told: string[] = [];
	for (const part of parts) if (part && !title.includes(part) && !told.some((one) => one.includes(part))) told.push(part);
	return told.join(' · ');
}

/** A card in the reader's words; what the record's form says is said in the same words, as of now. */
export function cardOf(action: DayAction, now: Date, language: Language): Card {
	const { reasons, title, recommended_action: advice, action_kind: means, lead, company, person } = action;
	const why = reasons?.why ?? '';
	const isAdvised = advice !== null && advice !== why;
	const said = reasons?.next ? say(current(reasons.next, now), now, language) : null;
	return {
		icon: icons[means ?? ''] ?? 'bolt',
		title: said && language === 'en' ? said.title : title,
		who: whoOf(action),
		why: said && !isAdvised ? said.reason : why,
		advice: isAdvised ? advice : null,
		where: whereOf(action),
		phone: means === 'call' ? (person?.phone ?? lead?.phone ?? company?.phone ?? null) : null,
	};
}

const withoutExchange: readonly string[] = ['approval.decide', 'lead.duplicate', 'lead.convert', 'client.milestone', 'task.due'];

/** The exchange that an action leaves behind it; null for what is done without talking to anybody. */
export function exchangeOf({ topic, action_kind: means }: DayAction): 'call' | 'email' | 'meeting' | null {
	if (withoutExchange.includes(topic)) return null;
	return means === 'call' || means === 'email' || means === 'meeting' ? means : null;
}

/** How far the day is: things done out of all, and what is left. */
export function progressOf(actions: readonly DayAction[], answered: readonly DayAction[]): { done: number; all: number; minutes: number; cents: number } {
	const done = answered.filter(({ state }) => state === 'done').length;
	return {
		done,
		all: actions.length + done,
		minutes: actions.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
		cents: actions.reduce((sum, { expected_value_cents: cents }) => sum + (cents ?? 0), 0),
	};
}
