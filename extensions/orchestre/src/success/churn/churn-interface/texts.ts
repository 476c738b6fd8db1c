import type { Language } from '../../../platform/amount.ts';
import type { Thresholds } from '../rules/reasons.ts';

type Level = 'low' | 'watch' | 'high';

type Texts = {
	label: string;
	isNew: string;
	forbidden: string;
	batch: string;
	notYet: string;
	leaving: (day: string | null) => string;
	ofHundred: string;
	level: Record<Level, string>;
	meaningSigns: string;
	meaningModel: string;
	probability: (days: number) => string;
	between: (low: number, high: number) => string;
	similar: (rows: number, left: number) => string;
	signs: string;
	noSigns: string;
	points: string;
	capped: string;
	adverse: string;
	favourable: string;
	usual: string;
	rest: string;
	noModel: string;
	history: string;
	historyWords: (first: number, last: number, days: number) => string;
	version: (version: string) => string;
	computed: (at: string) => string;
	episode: (day: string) => string;
	tasks: (done: number, all: number) => string;
	value: (amount: string) => string;
	checkIn: (at: string, isTentative: boolean) => string;
	approval: Record<string, (amount: string, name: string) => string>;
	open: string;
};

/** « de Paul », « d’Inès », « d’Hélène ». */
export const ofName = (name: string): string => (/^[aeiouyh]/iu.test(name.normalize('NFD')) ? `d’${name}` : `de ${name}`);

/** How bad it is, by the thresholds of the settings. */
export const levelOf = (index: number, { from, until }: Thresholds): Level => (index > from ? 'high' : index >= until ? 'watch' : 'low');

export const churnTexts: Readonly<Record<Language, Texts>> = {
	fr: {
		label: 'Risque de départ',
		isNew: 'Le risque apparaîtra quand le client aura un abonnement ou un contrat en cours.',
		forbidden: 'Votre rôle ne permet pas de voir ce risque.',
		batch: 'Ouvrez un seul client pour lire son risque.',
		notYet: 'Pas de risque calculé : ce client n’a ni abonnement ni contrat récurrent en cours, ou le calcul de la nuit n’est pas encore passé.',
		leaving: (day) => (day ? `La résiliation est déjà demandée : le service s’arrête le ${day}.` : 'La résiliation est déjà demandée.'),
		ofHundred: 'sur 100',
		level: { low: 'Risque faible', watch: 'Risque moyen', high: 'Risque élevé' },
		meaningSigns: 'Somme des signes d’alerte. Ce n’est pas une probabilité.',
		meaningModel: 'Chances sur 100 de partir dans l’année, si le risque des prochains mois se maintient.',
		probability: (days) => `de probabilité de départ dans les ${days} jours`,
		between: (low, high) => `entre ${low} et ${high} %`,
		similar: (rows, left) => `Vérifié sur ${rows} cas semblables : ${left} ${left < 2 ? 'départ' : 'départs'}.`,
		signs: 'Signes d’alerte',
		noSigns: 'Aucun signe d’alerte.',
		points: 'en points d’indice',
		capped: 'plafonné à 100',
		adverse: 'Associé à plus de risque',
		favourable: 'Associé à moins de risque',
		usual: 'Niveau habituel',
		rest: 'tout le reste',
		noModel: 'Pas encore de probabilité fiable',
		history: 'Évolution',
		historyWords: (first, last, days) => `De ${first} à ${last} en ${days} ${days < 2 ? 'jour' : 'jours'}`,
		version: (version) => `Modèle ${version}.`,
		computed: (at) => `Calculé chaque nuit, inchangé depuis le ${at}.`,
		episode: (day) => `Plan de rétention ouvert le ${day}`,
		tasks: (done, all) => (all === 0 ? 'Aucune tâche' : `${done} ${done < 2 ? 'tâche faite' : 'tâches faites'} sur ${all}`),
		value: (amount) => `Valeur attendue : ${amount}`,
		checkIn: (at, isTentative) => `Point client le ${at}${isTentative ? ', à confirmer' : ''}`,
		approval: {
			pending: (amount, name) => `Geste de ${amount} : en attente ${ofName(name || 'décision')}`,
			approved: (amount) => `Geste de ${amount} accordé`,
			rejected: (amount) => `Geste de ${amount} refusé`,
			expired: (amount) => `Geste de ${amount} : personne n’a décidé à temps`,
			cancelled: (amount) => `Geste de ${amount} : demande retirée`,
		},
		open: 'Voir le plan',
	},
	en: {
		label: 'Churn risk',
		isNew: 'The risk will appear once the client has a running subscription or contract.',
		forbidden: 'Your role does not let you see this risk.',
		batch: 'Open a single client to read its risk.',
		notYet: 'No risk yet: this client has no running subscription or recurring contract, or the nightly run is still to come.',
		leaving: (day) => (day ? `Notice was given already: the service stops on ${day}.` : 'Notice was given already.'),
		ofHundred: 'of 100',
		level: { low: 'Low risk', watch: 'Medium risk', high: 'High risk' },
		meaningSigns: 'Sum of the warning signs. It is not a probability.',
		meaningModel: 'Chances in 100 of leaving within a year, should the risk of the coming months last.',
		probability: (days) => `probability of leaving within ${days} days`,
		between: (low, high) => `between ${low} and ${high}%`,
		similar: (rows, left) => `Checked on ${rows} similar cases: ${left} left.`,
		signs: 'Warning signs',
		noSigns: 'No warning sign.',
		points: 'in points of the index',
		capped: 'capped at 100',
		adverse: 'Associated with more risk',
		favourable: 'Associated with less risk',
		usual: 'Usual level',
		rest: 'everything else',
		noModel: 'No reliable probability yet',
		history: 'Development',
		historyWords: (first, last, days) => `From ${first} to ${last} in ${days} ${days === 1 ? 'day' : 'days'}`,
		version: (version) => `Model ${version}.`,
		computed: (at) => `Worked out every night, unchanged since ${at}.`,
		episode: (day) => `Retention plan opened on ${day}`,
		tasks: (done, all) => (all === 0 ? 'No task' : `${done} of ${all} tasks done`),
		value: (amount) => `Expected value: ${amount}`,
		checkIn: (at, isTentative) => `Check-in on ${at}${isTentative ? ', to be confirmed' : ''}`,
		approval: {
			pending: (amount, name) => `Incentive of ${amount}: waiting for ${name || 'a decision'}`,
			approved: (amount) => `Incentive of ${amount} agreed`,
			rejected: (amount) => `Incentive of ${amount} refused`,
			expired: (amount) => `Incentive of ${amount}: nobody decided in time`,
			cancelled: (amount) => `Incentive of ${amount}: request withdrawn`,
		},
		open: 'See the plan',
	},
};
