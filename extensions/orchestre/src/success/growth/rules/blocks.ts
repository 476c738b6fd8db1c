import { roundEuros } from '../../../platform/amount.ts';
import { counted } from '../../../platform/text.ts';
import { frenchDate, fromParis } from '../../../platform/time/paris.ts';
import type { Block } from './types.ts';

/** What stands against proposing anything to a client, as read. Days as day numbers. */
export type Concerns = {
	lifecycle: string;
	score: number | null;
	/** The band that counts, overridden or computed; null while there is none. */
	band: string | null;
	/** In an open churn episode, or above the threshold that opens one. */
	isLeaving: boolean;
	ticket: { id: string; subject: string; priority: string; isLate: boolean } | null;
	tickets: number;
	invoice: { id: string; number: string | null; dueDay: number } | null;
	overdueCents: number;
	cancelled: { id: string; name: string; day: number | null } | null;
};

const on = (day: number): string => frenchDate(fromParis(day, 43_200_000));

/** The reasons to propose nothing, worst first; none when all is well. */
export function blocksOf({ lifecycle, score, band, isLeaving, ticket, tickets, invoice, overdueCents, cancelled }: Concerns): Block[] {
	const blocks: Block[] = [];
	if (lifecycle === 'churned') blocks.push({ code: 'cancelled', text: 'Ce client est parti.' });
	else if (cancelled) {
		const since = cancelled.day === null ? '' : ` le ${on(cancelled.day)}`;
		blocks.push({ code: 'cancelled', text: `Le client a résilié « ${cancelled.name} »${since}.`, collection: 'subscriptions', item: cancelled.id });
	}
	if (band === 'red') blocks.push({ code: 'red_health', text: `La santé du client est en danger${score === null ? '' : ` (${score} sur 100)`} : d’abord le retenir.` });
	if (isLeaving) blocks.push({ code: 'churn', text: 'Le risque de départ de ce client est élevé : d’abord le retenir.' });
	if (ticket) {
		const why = ticket.isLate ? 'hors délai' : ticket.priority === 'urgent' ? 'urgent' : 'prioritaire';
		const more = tickets > 1 ? `, et ${counted(tickets - 1, 'autre', 'autres')}` : '';
		blocks.push({ code: 'ticket', text: `Un ticket ${why} est ouvert : « ${ticket.subject} »${more}.`, collection: 'tickets', item: ticket.id });
	}
	if (invoice) {
		const which = invoice.number ? `La facture ${invoice.number}` : 'Une facture';
		blocks.push({ code: 'invoice', text: `${which} est en retard depuis le ${on(invoice.dueDay)} : ${roundEuros(overdueCents)} à recevoir.`, collection: 'invoices', item: invoice.id });
	}
	return blocks;
} // prettier-ignore
