import type { Language } from '../../platform/amount.ts';
import type { Channel, RunState, StopReason } from '../rules/types.ts';
import { channelWords, stateWords, stopWords } from '../rules/words.ts';

type Texts = {
	label: string;
	isNew: string;
	batch: string;
	forbidden: string;
	failed: string;
	retry: string;
	none: string;
	noneAvailable: string;
	choose: string;
	start: string;
	stop: string;
	pause: string;
	resume: string;
	sent: string;
	resend: string;
	next: string;
	progress: (done: number, all: number) => string;
	state: Readonly<Record<RunState, string>>;
	reason: Readonly<Record<StopReason, string>>;
	channel: Readonly<Record<Channel, string>>;
	done: Readonly<Record<string, string>>;
};

export const sequenceTexts: Record<Language, Texts> = {
	fr: {
		label: 'Séquences',
		isNew: 'Enregistrez la fiche pour lancer une séquence.',
		batch: 'Ouvrez une seule fiche pour voir ses séquences.',
		forbidden: 'Votre rôle ne permet pas de voir les séquences de cette fiche.',
		failed: 'Lecture impossible pour le moment.',
		retry: 'Réessayer',
		none: 'Aucune séquence en cours.',
		noneAvailable: 'Aucune séquence active : un manager peut en activer dans « Séquences ».',
		choose: 'Choisir une séquence…',
		start: 'Lancer la séquence',
		stop: 'Arrêter',
		pause: 'Mettre en pause',
		resume: 'Reprendre',
		sent: 'Parti : continuer',
		resend: 'Renvoyer',
		next: 'Prochaine étape',
		progress: (done, all) => `${done} étape${done > 1 ? 's' : ''} sur ${all}`,
		state: stateWords,
		reason: stopWords,
		channel: channelWords,
		done: { sending: 'envoi en cours', sent: 'envoyé', task: 'tâche créée', skipped: 'étape passée', unknown: 'envoi non confirmé' },
	},
	en: {
		label: 'Sequences',
		isNew: 'Save the record to start a sequence.',
		batch: 'Open a single record to see its sequences.',
		forbidden: 'Your role does not show the sequences of this record.',
		failed: 'This cannot be read at the moment.',
		retry: 'Try again',
		none: 'No sequence under way.',
		noneAvailable: 'No active sequence: a manager can activate one in “Sequences”.',
		choose: 'Choose a sequence…',
		start: 'Start the sequence',
		stop: 'Stop',
		pause: 'Pause',
		resume: 'Resume',
		sent: 'It went out: go on',
		resend: 'Send again',
		next: 'Next step',
		progress: (done, all) => `${done} of ${all} steps`,
		state: { active: 'Active', paused: 'Paused', to_check: 'To check', finished: 'Finished', stopped: 'Stopped', failed: 'Failed' },
		reason: {
			replied: 'replied',
			meeting: 'meeting booked',
			converted: 'converted',
			opted_out: 'opted out',
			no_consent: 'no consent',
			bounced: 'address turned down',
			lost: 'lost',
			gone: 'archived or gone',
			elsewhere: 'already in another sequence',
			manual: 'stopped by hand',
		},
		channel: { email: 'E-mail', sms: 'SMS', call: 'Call', linkedin: 'LinkedIn' },
		done: { sending: 'sending', sent: 'sent', task: 'task made', skipped: 'passed over', unknown: 'not confirmed' },
	},
};
