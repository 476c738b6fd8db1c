import { roundEuros } from '../../../platform/amount.ts';
import { counted, frenchNumber, listed } from '../../../platform/text.ts';
import { frenchDate, fromParis, isoOf } from '../../../platform/time/paris.ts';
import type { Usage } from '../../growth/rules/types.ts';

/** A subscription or contract that comes to its date. Amounts in cents, days as day numbers. */
export type Piece = {
	collection: 'subscriptions' | 'contracts';
	id: string;
	name: string;
	company: string;
	day: number;
	owner: string | null;
	mrrCents: number;
	/** A year of a subscription, the whole of a contract. */
	amountCents: number;
	isTacit: boolean;
	noticeDays: number;
};

/** What is renewed together: all subscriptions of a client on one day, or one contract. `key` is the same for the whole term. */
export type Term = { key: string; company: string; day: number; pieces: Piece[]; mrrCents: number; amountCents: number };

const isoFrom = (key: string): string => key.slice(-10);
/** The day that a term's key names. */
export const dayIn = (key: string): string => isoFrom(key);

/** The term that a piece belongs to. */
export const keyOf = ({ collection, id, company, day }: Pick<Piece, 'collection' | 'id' | 'company' | 'day'>): string =>
	collection === 'subscriptions' ? `renewal:company:${company}:${isoOf(day)}` : `renewal:contract:${id}:${isoOf(day)}`;

/** Terms, soonest first. A client's modules that renew on one day are one deal, not five. */
export function termsOf(pieces: readonly Piece[]): Term[] {
	return [...Map.groupBy(pieces, keyOf)]
		.map(([key, list]): Term => {
			const sum = (of: (piece: Piece) => number): number => list.reduce((total, piece) => total + of(piece), 0);
			const sorted = list.toSorted((a, b) => b.amountCents - a.amountCents || (a.id < b.id ? -1 : 1));
			const [{ company, day }] = list as [Piece, ...Piece[]];
			return { key, company, day, pieces: sorted, mrrCents: sum(({ mrrCents }) => mrrCents), amountCents: Math.min(2_147_483_647, sum(({ amountCents }) => amountCents)) };
		})
		.toSorted((a, b) => a.day - b.day || (a.key < b.key ? -1 : 1));
} // prettier-ignore

export type Briefing = {
	score: number | null;
	usages: readonly { name: string; usage: Usage }[];
	tickets: { open: number; urgent: number };
	overdueCents: number;
	/** Lines whose price is not the catalogue's. */
	prices: readonly { label: string; paidCents: number; listCents: number }[];
};

const on = (day: number): string => frenchDate(fromParis(day, 43_200_000));
/** « utilisateurs » of one is « utilisateur »; other units stay as they were typed. */
const unitFor = ({ used, unit }: Usage): string => (used < 2 && unit === 'utilisateurs' ? 'utilisateur' : unit);
const euros = (cents: number): string => `${frenchNumber(cents / 100)} €`;

/** What to know before talking about a renewal, a line each. */
export function briefingText({ day, pieces, mrrCents, amountCents }: Term, today: number, { score, usages, tickets, overdueCents, prices }: Briefing): string {
	const worth = mrrCents > 0 ? `${roundEuros(mrrCents)} par mois, ${roundEuros(amountCents)} par an` : amountCents > 0 ? `${roundEuros(amountCents)}` : 'montant inconnu';
	const lines = [`Échéance le ${on(day)} : ${listed(pieces.map(({ name }) => name))} (${worth}, hors taxes).`];
	const tacit = pieces.filter(({ isTacit }) => isTacit);
	if (tacit.length > 0) {
		const notice = Math.min(...tacit.map((piece) => piece.day - piece.noticeDays));
		lines.push(notice < today ? `Tacite reconduction : le client pouvait y mettre fin jusqu’au ${on(notice)} ; sans autre accord, il est reconduit.` : `Tacite reconduction : le client peut y mettre fin jusqu’au ${on(notice)}.`);
	} else lines.push('Sans tacite reconduction : sans nouvel accord, le revenu s’arrête ce jour-là.');
	lines.push(score === null ? 'Santé : pas encore calculée.' : `Santé : ${score} sur 100.`);
	for (const { name, usage } of usages)
		lines.push(`Usage de « ${name} » : ${frenchNumber(usage.used)} ${unitFor(usage)} pour ${frenchNumber(usage.included)} compris (${Math.round((100 * usage.used) / usage.included)} %).`);
	const urgent = tickets.urgent > 0 ? `, dont ${counted(tickets.urgent, 'urgent ou prioritaire', 'urgents ou prioritaires')}` : '';
	lines.push(tickets.open > 0 ? `Tickets ouverts : ${tickets.open}${urgent}.` : 'Aucun ticket ouvert.');
	if (overdueCents > 0) lines.push(`Factures en retard : ${roundEuros(overdueCents)}.`);
	for (const { label, paidCents, listCents } of prices) lines.push(`Prix de ${label} : ${euros(paidCents)}, ${euros(listCents)} au catalogue.`);
	return lines.join('\n');
} // prettier-ignore

/** A renewal deal of a client: which subscription it is about, when it should be signed, and the term it was taken for already. */
export type RenewalDeal = { id: string; subscription: string | null; closeDay: number | null; madeDay: number; key: string | null };

/** A renewal deal that was opened this long before its date belongs to it. */
const belongsDays = 150;
/** How far past a term a deal of its client may still be about it rather than about the next one. */
export const dealWindowDays = belongsDays;

/**
 * Whether a deal is about this term and no other of its client (`terms`, this one among them). One that names a subscription is about
 * that; one that names none is about the term whose date is nearest to its own. A deal settles one term only.
 */
export function isDealOf(deal: RenewalDeal, term: Term, terms: readonly Term[]): boolean {
	if (deal.key !== null && deal.key !== term.key) return false;
	if (deal.madeDay < term.day - belongsDays) return false;
	if (deal.subscription !== null) return term.pieces.some(({ id }) => id === deal.subscription);
	const distance = ({ day }: Term): number => Math.abs(day - (deal.closeDay ?? deal.madeDay));
	const [nearest] = terms.filter(({ company }) => company === term.company).toSorted((a, b) => distance(a) - distance(b) || a.day - b.day || (a.key < b.key ? -1 : 1));
	return nearest === undefined || nearest.key === term.key;
} // prettier-ignore

/** What is left until a date, or since when it has passed; never « -7 jours ». */
export function leftText(daysLeft: number): string {
	if (daysLeft === 0) return 'L’échéance est aujourd’hui.';
	return daysLeft > 0 ? `Il reste ${counted(daysLeft, 'jour', 'jours')}.` : `L’échéance est passée depuis ${counted(-daysLeft, 'jour', 'jours')}.`;
}

export type Following = {
	daysLeft: number;
	/** Since the renewal was prepared. */
	age: number;
	level: number;
	/** A call, a quote, a move of the deal, the task done. */
	hasMoved: boolean;
};

/** A renewal found late is given these days before anybody is reminded of it. */
const grace = 5;

/** How far the reminders of a renewal go today: 1 the owner, when nothing has moved; 2 the manager, as long as it is not settled. */
export function followUpLevel({ daysLeft, age, level, hasMoved }: Following, { remind, escalate }: { remind: number; escalate: number }): number {
	if (age < grace) return level;
	if (daysLeft <= escalate) return 2;
	return daysLeft <= remind && !hasMoved ? Math.max(level, 1) : level;
}
