import { nameOf, readLocally, takeIn } from '../../extensions/orchestre/src/interactions/rules/understand.ts';
import type { Company } from './companies.ts';
import { demoId } from './ids.ts';
import type { Person } from './persons.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { teamOf } from './team.ts';
import type { Member } from './team.ts';
import { talks } from './words/conversations.ts';

export type InteractionKind = 'call' | 'email' | 'meeting' | 'visit';

/** One contact, before it has a row. `talk` names the words that fit (words/conversations.ts). */
export type Contacted = {
	kind: InteractionKind;
	direction: 'outbound' | 'inbound';
	at: Date;
	outcome: 'reached' | 'no_answer' | 'message_left' | 'meeting_booked' | null;
	talk: keyof typeof talks;
	owner: Member;
	person: Person | null;
	personId: string | null;
	company: Company | null;
	lead: string | null;
	deal: string | null;
	ticket: string | null;
	product: string | null;
	competitor: string | null;
	/** What shows when somebody reads the words; models may look at it. */
	sentiment: 'positive' | 'neutral' | 'negative' | null;
};

export const contacted = (basis: Pick<Contacted, 'kind' | 'direction' | 'at' | 'talk' | 'owner'> & Partial<Contacted>): Contacted => ({
	outcome: null,
	person: null,
	personId: null,
	company: null,
	lead: null,
	deal: null,
	ticket: null,
	product: null,
	competitor: null,
	sentiment: null,
	...basis,
});

/** How long contacts take: calls by the minute, meetings within the hour (visits: two) that they have in the calendar. */
const minutes: Record<InteractionKind, readonly number[]> = {
	call: Array.from({ length: 26 }, (_, index) => index + 3),
	email: [],
	meeting: [30, 45, 60, 60],
	visit: [60, 90, 120, 120],
};

/** The tone that somebody chose, else the one that the product itself hears in the notes. */
function toneOf(index: number, { kind, direction, sentiment }: Contacted, summary: string): Row {
	if (sentiment || !summary) return { sentiment, sentiment_source: null, understood: null };
	const row = { id: String(index), kind, direction, summary, content: null, sentiment: null, sentiment_source: null, summary_source: null, understood: null };
	const { sentiment: heard, sentiment_source, understood } = takeIn(row, nameOf(row, summary), readLocally(row, summary), 'local');
	return { sentiment: heard, sentiment_source, understood };
}

/** The row, with words made of bricks; `index` numbers the interactions of the demo. */
export function interactionRow(random: Random, index: number, contact: Contacted): Row {
	const { kind, owner, person, company } = contact;
	const words = talks[contact.talk] ?? { subjects: ['Échange'], facts: [''], next: [''] };
	const fill = (text: string): string =>
		text
			.replaceAll('{person}', person ? `${person.civility === 'mme' ? 'Mme' : 'M.'} ${person.last}` : 'Le contact')
			.replaceAll('{product}', contact.product ?? 'la solution')
			.replaceAll('{competitor}', contact.competitor ?? 'en place');
	const range = minutes[kind];
	const missed = contact.outcome === 'no_answer' || contact.outcome === 'message_left';
	const facts = random.shuffled(words.facts).slice(0, missed ? 1 : random.int(1, 2));
	const summary = [...facts, random.pick(words.next)].filter(Boolean).map(fill).join(' ');
	return {
		id: demoId('interactions', index),
		subject: fill(random.pick(words.subjects)),
		kind,
		direction: contact.direction,
		at: contact.at.toISOString(),
		duration_minutes: range.length > 0 ? (missed ? 1 : random.pick(range)) : null,
		outcome: contact.outcome,
		owner: owner.id,
		team: teamOf(owner),
		summary,
		person: contact.personId,
		company: company?.id ?? null,
		lead: contact.lead,
		opportunity: contact.deal,
		ticket: contact.ticket,
		...toneOf(index, contact, summary),
		...traces(contact.at, owner.id),
	};
}
