import type { Calendar } from './calendar.ts';
import { demoId } from './ids.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member } from './team.ts';

/** Something the demo company sells. Prices in cents without tax: per user and month, per day, or per piece. */
export type Product = {
	key: string;
	id: string;
	sku: string;
	name: string;
	kind: 'subscription' | 'service' | 'good';
	category: string;
	unit: string;
	price: number;
	cost: number;
	account: string;
	description: string;
	status: 'active' | 'retired';
};

const subscription = (key: string, name: string, price: number, description: string, status: Product['status'] = 'active'): Product => ({
	key,
	id: demoId('products', key),
	sku: `ABO-${key.toUpperCase()}`,
	name,
	kind: 'subscription',
	category: 'Logiciel',
	unit: 'user',
	price,
	cost: Math.round(price * 0.18),
	account: '706100',
	description,
	status,
});
const service = (key: string, name: string, unit: string, price: number, description: string): Product => ({
	key,
	id: demoId('products', key),
	sku: `SRV-${key.toUpperCase()}`,
	name,
	kind: 'service',
	category: 'Prestation',
	unit,
	price,
	cost: Math.round(price * 0.55),
	account: '706000',
	description,
	status: 'active',
});
const good = (key: string, name: string, price: number, description: string): Product => ({
	key,
	id: demoId('products', key),
	sku: `MAT-${key.toUpperCase()}`,
	name,
	kind: 'good',
	category: 'Matériel',
	unit: 'unit',
	price,
	cost: Math.round(price * 0.68),
	account: '707000',
	description,
	status: 'active',
});

/** The catalogue. Solenval helps firms to steer a workshop, a depot or field teams: software by the month, set-up, tablets. */
export const products: Product[] = [
	subscription('pilotage', 'Solenval Pilotage', 2900, 'Ordres de travail, tableau de bord et suivi des équipes, par utilisateur et par mois.'),
	subscription('planning', 'Solenval Planification', 1900, 'Planning des équipes et des machines, par utilisateur et par mois.'),
	subscription('maintenance', 'Solenval Maintenance', 2200, 'Maintenance préventive et historique des équipements, par utilisateur et par mois.'),
	subscription('stock', 'Solenval Stocks', 1800, 'Pièces, inventaires et réapprovisionnement, par utilisateur et par mois.'),
	subscription('quality', 'Solenval Qualité', 1700, 'Contrôles, non-conformités et audits, par utilisateur et par mois.'),
	subscription('portal', 'Portail client', 1200, 'Suivi des commandes par vos propres clients, par utilisateur et par mois.'),
	subscription('api', 'Accès API', 900, 'Connexion à vos outils, par utilisateur et par mois.'),
	subscription('classic', 'Solenval Classique', 2400, 'Ancienne offre, conservée pour les contrats en cours.', 'retired'),
	service('audit', 'Audit de démarrage', 'package', 180_000, 'Deux jours sur place, restitution écrite et plan de déploiement.'),
	service('integration', 'Intégration et paramétrage', 'day', 92_000, 'Reprise des données, paramétrage et connexion aux outils en place.'),
	service('training', 'Formation des utilisateurs', 'day', 110_000, 'Une journée, jusqu’à huit participants.'),
	service('assistance', 'Assistance au démarrage', 'day', 88_000, 'Présence sur site la semaine du démarrage.'),
	good('tablet', 'Tablette durcie 10 pouces', 64_900, 'Résistante aux chocs et à la poussière, garantie trois ans.'),
	good('scanner', 'Lecteur de codes-barres', 28_900, 'Sans fil, portée de 30 mètres.'),
	good('sensor', 'Capteur de machine', 15_900, 'Compte les cycles et signale les arrêts.'),
	good('gateway', 'Passerelle d’atelier', 42_000, 'Relie jusqu’à 40 capteurs au réseau.'),
];

export function product(key: string): Product {
	const found = products.find((candidate) => candidate.key === key);
	if (!found) throw new Error(`demo: no product ${key}`);
	return found;
}

/** To whom the catalogue itself offers a product; all else is seen in what clients buy. */
const offers: Readonly<Record<string, { with?: string; industries?: string[]; sizes?: string[]; reason: string }>> = {
	quality: { with: 'pilotage', industries: ['health', 'manufacturing'], reason: 'Les audits se préparent depuis les ordres de travail.' },
	api: { with: 'pilotage', industries: ['tech'], reason: 'Leur équipe technique relie elle-même ses outils.' },
	scanner: { with: 'stock', reason: 'Un inventaire au lecteur prend moitié moins de temps.' },
};

const offerFields = (key: string): Row => {
	const offer = offers[key];
	return {
		offer_with: offer?.with ? product(offer.with).id : null,
		offer_industries: offer?.industries ?? null,
		offer_sizes: offer?.sizes ?? null,
		offer_reason: offer?.reason ?? null,
	};
};

export const productRows = (calendar: Calendar): Row[] =>
	products.map(({ key, id, name, sku, kind, category, unit, price, cost, account, description, status }) => ({
		id,
		name,
		sku,
		kind,
		status,
		category,
		description,
		price_cents: price,
		unit,
		billing_period: kind === 'subscription' ? 'monthly' : null,
		vat_rate: 2000,
		cost_cents: cost,
		account,
		...offerFields(key),
		...traces(calendar.start, member('direction').id),
	}));
