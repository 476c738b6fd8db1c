import type { Language } from '../../platform/amount.ts';
import type { CardTarget, ModelCard } from './read.ts';

type Texts = {
	label: string;
	isNew: string;
	forbidden: string;
	batch: string;
	status: Record<ModelCard['status'], string>;
	cases: (target: CardTarget, rows: number, won: number) => string;
	period: (from: string, until: string) => string;
	tested: (rows: number) => string;
	figures: (target: CardTarget) => Record<'auc' | 'lift' | 'recall' | 'ece', { name: string; hint: string }>;
	precision: { name: string; hint: (sure: number) => string };
	range: (low: string, high: string) => string;
	reliability: string;
	reliabilityHint: string;
	predicted: string;
	seen: string;
	point: (predicted: number, seen: number, rows: number) => string;
	lift: (target: CardTarget) => string;
	liftHint: (target: CardTarget, usual: number) => string;
	tenth: (target: CardTarget, place: number, share: number, rows: number) => string;
	most: string;
	least: string;
	usual: string;
	checks: string;
	passed: string;
	failed: string;
	features: string;
	featuresHint: string;
	watched: string;
	drift: string;
	noDrift: string;
	notMeasured: string;
	rates: string;
	ratesHint: string;
	group: (target: CardTarget, group: string) => string;
	interval: string;
	count: string;
};

const count = (value: number): string => value.toLocaleString('fr-FR');

const usage: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
	fr: { unknown: 'Usage inconnu', none: 'Plus d’usage', down: 'Usage en baisse', steady: 'Usage stable' },
	en: { unknown: 'Usage unknown', none: 'No usage left', down: 'Usage falling', steady: 'Usage steady' },
};

const groups: Readonly<Record<Language, Record<CardTarget, (group: string) => string>>> = {
	fr: {
		lead_conversion: (group) => `Note ${group}`,
		deal_win: (group) => `Étape ${group}`,
		churn: (group) => usage.fr[group] ?? group,
		document_field: (group) => group,
	},
	en: {
		lead_conversion: (group) => `Grade ${group}`,
		deal_win: (group) => `Stage ${group}`,
		churn: (group) => usage.en[group] ?? group,
		document_field: (group) => group,
	},
};

/** What is predicted, where it came true. */
const cameTrue: Readonly<Record<Language, Record<CardTarget, string>>> = {
	fr: { lead_conversion: 'réussites', deal_win: 'réussites', churn: 'départs', document_field: 'champs justes' },
	en: { lead_conversion: 'successes', deal_win: 'successes', churn: 'departures', document_field: 'right fields' },
};
const rate: Readonly<Record<Language, Record<CardTarget, string>>> = {
	fr: { lead_conversion: 'réussite', deal_win: 'réussite', churn: 'départ', document_field: 'champs justes' },
	en: { lead_conversion: 'success', deal_win: 'success', churn: 'departure', document_field: 'right fields' },
};

export const cardTexts: Readonly<Record<Language, Texts>> = {
	fr: {
		label: 'Fiche du modèle',
		isNew: 'Un modèle naît d’un entraînement, pas d’un formulaire.',
		forbidden: 'Votre rôle ne permet pas de voir ce modèle.',
		batch: 'Ouvrez un seul modèle pour lire sa fiche.',
		status: {
			training: 'En cours',
			candidate: 'Non retenu',
			shadow: 'À l’essai',
			champion: 'En service',
			refused: 'Refusé',
			retired: 'Remplacé',
			failed: 'Échec',
		},
		cases: (target, rows, won) =>
			({
				deal_win: `${count(rows)} affaires étudiées, dont ${count(won)} gagnées`,
				lead_conversion: `${count(rows)} leads étudiés, dont ${count(won)} convertis`,
				churn: `${count(rows)} relevés de clients étudiés, dont ${count(won)} suivis d’un départ`,
				document_field: `${count(rows)} champs vérifiés par l’équipe, dont ${count(won)} lus justes`,
			})[target],
		period: (from, until) => `du ${from} au ${until}`,
		tested: (rows) => `Mesuré sur les ${count(rows)} cas les plus récents, que le modèle n’avait jamais vus.`,
		figures: (target) => ({
			auc: {
				name: 'Bon ordre',
				hint:
					target === 'churn'
						? 'Sur deux clients, l’un parti et l’autre resté : part des fois où le modèle donne plus de risque à celui qui part (AUC). 50 % = hasard.'
						: 'Sur deux cas, l’un réussi et l’autre non : part des fois où le modèle met le bon devant (AUC). 50 % = hasard.',
			},
			lift: { name: 'Premier dixième', hint: `Dans les 10 % les plus probables, combien de fois plus de ${cameTrue.fr[target]} que d’habitude.` },
			recall: {
				name: 'Premier cinquième',
				hint: `Part ${target === 'churn' ? 'de tous les' : 'de toutes les'} ${cameTrue.fr[target]} qui se trouve dans les 20 % les plus probables.`,
			},
			ece: { name: 'Écart moyen', hint: 'Écart moyen entre la probabilité annoncée et ce qui est arrivé.' },
		}),
		precision: { name: 'Sûrs, et justes', hint: (sure) => `Part des ${count(sure)} champs annoncés sûrs qui étaient justes.` },
		range: (low, high) => `entre ${low} et ${high}`,
		reliability: 'Ce qui était annoncé, ce qui est arrivé',
		reliabilityHint: 'Chaque point est un dixième des cas. Sur la diagonale, le modèle dit vrai ; le trait montre ce que le hasard explique.',
		predicted: 'annoncé',
		seen: 'arrivé',
		point: (predicted, seen, rows) => `Annoncé ${predicted} %, arrivé ${seen} % (${rows} cas)`,
		lift: (target) => (target === 'churn' ? 'Les plus menacés partent-ils plus souvent ?' : 'Les mieux classés réussissent-ils plus souvent ?'),
		liftHint: (target, usual) => `Taux de ${rate.fr[target]} par dixième, du plus probable au moins probable. Pointillé : le taux habituel, ${usual} %.`,
		tenth: (target, place, share, rows) => `Dixième ${place} : ${share} % de ${rate.fr[target]} (${rows} cas)`,
		most: 'plus probables',
		least: 'moins probables',
		usual: 'habituel',
		checks: 'Conditions de mise en service',
		passed: 'remplie',
		failed: 'non remplie',
		features: 'Ce qui compte le plus',
		featuresHint: 'Associé à l’issue, sans en être forcément la cause.',
		watched: 'Informations étudiées',
		drift: 'Dérive',
		noDrift: 'Mesurée chaque nuit tant que le modèle est en service.',
		notMeasured: 'Pas de mesure : il n’y a pas encore assez de cas.',
		rates: 'En attendant : ce que montre l’historique',
		ratesHint: 'Taux ramenés vers la moyenne de l’entreprise, avec leur intervalle à 95 %.',
		group: (target, group) => (group === 'all' ? 'Ensemble' : group === '' ? 'Non noté' : groups.fr[target](group)),
		interval: 'Taux',
		count: 'Cas',
	},
	en: {
		label: 'Model card',
		isNew: 'A model comes of a training, not of a form.',
		forbidden: 'Your role does not let you see this model.',
		batch: 'Open a single model to read its card.',
		status: { training: 'Training', candidate: 'Not taken', shadow: 'On trial', champion: 'In use', refused: 'Refused', retired: 'Replaced', failed: 'Failed' },
		cases: (target, rows, won) =>
			({
				deal_win: `${rows} deals studied, ${won} of them won`,
				lead_conversion: `${rows} leads studied, ${won} of them converted`,
				churn: `${rows} records of clients studied, ${won} of them followed by a departure`,
				document_field: `${rows} fields checked by the team, ${won} of them read right`,
			})[target],
		period: (from, until) => `from ${from} to ${until}`,
		tested: (rows) => `Measured on the ${rows} newest cases, which the model had never seen.`,
		figures: (target) => ({
			auc: {
				name: 'Right order',
				hint:
					target === 'churn'
						? 'Of two clients, one gone and one still there: how often the model gives more risk to the one that goes (AUC). 50% = chance.'
						: 'Of two cases, one successful and one not: how often the model puts the right one first (AUC). 50% = chance.',
			},
			lift: { name: 'First tenth', hint: `Among the 10% most probable, how many times the usual rate of ${rate.en[target]}.` },
			recall: { name: 'First fifth', hint: `Share of all ${cameTrue.en[target]} among the 20% most probable.` },
			ece: { name: 'Mean gap', hint: 'Mean gap between the stated probability and what happened.' },
		}),
		precision: { name: 'Sure, and right', hint: (sure) => `Share of the ${sure} fields called sure that were right.` },
		range: (low, high) => `between ${low} and ${high}`,
		reliability: 'What was said, what happened',
		reliabilityHint: 'Each dot is a tenth of the cases. On the diagonal the model is right; the line shows what chance explains.',
		predicted: 'said',
		seen: 'happened',
		point: (predicted, seen, rows) => `Said ${predicted}%, happened ${seen}% (${rows} cases)`,
		lift: (target) => (target === 'churn' ? 'Do those most at risk leave more often?' : 'Do the best ranked succeed more often?'),
		liftHint: (target, usual) => `Rate of ${rate.en[target]} by tenth, from the most to the least probable. Dashed: the usual rate, ${usual}%.`,
		tenth: (target, place, share, rows) => `Tenth ${place}: ${share}% ${rate.en[target]} (${rows} cases)`,
		most: 'most probable',
		least: 'least probable',
		usual: 'usual',
		checks: 'Conditions for use',
		passed: 'met',
		failed: 'not met',
		features: 'What counts most',
		featuresHint: 'Associated with the outcome, not necessarily its cause.',
		watched: 'Information studied',
		drift: 'Drift',
		noDrift: 'Measured every night while the model is in use.',
		notMeasured: 'No measure: there are not enough cases yet.',
		rates: 'Meanwhile: what the history shows',
		ratesHint: 'Rates drawn towards the company’s mean, with their 95% interval.',
		group: (target, group) => (group === 'all' ? 'All' : group === '' ? 'Not graded' : groups.en[target](group)),
		interval: 'Rate',
		count: 'Cases',
	},
};
