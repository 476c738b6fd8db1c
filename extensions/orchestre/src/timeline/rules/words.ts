import type { Language } from '../../platform/amount.ts';
import type { Label } from '../../platform/record-panel/use-labels.ts';
import { texts } from './texts.ts';
import type { TimelineEvent } from './types.ts';
import { choice, dayIn, isPast, kept, linked, money, text, type Context } from './values.ts';

export type Tone = 'plain' | 'good' | 'warning' | 'bad';
export type Link = { collection: string; id: string; name: string };

/** An event in a reader's words. `facts` are short; `text` may be long; `flag` says what needs attention. */
export type Told = { icon: string; tone: Tone; title: string; facts: string[]; flag: string | null; text: string | null; who: string | null; links: Link[] };

const interactionIcons: Readonly<Record<string, string>> = {
	call: 'call',
	email: 'mail',
	meeting: 'groups',
	sms: 'sms',
	chat: 'chat',
	visit: 'directions_car',
};

type Part = Partial<Omit<Told, 'title'>> & { title: string | null; icon: string };

function toneOf(outcome: string | null, sentiment: string | null): Tone {
	if (outcome === 'wrong_contact' || sentiment === 'negative') return 'bad';
	return outcome === 'reached' || outcome === 'meeting_booked' || sentiment === 'positive' ? 'good' : 'plain';
}

function interaction(context: Context): Part {
	const { row, language } = context;
	const kind = choice(context, 'interactions', 'kind');
	const direction = choice(context, 'interactions', 'direction')?.toLocaleLowerCase('fr');
	const way = [kind, direction && texts[language].agreed(direction, text(row, 'kind') ?? '')].filter(Boolean).join(' ');
	const minutes = row['duration_minutes'];
	const outcome = text(row, 'outcome');
	const words = texts[language];
	// Plain ones are not worth a word.
	const mood = text(row, 'sentiment') === 'neutral' ? null : choice(context, 'interactions', 'sentiment');
	const source = (field: string): string | null => choice(context, 'interactions', field);
	return {
		icon: interactionIcons[text(row, 'kind') ?? ''] ?? 'forum',
		tone: toneOf(outcome, text(row, 'sentiment')),
		title: text(row, 'subject') ?? kind,
		facts: kept([
			way,
			choice(context, 'interactions', 'outcome'),
			typeof minutes === 'number' && minutes > 0 && words.minutes(minutes),
			mood && words.mood(mood, source('sentiment_source')),
			text(row, 'summary') && source('summary_source'),
		]),
		text: text(row, 'summary'),
	};
}

function task(context: Context): Part {
	const { row, language, now } = context;
	const done = row['status'] === 'done';
	const late = !done && isPast(row['due_at'], now);
	const urgent = !done && ['urgent', 'high'].includes(text(row, 'priority') ?? '');
	return {
		icon: done ? 'task_alt' : 'radio_button_unchecked',
		tone: done ? 'good' : late ? 'bad' : 'plain',
		title: text(row, 'title'),
		facts: kept([choice(context, 'tasks', 'status'), choice(context, 'tasks', 'kind'), urgent && choice(context, 'tasks', 'priority')]),
		flag: late ? texts[language].late : null,
		text: done ? (text(row, 'outcome') ?? text(row, 'description')) : text(row, 'description'),
	};
}

const meeting = (context: Context): Part => ({
	icon: 'event',
	title: text(context.row, 'title') ?? texts[context.language].privately,
	facts: kept([choice(context, 'planning', 'kind'), choice(context, 'planning', 'status'), text(context.row, 'location')]),
	text: text(context.row, 'outcome') ?? text(context.row, 'description'),
});

const dealOpened = ({ row, language }: Context): Part => ({
	icon: 'handshake',
	title: texts[language].opened(text(row, 'name') ?? texts[language].untitled),
	facts: kept([money(row, 'amount_cents', language), linked(row, 'stage')?.name]),
});

function dealMoved({ row, language }: Context): Part {
	const [from, to] = [linked(row, 'from_stage'), linked(row, 'to_stage')];
	const words = texts[language];
	const [won, lost] = [to?.['is_won'] === true, to?.['is_lost'] === true];
	return {
		icon: won ? 'emoji_events' : lost ? 'flag' : 'trending_flat',
		tone: won ? 'good' : lost ? 'bad' : 'plain',
		title: won ? words.won : lost ? words.lost : words.moved(from?.name ?? '–', to?.name ?? '–'),
		facts: kept([money(row, 'amount_cents', language)]),
	};
}

const leadReceived = (context: Context): Part => ({
	icon: 'person_search',
	title: texts[context.language].received(text(context.row, 'display_name') ?? texts[context.language].untitled),
	facts: kept([
		choice(context, 'leads', 'source'),
		text(context.row, 'grade') && texts[context.language].grade(text(context.row, 'grade') ?? ''),
		choice(context, 'leads', 'status'),
	]),
	text: text(context.row, 'need'),
});

const leadConverted = ({ row, language }: Context): Part => ({
	icon: 'published_with_changes',
	tone: 'good',
	title: texts[language].converted(linked(row, 'converted_opportunity')?.name ?? text(row, 'display_name') ?? texts[language].untitled),
});

function quote(context: Context): Part {
	const { row, language, now } = context;
	const words = texts[language];
	const [status, until, net] = [text(row, 'status'), dayIn(row['valid_until'], language), money(row, 'net_cents', language)];
	const name = [text(row, 'number'), text(row, 'title')].filter(Boolean).join(' · ');
	const expired = status === 'sent' && isPast(row['valid_until'], now);
	return {
		icon: 'request_quote',
		tone: status === 'accepted' ? 'good' : status === 'refused' ? 'bad' : expired ? 'warning' : 'plain',
		title: name ? words.quote(name) : words.draftQuote,
		facts: kept([choice(context, 'quotes', 'status'), net && words.net(net), status === 'sent' && until && words.until(until)]),
		flag: expired ? words.expired : null,
	};
}

function contract(context: Context): Part {
	const { row, language } = context;
	const [net, ends] = [money(row, 'value_cents', language), dayIn(row['ends_on'], language)];
	return {
		icon: 'contract',
		title: texts[language].contract(text(row, 'name') ?? text(row, 'reference') ?? texts[language].untitled),
		facts: kept([choice(context, 'contracts', 'status'), net && texts[language].net(net), ends && texts[language].ends(ends)]),
	};
}

function invoice(context: Context): Part {
	const { row, language, now } = context;
	const words = texts[language];
	const [gross, left, due] = [money(row, 'gross_cents', language), money(row, 'remaining_cents', language), dayIn(row['due_date'], language)];
	const isOpen =
		['issued', 'sent', 'partly_paid'].includes(text(row, 'status') ?? '') && Number(row['remaining_cents'] ?? 0) > 0 && row['type'] !== 'credit_note';
	const late = isOpen && isPast(row['due_date'], now);
	const type = choice(context, 'invoices', 'type') ?? '';
	return {
		icon: 'receipt_long',
		tone: late ? 'bad' : row['status'] === 'paid' ? 'good' : 'plain',
		title: [words.bill(type, text(row, 'number') ?? '').trim(), text(row, 'title')].filter(Boolean).join(' · '),
		facts: kept([
			row['direction'] === 'purchase' && words.purchase,
			choice(context, 'invoices', 'status'),
			gross && words.gross(gross),
			isOpen && left !== gross && left && words.left(left),
			isOpen && due && words.due(due),
		]),
		flag: late ? words.late : null,
	};
}

function ticket(context: Context): Part {
	const { row, language, now } = context;
	const solved = dayIn(row['resolved_at'], language);
	const late = !solved && isPast(row['sla_due_at'], now) && !['resolved', 'closed'].includes(text(row, 'status') ?? '');
	return {
		icon: 'support',
		tone: solved ? 'good' : late ? 'bad' : 'plain',
		title: texts[language].ticket(text(row, 'subject') ?? texts[language].untitled),
		facts: kept([choice(context, 'tickets', 'status'), choice(context, 'tickets', 'priority'), solved && texts[language].solved(solved)]),
		flag: late ? texts[language].late : null,
		text: text(row, 'description'),
	};
}

const document = (context: Context): Part => ({
	icon: 'description',
	title: text(context.row, 'title'),
	facts: kept([choice(context, 'documents', 'type')]),
	text: text(context.row, 'description'),
});

const tellers: Readonly<Record<string, (context: Context) => Part>> = {
	interactions: interaction,
	tasks: task,
	planning: meeting,
	opportunities: dealOpened,
	stage_changes: dealMoved,
	quotes: quote,
	contracts: contract,
	invoices: invoice,
	tickets: ticket,
	documents: document,
};

const linkFields: Readonly<Record<string, string>> = { person: 'people', contact: 'people', lead: 'leads', opportunity: 'opportunities', company: 'companies' };

/** Says an event in the reader's words. Fields that a role may not see are not there, and are not spoken of. */
export function tell({ source, collection, row }: TimelineEvent, now: Date, language: Language, label: Label): Told {
	const context = { row, now, language, label };
	const teller = source === 'lead-converted' ? leadConverted : source === 'lead-received' ? leadReceived : tellers[collection];
	const part: Part = teller?.(context) ?? { icon: 'circle', title: null };
	const links = Object.entries(linkFields).flatMap(([field, to]) => {
		const one = linked(row, field);
		return one ? [{ collection: to, id: one.id, name: one.name }] : [];
	});
	const who = (linked(row, 'owner') ?? linked(row, 'assignee') ?? linked(row, 'by'))?.name ?? null;
	return { tone: 'plain', facts: [], flag: null, text: null, who, links, ...part, title: part.title ?? texts[language].untitled };
}
