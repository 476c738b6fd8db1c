import type { Language } from '../../platform/amount.ts';
import type { JobState } from '../../platform/jobs/types.ts';
import type { MilestoneView } from '../overview.ts';
import type { Branch } from '../rules/types.ts';

type Status = MilestoneView['status'];

type PlanTexts = {
	label: string;
	isNew: string;
	forbidden: string;
	empty: string;
	hidden: string;
	reached: (done: number, all: number) => string;
	end: (day: string) => string;
	heading: (day: string) => string;
	signed: (day: string) => string;
	value: (days: number) => string;
	status: Record<Status, string>;
	late: (days: number) => string;
	critical: string;
	criticalHint: string;
	slack: (days: number) => string;
	goLive: string;
	fixed: string;
	expected: (day: string) => string;
	due: (day: string) => string;
	done: (day: string) => string;
	noDate: string;
	nobody: string;
	tasks: (open: number) => string;
	lacks: Record<'evidence' | 'result', string>;
	after: (names: string) => string;
	today: string;
	branches: string;
	branch: Record<Branch, string>;
	state: Record<JobState, string>;
	again: string;
	retrying: string;
	retryFailed: string;
	retryRefused: string;
	surveys: string;
	answered: (score: number) => string;
	asked: string;
	afterMilestone: (name: string) => string;
};

const plural = (count: number, one: string, many: string): string => `${count} ${count < 2 ? one : many}`;

export const planTexts: Record<Language, PlanTexts> = {
	fr: {
		label: 'Plan du projet',
		isNew: 'Le plan apparaîtra à l’enregistrement du projet.',
		forbidden: 'Votre rôle ne permet pas de voir le plan de ce projet.',
		empty: 'Aucun jalon pour l’instant : ajoutez-les plus bas, dans « Réalisation ».',
		hidden: 'Vous ne voyez aucun jalon de ce projet.',
		reached: (done, all) => `${plural(done, 'jalon atteint', 'jalons atteints')} sur ${all}`,
		end: (day) => `Fin prévue le ${day}`,
		heading: (day) => `au rythme actuel, plutôt le ${day}`,
		signed: (day) => `Signé le ${day}`,
		value: (days) => `Mis en service en ${plural(days, 'jour', 'jours')}`,
		status: { todo: 'À venir', in_progress: 'En cours', waiting_client: 'Attend le client', done: 'Atteint', cancelled: 'Annulé' },
		late: (days) => `En retard de ${plural(days, 'jour ouvré', 'jours ouvrés')}`,
		critical: 'Chemin critique',
		criticalHint: 'Tout retard de ce jalon repousse la fin du projet.',
		slack: (days) => `${plural(days, 'jour', 'jours')} de marge`,
		goLive: 'Mise en service',
		fixed: 'Dates fixées',
		expected: (day) => `se dirige vers le ${day}`,
		due: (day) => `pour le ${day}`,
		done: (day) => `le ${day}`,
		noDate: 'sans échéance',
		nobody: 'Sans responsable',
		tasks: (open) => plural(open, 'tâche ouverte', 'tâches ouvertes'),
		lacks: { evidence: 'Preuve manquante', result: 'Résultat à noter' },
		after: (names) => `Après : ${names}`,
		today: 'Aujourd’hui',
		branches: 'Accompagnement',
		branch: { welcome: 'E-mail de bienvenue', slack: 'Canal Slack', billing: 'Facturation', contract: 'Contrat' },
		state: { waiting: 'En attente', running: 'En cours', done: 'Fait', failed: 'Échec', skipped: 'Non fait' },
		again: 'Relancer',
		retrying: 'Relance…',
		retryFailed: 'La relance n’a pas abouti. Réessayez.',
		retryRefused: 'Vous n’avez pas le droit de relancer cette étape.',
		surveys: 'Avis du client',
		answered: (score) => `${score} sur 5`,
		asked: 'demandé, sans réponse',
		afterMilestone: (name) => `après « ${name} »`,
	},
	en: {
		label: 'Plan of the project',
		isNew: 'The plan will appear once the project is saved.',
		forbidden: 'Your role does not let you see the plan of this project.',
		empty: 'No milestones yet: add them below, under “Work”.',
		hidden: 'You see no milestone of this project.',
		reached: (done, all) => `${done} of ${plural(all, 'milestone', 'milestones')} reached`,
		end: (day) => `Planned end ${day}`,
		heading: (day) => `at this pace rather ${day}`,
		signed: (day) => `Signed on ${day}`,
		value: (days) => `Live within ${days === 1 ? '1 day' : `${days} days`}`,
		status: { todo: 'To come', in_progress: 'In progress', waiting_client: 'Waits for the client', done: 'Reached', cancelled: 'Cancelled' },
		late: (days) => `${days === 1 ? '1 working day' : `${days} working days`} late`,
		critical: 'Critical path',
		criticalHint: 'Any delay of this milestone delays the end of the project.',
		slack: (days) => `${days === 1 ? '1 day' : `${days} days`} of slack`,
		goLive: 'Go-live',
		fixed: 'Dates fixed',
		expected: (day) => `heading for ${day}`,
		due: (day) => `due ${day}`,
		done: (day) => `on ${day}`,
		noDate: 'no due date',
		nobody: 'Nobody in charge',
		tasks: (open) => (open === 1 ? '1 open task' : `${open} open tasks`),
		lacks: { evidence: 'Evidence missing', result: 'Result to note' },
		after: (names) => `After: ${names}`,
		today: 'Today',
		branches: 'Alongside',
		branch: { welcome: 'Welcome e-mail', slack: 'Slack channel', billing: 'Billing', contract: 'Contract' },
		state: { waiting: 'Waiting', running: 'In progress', done: 'Done', failed: 'Failed', skipped: 'Not done' },
		again: 'Try again',
		retrying: 'Trying…',
		retryFailed: 'This did not work. Try again.',
		retryRefused: 'You may not run this step again.',
		surveys: 'The client’s opinions',
		answered: (score) => `${score} of 5`,
		asked: 'asked, no answer',
		afterMilestone: (name) => `after “${name}”`,
	},
};

export const statusIcons: Record<Status, string> = {
	todo: 'radio_button_unchecked',
	in_progress: 'timelapse',
	waiting_client: 'hourglass_top',
	done: 'check_circle',
	cancelled: 'block',
};
export const branchIcons: Record<Branch, string> = { welcome: 'mail', slack: 'tag', billing: 'receipt_long', contract: 'contract' };
export const stateIcons: Record<JobState, string> = {
	waiting: 'schedule',
	running: 'sync',
	done: 'check_circle',
	failed: 'error',
	skipped: 'do_not_disturb_on',
};
