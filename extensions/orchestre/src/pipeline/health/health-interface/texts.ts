import type { Language } from '../../../platform/amount.ts';
import type { HealthState } from '../rules/types.ts';

type HealthTexts = {
	label: string;
	isNew: string;
	forbidden: string;
	unknown: string;
	state: Record<HealthState, string>;
	hint: Record<HealthState, string>;
	atRisk: (euros: string) => string;
	atRiskHint: string;
	action: string;
	plan: string;
	planning: string;
	planned: (title: string, moment: string | null) => string;
	openTask: string;
	refused: string;
	failed: string;
	judged: (moment: string) => string;
};

export const healthTexts: Record<Language, HealthTexts> = {
	fr: {
		label: 'Santé de l’affaire',
		isNew: 'La santé de l’affaire apparaîtra à l’enregistrement.',
		forbidden: 'Votre rôle ne permet pas de voir la santé de cette affaire.',
		unknown: 'Cette affaire n’a pas encore été contrôlée : elle le sera la nuit prochaine ou à la prochaine modification.',
		state: { good: 'En bonne santé', watch: 'À surveiller', bad: 'En danger' },
		hint: {
			good: 'Rien à signaler : l’affaire avance et la suite est prévue.',
			watch: 'Quelque chose manque : mieux vaut s’en occuper cette semaine.',
			bad: 'L’affaire risque d’être perdue si personne n’agit.',
		},
		atRisk: (euros) => `${euros} en jeu`,
		atRiskHint: 'Montant × probabilité',
		action: 'Action conseillée',
		plan: 'Planifier cette action',
		planning: 'Planification…',
		planned: (title, moment) => `Planifié${moment ? ` pour le ${moment}` : ''} : ${title}`,
		openTask: 'Ouvrir la tâche',
		refused: 'Vous n’avez pas le droit de planifier la suite de cette affaire.',
		failed: 'L’action n’a pas pu être planifiée. Réessayez.',
		judged: (moment) => `Contrôlé le ${moment}`,
	},
	en: {
		label: 'Health of the deal',
		isNew: 'The health of the deal will appear once it is saved.',
		forbidden: 'Your role does not let you see the health of this deal.',
		unknown: 'This deal was not checked yet: it will be tonight or with the next change.',
		state: { good: 'Healthy', watch: 'To watch', bad: 'In danger' },
		hint: {
			good: 'Nothing to report: the deal moves and what comes next is planned.',
			watch: 'Something is missing: better take care of it this week.',
			bad: 'The deal may be lost if nobody acts.',
		},
		atRisk: (euros) => `${euros} at stake`,
		atRiskHint: 'Amount × probability',
		action: 'Suggested action',
		plan: 'Plan this action',
		planning: 'Planning…',
		planned: (title, moment) => `Planned${moment ? ` for ${moment}` : ''}: ${title}`,
		openTask: 'Open the task',
		refused: 'You may not plan what comes next for this deal.',
		failed: 'The action could not be planned. Try again.',
		judged: (moment) => `Checked on ${moment}`,
	},
};

/** An icon for each reason. */
export const reasonIcons = {
	idle: 'hourglass_disabled',
	aged: 'timelapse',
	overdue: 'event_busy',
	pushed: 'update',
	no_next_step: 'help_center',
	single_contact: 'person',
	no_amount: 'money_off',
} as const;
