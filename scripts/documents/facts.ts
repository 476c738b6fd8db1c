import { ibanOfRib, isValidRib } from '../../extensions/orchestre/src/documents/understanding/identifiers.ts';
import type { FieldName } from '../../extensions/orchestre/src/documents/types.ts';
import { sirenOf, siretOf, streetOf, vatNumberOf } from '../demo/identity.ts';
import { randomOf, type Random } from '../demo/random.ts';
import { firstNames, lastNames } from '../demo/words/names.ts';
import { places } from '../demo/words/places.ts';

/** A company of the generated papers. */
export type Firm = {
	name: string;
	form: string;
	capital: number;
	street: string;
	postcode: string;
	city: string;
	siren: string;
	siret: string;
	vat: string;
	iban: string;
	rib: [bank: string, branch: string, account: string, key: string];
	bic: string;
	phone: string;
	email: string;
	site: string;
};
export type Goods = { label: string; reference: string; quantity: number; unit: string; price: number; rate: number; net: number };
export type Rate = { rate: number; base: number; vat: number };
export type Sum = { goods: Goods[]; rates: Rate[]; net: number; vat: number; gross: number };

/** The truth of a paper: what a reader must find, in the units of `documents/types.ts`. */
export type Truth = Partial<Record<FieldName, string | number>>;

const trades: [string[], string[], [string, string, number, number][]][] = [
	[
		['Menuiserie', 'Charpentes', 'Ébénisterie'],
		['SARL', 'EURL'],
		[
			['Fourniture et pose porte intérieure', 'u', 38_500, 1000],
			['Plan de travail chêne massif', 'm', 21_900, 1000],
			['Dépose ancien parquet', 'm²', 1450, 1000],
			['Quincaillerie inox', 'lot', 7490, 2000],
			['Déplacement', 'forfait', 4500, 2000],
		],
	],
	[
		['Plomberie', 'Chauffage', 'Sanitaires'],
		['SAS', 'SARL'],
		[
			['Remplacement chaudière murale', 'u', 264_000, 550],
			['Main d’œuvre', 'h', 5200, 1000],
			['Robinet thermostatique', 'u', 3890, 1000],
			['Mise en service', 'forfait', 9000, 2000],
		],
	],
	[
		['Imprimerie', 'Reprographie', 'Éditions'],
		['SAS', 'SA'],
		[
			['Brochures A4 16 pages', 'ex', 182, 2000],
			['Cartes de visite 350 g', 'lot', 4900, 2000],
			['Livre d’or relié', 'u', 2350, 550],
			['Frais de port', 'forfait', 1890, 2000],
		],
	],
	[
		['Informatique', 'Numérique', 'Systèmes'],
		['SAS', 'SASU'],
		[
			['Ordinateur portable 14 pouces', 'u', 94_900, 2000],
			['Licence annuelle sauvegarde', 'u', 14_400, 2000],
			['Intervention sur site', 'h', 8500, 2000],
			['Écran 27 pouces', 'u', 21_990, 2000],
		],
	],
	[
		['Fournitures', 'Papeterie', 'Bureautique'],
		['SA', 'SAS'],
		[
			['Ramette papier A4 80 g', 'carton', 2375, 2000],
			['Cartouche toner noir', 'u', 6899, 2000],
			['Stylos bille bleus', 'boîte', 845, 2000],
			['Agenda semainier', 'u', 1290, 2000],
		],
	],
	[
		['Traiteur', 'Saveurs', 'Primeurs'],
		['SARL', 'EURL'],
		[
			['Plateau repas', 'u', 1650, 1000],
			['Panier de fruits', 'u', 2400, 550],
			['Vin de Loire', 'btl', 890, 2000],
			['Service à table', 'h', 3200, 1000],
		],
	],
	[
		['Conseil', 'Stratégies', 'Formation'],
		['SAS', 'SARL'],
		[
			['Journée d’accompagnement', 'j', 85_000, 2000],
			['Atelier collectif', 'j', 120_000, 2000],
			['Rédaction du rapport', 'forfait', 64_000, 2000],
			['Frais de déplacement', 'forfait', 13_740, 2000],
		],
	],
	[
		['Propreté', 'Nettoyage', 'Hygiène'],
		['SAS', 'SARL'],
		[
			['Entretien des locaux', 'mois', 48_000, 2000],
			['Vitrerie', 'passage', 13_500, 2000],
			['Consommables sanitaires', 'lot', 5680, 2000],
		],
	],
];

const surnames = [
	'Kerval',
	'du Ponant',
	'Morvan',
	'des Alpes',
	'Lagarde',
	'Bertelin',
	'du Vieux Port',
	'Roussel',
	'Atlantique',
	'Vauban',
	'Delcourt',
	'Sainte-Anne',
	'Mercier',
	'Océane',
	'Guillou et Fils',
	'Nord Isère',
	'Castellane',
	'du Marais',
	'Hébrard',
	'Tissot',
];

const slug = (text: string): string =>
	text
		.normalize('NFD')
		.replaceAll(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-|-$/g, '');
export const grouped = (text: string, size: number): string => text.replaceAll(new RegExp(`(.{${size}})(?=.)`, 'g'), '$1 ');
export const cut = (text: string, ...sizes: number[]): string => {
	let at = 0;
	return sizes.map((size) => text.slice(at, (at += size))).join(' ');
};

const taken = new Set<string>();

/** A random company with numbers that check; `trade` fixes what it sells. */
export function firmOf(random: Random, trade = random.int(0, trades.length - 1)): Firm {
	const [words = [], forms = []] = trades[trade] ?? [];
	const name = `${random.pick(words)} ${random.pick(surnames)}`;
	const place = random.pick(places);
	const siren = sirenOf(random, taken);
	const bank = random.pick(['30003', '30004', '16706', '14445', '10278', '30002', '20041']);
	const branch = String(random.int(10, 9999)).padStart(5, '0');
	const account = `000${String(random.int(10_000_000, 99_999_999))}`;
	const key = Array.from({ length: 97 }, (_, at) => String(at + 1).padStart(2, '0')).find((one) => isValidRib(bank, branch, account, one)) ?? '97';
	const domain = `${slug(name)}.fr`;
	return {
		name,
		form: random.pick(forms),
		capital: random.pick([1000, 5000, 7622, 10_000, 37_000, 150_000, 1_250_000]),
		street: streetOf(random),
		postcode: place.postcode,
		city: place.city.replaceAll('’', "'"),
		siren,
		siret: siretOf(siren, 1),
		vat: vatNumberOf(siren),
		iban: ibanOfRib(bank, branch, account, key),
		rib: [bank, branch, account, key],
		bic: random.pick(['SOGEFRPP', 'BNPAFRPPXXX', 'AGRIFRPP867', 'CEPAFRPP444', 'CMCIFR2A', 'CRLYFRPP', 'PSSTFRPPLYO']),
		phone: `0${place.zone} ${random.int(10, 99)} ${random.int(10, 99)} ${random.int(10, 99)} ${random.int(10, 99)}`,
		email: `${random.pick(['contact', 'compta', 'facturation', 'bonjour'])}@${domain}`,
		site: `www.${domain}`,
	};
}

/** What a firm sells, with its VAT per rate, half up on the base of the rate. */
export function sumOf(random: Random, most = 4, onlyRate?: number): Sum {
	const [, , catalogue = []] = trades[random.int(0, trades.length - 1)] ?? [];
	const goods = random
		.shuffled(catalogue)
		.slice(0, random.int(1, Math.min(most, catalogue.length)))
		.map(([label, unit, price, rate]): Goods => {
			const halves = unit === 'h' || unit === 'j' || unit === 'm²';
			const quantity = unit === 'forfait' || unit === 'mois' ? 1000 : halves ? random.int(2, 30) * 500 : random.int(1, 24) * 1000;
			const at = Math.round(price * (0.8 + 0.4 * random.next()));
			return {
				label,
				reference: `${slug(label).slice(0, 3).toUpperCase()}${random.int(100, 9999)}`,
				quantity,
				unit,
				price: at,
				rate: onlyRate ?? rate,
				net: Math.round((quantity * at) / 1000),
			};
		});
	const rates = [...Map.groupBy(goods, ({ rate }) => rate).entries()].map(([rate, list]) => {
		const base = list.reduce((sum, { net }) => sum + net, 0);
		return { rate, base, vat: Math.round((base * rate) / 10_000) };
	});
	const net = rates.reduce((sum, { base }) => sum + base, 0);
	const vat = rates.reduce((sum, rate) => sum + rate.vat, 0);
	return { goods, rates, net, vat, gross: net + vat };
}

export const personOf = (random: Random): { first: string; last: string } => ({
	first: random.pick(random.chance(0.5) ? firstNames.female : firstNames.male),
	last: random.pick(lastNames),
});

/** A working day of 2025 or 2026. */
export const dayOf = (random: Random): string => new Date(Date.UTC(2025, 0, 2) + random.int(0, 660) * 86_400_000).toISOString().slice(0, 10);
export const plusDays = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const monthNames = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const englishMonths = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A day as people print it. */
export function printed(day: string, style: 'slash' | 'dot' | 'dash' | 'short' | 'words' | 'english' | 'iso' = 'slash'): string {
	const [year = '', month = '', date = ''] = day.split('-');
	if (style === 'iso') return day;
	if (style === 'dot') return `${date}.${month}.${year}`;
	if (style === 'dash') return `${date}-${month}-${year}`;
	if (style === 'short') return `${date}/${month}/${year.slice(2)}`;
	if (style === 'words') return `${Number(date) === 1 ? '1er' : Number(date)} ${monthNames[Number(month) - 1]} ${year}`;
	if (style === 'english') return `${englishMonths[Number(month) - 1]} ${Number(date)}, ${year}`;
	return `${date}/${month}/${year}`;
}

/** Cents as people print them; the fine space of typographers is no character of the built-in fonts. */
export function euros(cents: number, style: 'space' | 'plain' | 'point' | 'english' = 'space'): string {
	const whole = String(Math.floor(Math.abs(cents) / 100));
	const parts = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, style === 'space' ? ' ' : style === 'plain' ? '' : style === 'point' ? '.' : ',');
	return `${cents < 0 ? '-' : ''}${parts}${style === 'english' ? '.' : ','}${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

export const quantityText = (thousandths: number): string =>
	thousandths % 1000 === 0 ? String(thousandths / 1000) : String(thousandths / 1000).replace('.', ',');
export const percent = (rate: number): string => `${String(rate / 100).replace('.', ',')} %`;

/** The company whose papers these are. */
export const ownFirm = (): Firm => ({
	...firmOf(randomOf('documents own', 0), 6),
	name: 'Atelier Lumen',
	form: 'SAS',
	siren: '732829320',
	siret: '73282932000074',
	vat: 'FR44732829320',
	email: 'bonjour@atelier-lumen.fr',
	site: 'www.atelier-lumen.fr',
	street: '4 place Bellecour',
	postcode: '69002',
	city: 'Lyon',
});
