import type { Action, DealFacts, HealthState, Reason, ReasonCode } from './types.ts';

/** Which reason is dealt with first: what makes the others go away comes before what remains. */
const order: readonly ReasonCode[] = ['overdue', 'idle', 'no_next_step', 'aged', 'pushed', 'single_contact', 'no_amount'];

type Advice = (contact: string | null) => Omit<Action, 'days'>;

const withWhom = (contact: string | null): string => contact ?? 'le client';

const advice: Record<ReasonCode, Advice> = {
	overdue: (contact) => ({
		kind: 'call',
		title: `Confirmer la date de signature avec ${withWhom(contact)}`,
		text: `Appelez ${withWhom(contact)} : obtenez une nouvelle date de signature, ou fermez l’affaire avec son motif.`,
	}),
	idle: (contact) => ({
		kind: 'call',
		title: `Relancer ${withWhom(contact)}`,
		text: `Appelez ${withWhom(contact)}, notez l’échange et fixez une prochaine étape datée.`,
	}),
	no_next_step: (contact) => ({
		kind: 'call',
		title: `Convenir de la prochaine étape avec ${withWhom(contact)}`,
		text: `Convenez avec ${withWhom(contact)} d’une prochaine étape datée.`,
	}),
	aged: () => ({
		kind: 'review',
		title: 'Décider de la suite : faire avancer ou clore',
		text: 'Demandez-vous ce qui manque pour changer d’étape : demandez-le au client avec une échéance, ou fermez l’affaire.',
	}),
	pushed: (contact) => ({
		kind: 'meeting',
		title: `Revoir le calendrier avec ${withWhom(contact)} et le décideur`,
		text: `Rencontrez ${withWhom(contact)} et la personne qui signe : qu’est-ce qui retient la signature, et quelle date tient ?`,
	}),
	single_contact: (contact) => ({
		kind: contact ? 'meeting' : 'todo',
		title: contact ? `Rencontrer un second interlocuteur par ${contact}` : 'Rattacher les contacts à l’affaire',
		text: contact
			? `Demandez à ${contact} de vous présenter la personne qui décide, puis rattachez-la à l’affaire.`
			: 'Rattachez à l’affaire les personnes avec qui vous parlez, le décideur en premier.',
	}),
	no_amount: () => ({
		kind: 'todo',
		title: 'Chiffrer l’affaire',
		text: 'Chiffrez l’affaire, même à peu près : un ordre de grandeur suffit pour la prévision.',
	}),
};

/** The reason that is dealt with first. */
export const leadingReason = <One extends Pick<Reason, 'code'>>(reasons: readonly One[]): One | null => {
	const first = order.find((code) => reasons.some((reason) => reason.code === code));
	return reasons.find(({ code }) => code === first) ?? null;
};

/** The one thing to do now about a deal; null when there is nothing to do. Sooner where it is worse. */
export function actionFor(reasons: readonly Reason[], deal: Pick<DealFacts, 'contact'>, state: HealthState): Action | null {
	const first = leadingReason(reasons);
	return first ? { ...advice[first.code](deal.contact), days: state === 'bad' ? 1 : 3 } : null;
}
