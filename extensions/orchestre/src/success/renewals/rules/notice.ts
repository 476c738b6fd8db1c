import { frenchDate, fromParis } from '../../../platform/time/paris.ts';
import { plusMonths } from '../../../platform/time/months.ts';
import { roundEuros } from '../../../platform/amount.ts';
import { counted } from '../../../platform/text.ts';
import { isWorkingDayNumber, type WorkingCalendar } from '../../../platform/time/working-time.ts';

export type Renewal = 'none' | 'tacit' | 'explicit';

/** What decides on a contract's end. Days as day numbers. */
export type ContractTerm = { status: string; renewal: Renewal; endsDay: number | null; noticeDays: number | null };

/**
 * The last day to stop a tacit renewal: the end less the notice, in calendar days. Null where nothing renews by itself, and once the
 * contract has been terminated or dropped.
 */
export function noticeDayOf({ status, renewal, endsDay, noticeDays }: ContractTerm): number | null {
	if (renewal !== 'tacit' || endsDay === null || status === 'terminated' || status === 'cancelled') return null;
	return endsDay - (noticeDays ?? 0);
}

/** The day that a signed contract is to be decided by: the notice date where it renews by itself, else its end. */
export const decisionDayOf = (term: ContractTerm): number | null => (term.status === 'signed' ? (noticeDayOf(term) ?? term.endsDay) : null);

/** The last working day up to this one: a reminder is never late for falling on a weekend. */
export function workingDayUpTo(day: number, calendar: WorkingCalendar): number {
	let found = day;
	while (!isWorkingDayNumber(found, calendar)) found -= 1;
	return found;
}

/** How far the reminders of a contract should have gone today: 0 none, 1 the first, 2 the last one. */
export function reminderLevel(decisionDay: number, today: number, { first, last }: { first: number; last: number }, calendar: WorkingCalendar): 0 | 1 | 2 {
	if (today >= workingDayUpTo(decisionDay - Math.min(first, last), calendar)) return 2;
	return today >= workingDayUpTo(decisionDay - Math.max(first, last), calendar) ? 1 : 0;
}

export type ReminderFacts = ContractTerm & {
	name: string;
	company: string;
	/** We are the client of it. */
	isSupplier: boolean;
	legalForm: string | null;
	renewalMonths: number | null;
	valueCents: number | null;
};

const on = (day: number): string => frenchDate(fromParis(day, 43_200_000));

/** The title, the reason and the advice of a contract's reminder, in French. */
export function reminderWords(facts: ReminderFacts): { title: string; reason: string; action: string } {
	const { name, company, renewal, endsDay, isSupplier, legalForm, renewalMonths, noticeDays, valueCents } = facts;
	const notice = noticeDayOf(facts);
	const value = valueCents ? ` Valeur : ${roundEuros(valueCents)} hors taxes.` : '';
	if (endsDay === null || notice === null) {
		const next = renewal === 'explicit' ? 'il n’est renouvelé que si les deux parties le signent' : 'aucun renouvellement n’est prévu';
		return {
			title: `Fin le ${endsDay === null ? '?' : on(endsDay)} : ${name}`,
			reason: `Le contrat avec ${company} se termine le ${endsDay === null ? '?' : on(endsDay)} : ${next}.${value}`,
			action: isSupplier ? 'Décidez s’il faut un nouveau contrat, et consultez à temps.' : 'Proposez la suite au client avant cette date.',
		};
	}
	const months = renewalMonths ? `${counted(renewalMonths, 'mois', 'mois')}, jusqu’au ${on(plusMonths(endsDay, renewalMonths))}` : 'pour une nouvelle période';
	const because = noticeDays ? `fin le ${on(endsDay)}, préavis de ${counted(noticeDays, 'jour', 'jours')}` : `fin le ${on(endsDay)}, sans préavis`;
	// C. conso. L215-1 and L215-3: consumers and non-professionals only, so never said of a company that acts for its business.
	const informing =
		!isSupplier && legalForm === 'association'
			? ' Si cette association est un « non-professionnel », l’article L215-1 du code de la consommation peut vous obliger à l’informer par écrit, entre trois mois et un mois avant cette date : à vérifier.'
			: '';
	return {
		title: `À décider avant le ${on(notice)} : ${name}`,
		reason: `Sans dénonciation avant le ${on(notice)}, le contrat avec ${company} est reconduit ${months} (${because}).${value}${informing}`,
		action: isSupplier
			? 'Décidez avant cette date : renégocier, dénoncer par écrit avec une preuve de réception, ou laisser reconduire.'
			: 'Parlez-en au client avant cette date : confirmez la suite ou renégociez, sans attendre sa dénonciation.',
	};
}
