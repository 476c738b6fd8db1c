import { choiceLabels } from '../../../leads/rules/labels.ts';

/** French words of choices that figures are broken down by; the same as in the forms (schema-snapshots). */
export const leadSources: Readonly<Record<string, string>> = choiceLabels['source'] ?? {};

export const dealKinds: Readonly<Record<string, string>> = { new: 'Nouveau client', upsell: 'Vente additionnelle', renewal: 'Renouvellement' };

export const lostReasons: Readonly<Record<string, string>> = {
	price: 'Prix',
	no_budget: 'Pas de budget',
	competitor: 'Concurrent',
	no_decision: 'Pas de décision',
	timing: 'Mauvais moment',
	missing_feature: 'Fonction absente',
	unreachable: 'Injoignable',
	other: 'Autre',
};

export const quoteRefusals: Readonly<Record<string, string>> = {
	accepted: 'Accepté',
	price: 'Refusé : prix',
	competitor: 'Refusé : concurrent',
	scope: 'Refusé : périmètre',
	no_budget: 'Refusé : pas de budget',
	timing: 'Refusé : mauvais moment',
	no_decision: 'Refusé : pas de décision',
	other: 'Refusé : autre',
};

export const interactionKinds: Readonly<Record<string, string>> = {
	call: 'Appel',
	email: 'E-mail',
	meeting: 'Réunion',
	sms: 'SMS',
	chat: 'Messagerie',
	visit: 'Visite',
};

export const channels: Readonly<Record<string, string>> = {
	email: 'E-mail',
	event: 'Salon ou événement',
	webinar: 'Webinaire',
	ads: 'Publicité',
	social: 'Réseaux sociaux',
	content: 'Contenu',
	phone: 'Téléphone',
	partner: 'Partenaire',
	mail: 'Courrier',
};

export const mrrMovements: Readonly<Record<string, string>> = {
	new: 'Nouveaux clients et retours',
	expansion: 'Hausses',
	contraction: 'Baisses',
	churn: 'Départs',
};

export const ticketKinds: Readonly<Record<string, string>> = {
	question: 'Question',
	incident: 'Incident',
	request: 'Demande',
	billing: 'Facturation',
	complaint: 'Réclamation',
};

export const ageingWords: Readonly<Record<string, string>> = { 1: '1 à 30 jours', 31: '31 à 60 jours', 61: '61 à 90 jours', 91: 'plus de 90 jours' };
