import type { Channel, RunState, StopReason } from './types.ts';

export const stopWords: Readonly<Record<StopReason, string>> = {
	replied: 'a répondu',
	meeting: 'rendez-vous pris',
	converted: 'converti',
	opted_out: 's’est désinscrit',
	no_consent: 'pas de consentement',
	bounced: 'adresse refusée par le serveur du destinataire',
	lost: 'perdu',
	gone: 'fiche archivée ou contact parti',
	elsewhere: 'suit déjà une autre séquence',
	manual: 'arrêtée à la main',
};

export const stateWords: Readonly<Record<RunState, string>> = {
	active: 'En cours',
	paused: 'En pause',
	to_check: 'À vérifier',
	finished: 'Terminée',
	stopped: 'Arrêtée',
	failed: 'Échec',
};

export const channelWords: Readonly<Record<Channel, string>> = { email: 'E-mail', sms: 'SMS', call: 'Appel', linkedin: 'LinkedIn' };
