import type { Calendar } from './calendar.ts';
import { isoDate, plusDays } from './calendar.ts';
import { mark } from './copies.ts';
import { demoId } from './ids.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamId } from './team.ts';

/** A campaign: from `from` to `to` (days from today). `lift` (in logits) is added to the odds of the leads that it brings. */
type Campaign = {
	key: string;
	name: string;
	channel: string;
	source: string;
	from: number;
	to: number;
	budget: number;
	cost: number;
	target: number;
	lift: number;
	objective: string;
	audience: string;
};

const campaign = (
	key: string,
	name: string,
	channel: string,
	source: string,
	from: number,
	to: number,
	budget: number,
	cost: number,
	target: number,
	lift: number,
	objective: string,
	audience: string,
): Campaign => ({
	key,
	name,
	channel,
	source,
	from,
	to,
	budget: budget * 100,
	cost: cost * 100,
	target,
	lift,
	objective,
	audience,
});

/** Budgets and costs are written in euros here. Planted: the trade fairs bring buyers, the ads of the second year bring none. */
export const campaigns: Campaign[] = [
	campaign(
		'fair-1',
		'Salon Global Industrie, première édition',
		'event',
		'event',
		-655,
		-620,
		18_000,
		19_240,
		45,
		0.4,
		'Rencontrer des responsables de production',
		'Industriels de 50 à 500 salariés',
	),
	campaign(
		'fair-2',
		'Salon de la logistique de Lyon',
		'event',
		'event',
		-430,
		-395,
		12_000,
		11_380,
		35,
		0.3,
		'Se faire connaître des transporteurs',
		'Transporteurs et entrepôts du Sud-Est',
	),
	campaign(
		'fair-3',
		'Salon Global Industrie, deuxième édition',
		'event',
		'event',
		-290,
		-250,
		20_000,
		21_900,
		50,
		0.4,
		'Rencontrer des responsables de production',
		'Industriels de 50 à 500 salariés',
	),
	campaign(
		'fair-4',
		'Rencontres régionales de la maintenance',
		'event',
		'event',
		-75,
		-45,
		9_000,
		8_450,
		25,
		0.3,
		'Présenter le module Maintenance',
		'Responsables maintenance de l’Ouest',
	),
	campaign(
		'webinar-1',
		'Webinaire : sortir des tableurs',
		'webinar',
		'webinar',
		-560,
		-525,
		2_500,
		1_980,
		40,
		0,
		'Montrer le produit à ceux qui travaillent sur tableur',
		'Base de contacts, toutes tailles',
	),
	campaign(
		'webinar-2',
		'Webinaire : préparer la facturation électronique',
		'webinar',
		'webinar',
		-345,
		-310,
		2_500,
		2_260,
		60,
		-0.2,
		'Attirer les directions financières',
		'Directions financières de PME',
	),
	campaign(
		'webinar-3',
		'Webinaire : maintenance préventive en dix étapes',
		'webinar',
		'webinar',
		-150,
		-115,
		3_000,
		2_740,
		50,
		0.2,
		'Présenter le module Maintenance',
		'Responsables maintenance',
	),
	campaign(
		'ads-1',
		'Annonces moteur de recherche, première année',
		'ads',
		'ads',
		-720,
		-366,
		36_000,
		35_120,
		160,
		0,
		'Être présent sur les recherches de logiciels d’atelier',
		'France entière',
	),
	campaign(
		'ads-2',
		'Annonces moteur de recherche, deuxième année',
		'ads',
		'ads',
		-365,
		-30,
		42_000,
		41_760,
		190,
		-0.7,
		'Élargir les mots-clés',
		'France entière, mots-clés élargis',
	),
	campaign(
		'social-1',
		'Témoignages de clients sur LinkedIn',
		'social',
		'social',
		-500,
		-200,
		8_000,
		7_320,
		60,
		0,
		'Faire parler les clients',
		'Abonnés et relations',
	),
	campaign(
		'social-2',
		'Série vidéo « Une journée à l’atelier »',
		'social',
		'social',
		-160,
		40,
		11_000,
		8_900,
		70,
		0.1,
		'Montrer l’usage sur le terrain',
		'Responsables de production',
	),
	campaign(
		'list-1',
		'Prospection sur fichier acheté',
		'phone',
		'list',
		-480,
		-420,
		6_000,
		6_000,
		90,
		-0.3,
		'Essayer un fichier de 2 000 entreprises',
		'Commerce et services',
	),
	campaign(
		'mail-1',
		'Courrier aux entreprises du bâtiment',
		'mail',
		'outbound',
		-240,
		-190,
		4_000,
		4_310,
		40,
		0,
		'Ouvrir le secteur du bâtiment',
		'BTP de 10 à 50 salariés',
	),
	campaign(
		'partner-1',
		'Opération commune avec les intégrateurs',
		'partner',
		'partner',
		-320,
		-130,
		7_500,
		6_180,
		45,
		0.2,
		'Vendre par les partenaires',
		'Clients des intégrateurs',
	),
	campaign(
		'content-1',
		'Livre blanc : le coût caché des arrêts',
		'content',
		'website',
		-210,
		60,
		5_000,
		4_150,
		80,
		0.1,
		'Obtenir des demandes qualifiées',
		'Visiteurs du site',
	),
	campaign(
		'webinar-4',
		'Webinaire : tenir ses délais de livraison',
		'webinar',
		'webinar',
		14,
		45,
		3_000,
		0,
		50,
		0,
		'Présenter le module Planification',
		'Prospects de plus de trois mois',
	),
];

/** The campaign that a lead of this source, arrived on this day, is put down to; most leads of a running one are. */
export function campaignFor(random: Random, source: string, date: Date, calendar: Calendar): Campaign | null {
	const running = campaigns.filter((candidate) => candidate.source === source && date >= calendar.at(candidate.from) && date <= calendar.at(candidate.to));
	const share = source === 'website' || source === 'outbound' ? 0.3 : 0.9;
	return running.length > 0 && random.chance(share) ? random.pick(running) : null;
}

/** How much more likely a lead of this source is on a day with a campaign running: leads come in bursts. */
export const hasCampaign = (source: string, date: Date, calendar: Calendar): boolean =>
	campaigns.some((candidate) => candidate.source === source && date >= calendar.at(candidate.from) && date <= calendar.at(candidate.to));

export const campaignId = (key: string): string => demoId('campaigns', key);

export const campaignRows = (calendar: Calendar): Row[] =>
	campaigns.map(({ key, name, channel, from, to, budget, cost, target, objective, audience }) => ({
		id: campaignId(key),
		name,
		status: from > 0 ? 'draft' : to >= 0 ? 'active' : 'done',
		channel,
		owner: member(channel === 'partner' ? 'manager-south' : 'manager-north').id,
		team: teamId(channel === 'partner' ? 'south' : 'north'),
		starts_on: isoDate(calendar.at(from)),
		ends_on: isoDate(calendar.at(to)),
		objective,
		audience,
		budget_cents: budget,
		cost_cents: cost,
		target_leads: target,
		utm_campaign: `${key}-${calendar.at(from).getUTCFullYear()}${mark('-')}`,
		...traces(plusDays(calendar.at(Math.min(from, -1)), -20), member('manager-north').id),
	}));
