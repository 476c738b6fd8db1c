import { readAutomation } from '../breakdowns/automation.ts';
import { readCalibration } from '../breakdowns/calibration.ts';
import { readCampaigns } from '../breakdowns/campaigns.ts';
import { readCash } from '../breakdowns/cash.ts';
import { readBands } from '../breakdowns/churn-bands.ts';
import { readReceivables } from '../breakdowns/receivables.ts';
import { readMovements } from '../breakdowns/recurring.ts';
import { readCohorts } from '../breakdowns/retention.ts';
import { fewestCases } from '../rules/calibration.ts';
import { fewestWon } from '../rules/roi.ts';
import { lists } from './lists.ts';
import type { KpiDefinition } from '../types.ts';

const monthly = { version: 1, frequency: 'hourly', scopes: ['company'], periods: ['month'] } as const;

/** Figures that are shown with what they are made of (docs/decisions/127): the breakdown stands in `performance.details.own`. */
export const breakdowns: readonly KpiDefinition[] = [
	{
		...monthly,
		key: 'creances_par_age',
		name: 'Créances clients',
		name_en: 'Receivables',
		domain: 'finance',
		description: 'Ce que les clients doivent, par ancienneté, et en combien de jours les ventes sont payées.',
		formula:
			'Factures de vente émises en euros, TTC, moins les règlements reçus et les avoirs imputés, au dernier jour. Retard compté depuis l’échéance. DSO par épuisement : le chiffre d’affaires TTC des mois les plus récents est retiré des créances, avec les jours de chaque mois, jusqu’à épuisement.',
		unit: 'eur',
		direction: 'down',
		aggregation: 'last',
		scopes: ['company', 'team'],
		formulaOf: { compute: readReceivables },
		list: lists.unpaidInvoices,
	},
	{
		...monthly,
		key: 'tresorerie_nette',
		isSigned: true,
		name: 'Flux de trésorerie',
		name_en: 'Net cash flow',
		domain: 'finance',
		description: 'Ce qui est entré en caisse moins ce qui en est sorti.',
		formula:
			'Règlements reçus moins règlements versés, en euros, à la date de règlement. Ce qui n’est pas saisi dans Orchestre (salaires, impôts) n’y est pas.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'sum',
		formulaOf: { compute: readCash },
		list: lists.payments,
	},
	{
		...monthly,
		key: 'mouvements_mrr',
		isSigned: true,
		version: 2,
		name: 'Évolution nette du MRR',
		name_en: 'Net MRR movement',
		domain: 'success',
		description: 'Ce qui a fait monter et baisser le revenu mensuel récurrent.',
		formula:
			'MRR de fin moins MRR de début. Chaque client compte une fois, tous ses abonnements ensemble : nouveau, retour, hausse, baisse ou départ. Essais et abonnements suspendus ne rapportent rien. Abonnements en euros.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'sum',
		scopes: ['company', 'team'],
		formulaOf: { compute: readMovements },
		list: lists.subscriptionChanges,
	},
	{
		...monthly,
		key: 'retention_cohortes',
		version: 2,
		name: 'Revenu conservé à douze mois',
		name_en: 'Revenue kept after twelve months',
		domain: 'success',
		description: 'Ce que les clients entrés ensemble paient encore, mois après mois.',
		formula:
			'MRR au bout de douze mois ÷ MRR à la fin du premier mois, pour les clients dont le premier revenu récurrent a entre un et trois ans. Dépasse 100 % quand les hausses l’emportent.',
		unit: 'percent',
		direction: 'up',
		aggregation: 'none',
		frequency: 'nightly',
		minCases: 5,
		formulaOf: { compute: readCohorts },
		list: lists.clients,
	},
	{
		...monthly,
		key: 'roi_campagnes',
		isSigned: true,
		name: 'Rendement des campagnes',
		name_en: 'Return on campaigns',
		domain: 'marketing',
		description: 'Ce que les campagnes des deux dernières années ont rapporté pour ce qu’elles ont coûté.',
		formula:
			'(Montants HT gagnés − coût) ÷ coût, campagnes commencées depuis deux ans. Une affaire est attribuée à sa campagne, sinon à celle du lead dont elle vient ; les renouvellements à aucune.',
		unit: 'percent',
		direction: 'up',
		aggregation: 'none',
		decimals: 0,
		minCases: fewestWon,
		formulaOf: { compute: readCampaigns },
		list: lists.campaigns,
	},
	{
		...monthly,
		key: 'taux_automatisation',
		periods: ['month', 'quarter', 'year'],
		name: 'Taux d’automatisation',
		name_en: 'Automation rate',
		domain: 'automation',
		description: 'Part des gestes répétitifs que le produit fait à la place des personnes.',
		formula:
			'Gestes faits par le produit ÷ tous les gestes : tâches créées, leads attribués, e-mails et SMS envoyés, jalons posés, documents classés, règlements affectés, messages résumés. Chaque geste est une ligne de la base.',
		unit: 'percent',
		direction: 'up',
		aggregation: 'ratio',
		decimals: 1,
		minCases: 20,
		formulaOf: { compute: readAutomation },
		list: lists.automaticTasks,
	},
	{
		...monthly,
		key: 'calibration_modeles',
		name: 'Écart des probabilités annoncées',
		name_en: 'Gap of stated probabilities',
		domain: 'quality',
		description: 'De combien les probabilités annoncées s’écartent de ce qui est arrivé.',
		formula:
			'Écart moyen, par tranche de dix points, entre la probabilité écrite à l’époque et la part des cas où elle s’est réalisée, pondéré par le nombre de cas. Affaires, leads, départs et ventes additionnelles dont l’issue est connue depuis un an.',
		unit: 'percent',
		direction: 'down',
		aggregation: 'none',
		frequency: 'nightly',
		decimals: 1,
		factor: 1,
		minCases: fewestCases,
		formulaOf: { compute: readCalibration },
	},
	{
		...monthly,
		key: 'mrr_a_risque',
		version: 3,
		name: 'MRR menacé',
		name_en: 'MRR at risk',
		domain: 'success',
		description: 'Revenu mensuel des clients qui risquent le plus de partir.',
		formula:
			'MRR des clients dont l’indice de départ atteint le seuil des réglages, d’après le dernier relevé de la période qui porte cet indice (cinq semaines au plus).',
		unit: 'eur',
		direction: 'down',
		aggregation: 'last',
		scopes: ['company', 'team'],
		formulaOf: { compute: readBands },
		list: lists.leavingClients,
	},
];
