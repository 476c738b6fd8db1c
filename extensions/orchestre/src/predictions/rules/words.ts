import type { Language } from '../../platform/amount.ts';
import type { Target } from './types.ts';

type Words = Readonly<Record<Language, string>>;

/** What people read for each feature. Plain data: the forms use it too. */
export const featureWords: Readonly<Record<string, Words>> = {
	fit_points: { fr: 'Points d’adéquation', en: 'Fit points' },
	engagement_points: { fr: 'Points d’intérêt', en: 'Interest points' },
	age: { fr: 'Ancienneté de la fiche', en: 'Age of the record' },
	status: { fr: 'Statut', en: 'Status' },
	status_since: { fr: 'Temps dans ce statut', en: 'Time in this status' },
	response_hours: { fr: 'Délai de premier contact', en: 'Time to first contact' },
	contacts_outbound: { fr: 'Contacts de notre part', en: 'Contacts from us' },
	contacts_inbound: { fr: 'Messages reçus', en: 'Messages received' },
	meetings: { fr: 'Rendez-vous tenus', en: 'Meetings held' },
	reached: { fr: 'Échanges aboutis', en: 'Conversations' },
	last_contact: { fr: 'Dernier échange', en: 'Last contact' },
	last_inbound: { fr: 'Dernier message reçu', en: 'Last message received' },
	tasks_done: { fr: 'Tâches faites', en: 'Tasks done' },
	'criterion.account_kind': { fr: 'Compte existant', en: 'Existing account' },
	'criterion.budget': { fr: 'Budget annoncé', en: 'Stated budget' },
	'criterion.decision_role': { fr: 'Rôle dans la décision', en: 'Role in the decision' },
	'criterion.demo_requested_at': { fr: 'Démonstration demandée', en: 'Demo requested' },
	'criterion.industry': { fr: 'Secteur', en: 'Industry' },
	'criterion.job_title': { fr: 'Fonction', en: 'Job title' },
	'criterion.pages_viewed': { fr: 'Pages vues', en: 'Pages viewed' },
	'criterion.pricing_viewed_at': { fr: 'Tarifs consultés', en: 'Pricing viewed' },
	'criterion.size_band': { fr: 'Taille de l’entreprise', en: 'Company size' },
	'criterion.source': { fr: 'Provenance', en: 'Source' },
	'criterion.timing': { fr: 'Échéance du projet', en: 'Timing' },
	'criterion.trial_started_at': { fr: 'Essai démarré', en: 'Trial started' },
	stage_position: { fr: 'Avancement dans le pipeline', en: 'Progress in the pipeline' },
	stage_since: { fr: 'Temps dans l’étape', en: 'Time in the stage' },
	backwards: { fr: 'Retours en arrière', en: 'Steps back' },
	pace: { fr: 'Rythme des étapes', en: 'Pace of the stages' },
	amount: { fr: 'Montant', en: 'Amount' },
	amount_change: { fr: 'Évolution du montant', en: 'Change of the amount' },
	days_to_close: { fr: 'Échéance de signature', en: 'Expected signature' },
	pushes: { fr: 'Reports de signature', en: 'Times pushed' },
	deal_kind: { fr: 'Type d’affaire', en: 'Kind of deal' },
	deal_source: { fr: 'Source', en: 'Source' },
	from_lead: { fr: 'Issue d’un lead', en: 'Came from a lead' },
	people_met: { fr: 'Interlocuteurs', en: 'People we talked to' },
	company_won: { fr: 'Affaires gagnées avec ce client', en: 'Deals won with this client' },
	client_since: { fr: 'Ancienneté du client', en: 'Time as a client' },
	modules: { fr: 'Abonnements en cours', en: 'Running subscriptions' },
	mrr: { fr: 'Revenu mensuel', en: 'Monthly revenue' },
	mrr_change: { fr: 'Évolution du revenu mensuel', en: 'Change of the monthly revenue' },
	contractions: { fr: 'Baisses d’abonnement en un an', en: 'Downgrades within a year' },
	to_renewal: { fr: 'Prochaine échéance', en: 'Next anniversary' },
	usage: { fr: 'Usage sur 30 jours', en: 'Usage in 30 days' },
	usage_change: { fr: 'Évolution de l’usage', en: 'Change of the usage' },
	product_users: { fr: 'Utilisateurs actifs', en: 'Active users' },
	users_change: { fr: 'Évolution des utilisateurs', en: 'Change of the users' },
	last_usage: { fr: 'Dernier usage', en: 'Last usage' },
	tickets: { fr: 'Tickets sur 90 jours', en: 'Tickets in 90 days' },
	tickets_burning: { fr: 'Tickets hors délai', en: 'Tickets past their deadline' },
	tickets_open: { fr: 'Tickets ouverts', en: 'Open tickets' },
	overdue: { fr: 'Factures échues', en: 'Overdue invoices' },
	overdue_days: { fr: 'Retard de paiement', en: 'Days overdue' },
	paid_late: { fr: 'Factures payées en retard', en: 'Invoices paid late' },
	client_contacts: { fr: 'Échanges sur 90 jours', en: 'Exchanges in 90 days' },
	last_exchange: { fr: 'Dernier échange', en: 'Last exchange' },
	satisfaction: { fr: 'Satisfaction', en: 'Satisfaction' },
	milestones_late: { fr: 'Jalons en retard', en: 'Late milestones' },
	health: { fr: 'Score de santé', en: 'Health score' },
	company_lost: { fr: 'Affaires perdues avec ce client', en: 'Deals lost with this client' },
};

export const featureLabel = (name: string, language: Language = 'fr'): string => featureWords[name]?.[language] ?? name;

export const targetWords: Readonly<Record<Target, Words>> = {
	lead_conversion: { fr: 'Conversion des leads', en: 'Lead conversion' },
	deal_win: { fr: 'Gain des affaires', en: 'Deal win' },
	churn: { fr: 'Départ des clients', en: 'Churn' },
};

/** A learner's sentence names columns (« fit_points »): people read what they are. */
export const inPeoplesWords = (sentence: string): string =>
	sentence.replaceAll(/« ([a-z_.]+) »/g, (whole, name: string) => (featureWords[name] ? `« ${featureLabel(name)} »` : whole));

const count = (value: number, one: string, many: string): string => `${value.toLocaleString('fr-FR')} ${value < 2 ? one : many}`;

type Counted = (won: number, lost: number) => string;

const outcomes: Readonly<Record<Target, Counted>> = {
	lead_conversion: (won, lost) => `${count(won, 'converti', 'convertis')}, ${count(lost, 'non converti', 'non convertis')}`,
	deal_win: (won, lost) => `${count(won, 'gagnée', 'gagnées')}, ${count(lost, 'perdue ou sans suite', 'perdues ou sans suite')}`,
	churn: (won, lost) => `${count(won, 'départ', 'départs')}, ${count(lost, 'client resté', 'clients restés')}`,
};

/** `17 gagnées, 23 perdues ou sans suite`, `4 convertis, 19 non convertis`. `won`: what is predicted came true. */
export const outcomeWords = (target: Target, won: number, lost: number): string => outcomes[target](won, lost);

/** What counts while there is no model. */
export const fallbackWords: Readonly<Record<Target, string>> = {
	lead_conversion: 'Les points restent seuls.',
	deal_win: 'Les points restent seuls.',
	churn: 'L’indice vient des signes d’alerte.',
};
