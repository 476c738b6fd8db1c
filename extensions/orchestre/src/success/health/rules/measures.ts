import { counted, frenchNumber, listed } from '../../../platform/text.ts';
import { measureUsage } from './usage.ts';
import type { ClientFacts, HealthSettings, Measure, Part } from './types.ts';

const bounded = (score: number): number => Math.min(100, Math.max(0, Math.round(score)));
const days = (count: number): string => counted(Math.round(count), 'jour', 'jours');
const sentence = (facts: readonly string[]): string => {
	const text = listed(facts);
	return text.charAt(0).toUpperCase() + text.slice(1);
};

/** An urgent ticket costs 30 points, a high one 12, each late one 15, each of a negative tone 10 (at most 40), each beyond three a month 5. */
export function measureTickets({ year, month, urgent, high, late, negative }: ClientFacts['tickets']): Measure {
	if (year === 0) return { score: null, text: 'Aucun ticket depuis un an' };
	const cost = 30 * urgent + 12 * high + 15 * late + Math.min(40, 10 * negative) + 5 * Math.max(0, month - 3);
	const facts = [
		urgent > 0 && counted(urgent, 'ticket urgent ouvert', 'tickets urgents ouverts'),
		high > 0 && counted(high, 'ticket de priorité haute ouvert', 'tickets de priorité haute ouverts'),
		late > 0 && counted(late, 'ticket hors délai', 'tickets hors délai'),
		negative > 0 && `${counted(negative, 'ticket', 'tickets')} au ton négatif en 90 jours`,
		month > 3 && `${counted(month, 'ticket', 'tickets')} en 30 jours`,
	].filter((fact) => typeof fact === 'string');
	return { score: bounded(100 - cost), text: facts.length > 0 ? sentence(facts) : 'Tickets traités dans les temps, sans tension' };
}

/**
 * An overdue invoice costs 15 points and one more for each day of the oldest (at most 75), a disputed one 20. A habit of paying late costs
 * two points for each day beyond five on average (at most 30).
 */
export function measurePayments({ year, overdue, overdueCents, oldestDays, disputed, paid, lateDays }: ClientFacts['invoices']): Measure {
	if (year === 0) return { score: null, text: 'Aucune facture échue depuis un an' };
	const habit = paid > 0 ? lateDays / paid : 0;
	const cost = (overdue > 0 ? Math.min(75, 15 + oldestDays) : 0) + 20 * disputed + Math.min(30, 2 * Math.max(0, habit - 5));
	const facts = [
		overdue > 0 && `${counted(overdue, 'facture échue', 'factures échues')} depuis ${days(oldestDays)} (${frenchNumber(Math.round(overdueCents / 100))} €)`,
		disputed > 0 && counted(disputed, 'facture en litige', 'factures en litige'),
		habit > 5 && `règlements en retard de ${days(habit)} en moyenne`,
	].filter((fact) => typeof fact === 'string');
	return { score: bounded(100 - cost), text: facts.length > 0 ? sentence(facts) : 'Factures réglées dans les temps' };
}

/** Full marks while the last exchange is recent, then down to nothing in three times as long. */
export function measureContact(since: ClientFacts['contactDays'], { contactDays }: Pick<HealthSettings, 'contactDays'>): Measure {
	if (since === null) return { score: null, text: 'Aucun échange noté' };
	const score = bounded(100 * (1 - Math.max(0, since - contactDays) / (3 * contactDays)));
	return { score, text: since <= 0 ? 'Dernier échange aujourd’hui' : `Dernier échange il y a ${days(since)}` };
}

/** The mean of the answers, those of the last 90 days counting twice. */
export function measureSatisfaction({ recent, recentSum, older, olderSum }: ClientFacts['answers']): Measure {
	const weight = 2 * recent + older;
	if (weight === 0) return { score: null, text: 'Aucune réponse aux enquêtes depuis un an' };
	const score = bounded((2 * recentSum + olderSum) / weight);
	return { score, text: `Satisfaction de ${score} sur 100 (${counted(recent + older, 'réponse', 'réponses')})` };
}

/** A late milestone costs 15 points and one more for each day of the oldest (at most 80); a habit of late ones a point a day (at most 20). */
export function measurePlan({ open, late, oldestDays, reached, lateDays }: ClientFacts['milestones']): Measure {
	if (open + reached === 0) return { score: null, text: 'Aucun plan d’accompagnement en cours' };
	const habit = reached > 0 ? lateDays / reached : 0;
	const cost = (late > 0 ? Math.min(80, 15 * late + oldestDays) : 0) + Math.min(20, habit);
	const facts = [
		late > 0 && `${counted(late, 'jalon en retard', 'jalons en retard')} (${days(oldestDays)} pour le plus ancien)`,
		habit >= 1 && `jalons atteints avec ${days(habit)} de retard en moyenne`,
	].filter((fact) => typeof fact === 'string');
	return { score: bounded(100 - cost), text: facts.length > 0 ? sentence(facts) : 'Jalons tenus' };
}

/** Each part of a client's health, from the facts of a day. */
export function measuresOf(facts: ClientFacts, settings: HealthSettings): Record<Part, Measure> {
	return {
		usage: measureUsage(facts.usage, settings),
		support: measureTickets(facts.tickets),
		payment: measurePayments(facts.invoices),
		contact: measureContact(facts.contactDays, settings),
		satisfaction: measureSatisfaction(facts.answers),
		plan: measurePlan(facts.milestones),
	};
}
