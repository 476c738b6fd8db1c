import { dayMs } from '../../../platform/time/paris.ts';
import { usageChange, usageState, type ClientFacts } from './facts.ts';

/** Warning signs that add up to the index while no model may be shown. Their weights are points of 100, editable in the settings. */
export const signalNames = ['usage', 'tickets', 'payments', 'revenue', 'contact', 'satisfaction', 'milestones', 'renewal'] as const;
export type SignalName = (typeof signalNames)[number];
export type Weights = Readonly<Record<SignalName, number>>;

/** As shipped: what the plan names first weighs most; two strong signs and a weak one pass 70. */
export const shippedWeights: Weights = { usage: 45, tickets: 25, payments: 25, revenue: 15, contact: 10, satisfaction: 20, milestones: 10, renewal: 10 };

/** A sign that is there: its points, and the sentence that people read. */
export type Sign = { signal: SignalName; points: number; text: string };

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const several = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

type Found = { strength: number; text: string } | null;

/** Usage of 30 days against the 90 before: none left counts in full; else from 15 % less (nothing) to 70 % less (in full). */
function usage(facts: ClientFacts): Found {
	const change = usageChange(facts);
	if (usageState(facts) === 'none') return { strength: 1, text: 'Plus aucun usage du produit depuis 30 jours' };
	if (change === null) return null;
	return { strength: clamp((1 - change - 0.15) / 0.55), text: `Usage en baisse de ${-Math.round((change - 1) * 100)} % sur 30 jours` };
}

/** Tickets: each late one a third, each open one a sixth. */
function tickets({ tickets: all, ticketsBurning, ticketsOpen }: ClientFacts): Found {
	const parts = [
		...(ticketsBurning > 0 ? [several(ticketsBurning, 'ticket hors délai', 'tickets hors délai')] : []),
		...(ticketsOpen > 0 ? [several(ticketsOpen, 'ticket ouvert', 'tickets ouverts')] : []),
	];
	return {
		strength: clamp(ticketsBurning / 3 + ticketsOpen / 6 + Math.max(0, all - 3) / 12),
		text: `${parts.join(', ') || several(all, 'ticket', 'tickets')} (90 jours)`,
	};
}

/** Payments: an overdue invoice from half (a day) to in full (30 days); three paid late in a year a quarter. */
function payments({ overdue, overdueDays, paidLate }: ClientFacts): Found {
	const open = overdue > 0 ? 0.5 + clamp(overdueDays / 30) / 2 : 0;
	const text = overdue > 0 ? `${several(overdue, 'facture échue', 'factures échues')}, jusqu’à ${overdueDays} ${overdueDays < 2 ? 'jour' : 'jours'} de retard` : several(paidLate, 'facture payée en retard', 'factures payées en retard'); // prettier-ignore
	return { strength: clamp(open + (paidLate >= 3 ? 0.25 : 0)), text };
}

/** Revenue: from 5 % less (nothing) to 35 % less (in full); a module given up within a year at least half. */
function revenue({ mrrChange, contractions }: ClientFacts): Found {
	const drop = mrrChange === null ? 0 : 1 - mrrChange;
	const lost = clamp((drop - 0.05) / 0.3);
	if (lost > 0) return { strength: Math.max(lost, contractions > 0 ? 0.5 : 0), text: `Revenu mensuel en baisse de ${Math.round(drop * 100)} % en 90 jours` };
	return contractions > 0 ? { strength: 0.5, text: `${several(contractions, 'baisse d’abonnement', 'baisses d’abonnement')} en un an` } : null;
}

/** Silence: from 45 days (nothing) to 135 (in full). */
function contact({ lastContact, since }: ClientFacts, at: number): Found {
	const days = Math.floor((at - (lastContact ?? since)) / dayMs);
	return { strength: clamp((days - 45) / 90), text: lastContact === null ? 'Aucun échange noté' : `Aucun échange depuis ${days} jours` };
}

/** Satisfaction: 70 of 100 and more nothing, 30 and less in full. */
const satisfaction = ({ satisfaction: score }: ClientFacts): Found =>
	score === null ? null : { strength: clamp((70 - score) / 40), text: `Dernière réponse de satisfaction : ${score} sur 100` };

const milestones = ({ milestonesLate }: ClientFacts): Found => ({
	strength: clamp(milestonesLate / 2),
	text: several(milestonesLate, 'jalon en retard', 'jalons en retard'),
});

/** The anniversary: only within 90 days, more the nearer. */
const renewal = ({ toRenewal }: ClientFacts): Found =>
	toRenewal === null || toRenewal > 90
		? null
		: { strength: clamp((100 - toRenewal) / 100), text: `Échéance dans ${toRenewal} ${toRenewal < 2 ? 'jour' : 'jours'}` };

const finders: Readonly<Record<SignalName, (facts: ClientFacts, at: number) => Found>> = {
	usage,
	tickets,
	payments,
	revenue,
	contact,
	satisfaction,
	milestones,
	renewal,
};

/** The signs of a client, strongest first. */
export function signsOf(facts: ClientFacts, at: number, weights: Weights): Sign[] {
	return signalNames
		.flatMap((signal): Sign[] => {
			const found = finders[signal](facts, at);
			const points = found ? Math.round(found.strength * weights[signal]) : 0;
			return found && points > 0 ? [{ signal, points, text: found.text }] : [];
		})
		.toSorted((one, two) => two.points - one.points || one.signal.localeCompare(two.signal));
}

export const sumOf = (signs: readonly Sign[]): number => signs.reduce((sum, { points }) => sum + points, 0);
