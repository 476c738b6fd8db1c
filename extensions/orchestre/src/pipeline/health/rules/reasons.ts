import { counted } from '../../../platform/text.ts';
import type { DealFacts, HealthSettings, Reason, StageLimit } from './types.ts';

const days = (count: number): string => counted(count, 'jour', 'jours');

/** Something is planned soon enough to count: a date in a year is no next step. */
export const isPlanned = ({ plannedDay }: DealFacts, today: number, { plannedDays }: HealthSettings): boolean =>
	plannedDay !== null && plannedDay >= today && plannedDay <= today + plannedDays;

function agedText(age: number, { days: limit, winners, source }: StageLimit): string {
	const since = `Dans cette étape depuis ${days(age)}`;
	if (source === 'winners') return `${since} : 80 % des affaires gagnées en sortent en ${days(limit)} au plus (${winners} gains).`;
	const few = winners === 0 ? 'aucun gain à quoi comparer' : `${counted(winners, 'gain seulement', 'gains seulement')}, trop peu pour s’y fier`;
	return `${since} : la durée ${source === 'stage' ? 'cible de l’étape' : 'prévue dans les réglages'} est de ${days(limit)} (${few}).`;
}

function contactsReason({ amountCents, contacts }: DealFacts, { contactsFromCents }: HealthSettings): Reason | null {
	if (contacts === 0) return { code: 'single_contact', weight: 1, text: 'Aucun contact n’est rattaché à l’affaire.' };
	if (contacts > 1 || (amountCents ?? 0) < contactsFromCents) return null;
	return { code: 'single_contact', weight: 1, text: 'Un seul contact chez le client : s’il part, l’affaire part avec lui.' };
}

/**
 * What is not well with an open deal, the heaviest first. A planned activity silences idleness and halves the weight of age and of an
 * overdue date: somebody is on it. Neither the stage's name nor the order of rows matters.
 */
export function reasonsOf(deal: DealFacts, limit: StageLimit, settings: HealthSettings, today: number): Reason[] {
	const planned = isPlanned(deal, today, settings);
	const [idle, age] = [today - deal.activityDay, today - deal.stageDay];
	const late = deal.closeDay === null ? 0 : today - deal.closeDay;
	const found: (Reason | null | false)[] = [
		!planned &&
			idle >= settings.idleDays && {
				code: 'idle',
				weight: idle >= 2 * settings.idleDays ? 3 : 2,
				text: `Aucune activité depuis ${days(idle)}, et rien de prévu (seuil : ${days(settings.idleDays)}).`,
			},
		age > limit.days && { code: 'aged', weight: planned ? 1 : 2, text: agedText(age, limit) },
		late > 0 && { code: 'overdue', weight: planned ? 1 : 2, text: `La signature était prévue il y a ${days(late)}, et l’affaire est toujours ouverte.` },
		deal.pushes >= settings.pushes && {
			code: 'pushed',
			weight: deal.pushes > settings.pushes ? 2 : 1,
			text: `Signature repoussée ${counted(deal.pushes, 'fois', 'fois')}.`,
		},
		// The day of a move is there to plan the next step.
		!planned && age > 0 && { code: 'no_next_step', weight: 2, text: `Aucune activité n’est prévue dans les ${days(settings.plannedDays)} qui viennent.` },
		contactsReason(deal, settings),
		!deal.amountCents && { code: 'no_amount', weight: 1, text: 'Aucun montant : l’affaire ne compte pas dans la prévision.' },
	];
	// Stable: reasons of one weight stay in the order above.
	return found.filter((reason): reason is Reason => Boolean(reason)).toSorted((one, other) => other.weight - one.weight);
}
