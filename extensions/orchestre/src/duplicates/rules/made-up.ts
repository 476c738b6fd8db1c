/** Made-up French companies and people with known duplicates and known look-alikes, for tests and the benchmark. Deterministic. */
import type { Row } from './facts.ts';

const firstNames =
	'Camille Léa Hugo Jean-François Élodie Maël Inès Chloé Noé Zoé Théo Anaïs Loïc Gaëlle Benoît Véronique Sébastien Aurélie Cédric Nadia Karim Fatima Mehdi Sophie Nicolas Julien Marion Thomas Lucie Antoine Manon Pierre-Yves Marie-Claire Guillaume Hélène Stéphane Céline Frédéric Agnès Olivier Delphine Bruno Sylvie Rémi Amélie Vincent Pauline Xavier Laure Mathilde Étienne Jérôme Florence Arnaud Corinne Yannick Estelle Fabrice Nathalie Romain Émilie'.split(
		' ',
	);
const lastNames =
	'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David Bertrand Roux Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Perrin Morin Mathieu Clément Gauthier Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Boyer Denis Lemaire Duval Joly Gautier Roger Roche Meunier Noël Picard Brun Dumont Lacroix Fabre Caron Giraud Vidal Colin Bourgeois Renaud Gaillard Benali Traoré Nguyen Ferreira Kowalski Vasseur Delattre Hubert Le Goff'.split(
		' ',
	);
const trades =
	'Menuiserie Boulangerie Cabinet Transports Imprimerie Garage Pharmacie Architectes Conseil Électricité Plomberie Maçonnerie Informatique Traiteur Fromagerie Librairie Atelier Clinique Assurances Studio'.split(
		' ',
	);
const cities = [
	['Lille', '59000'],
	['Lyon', '69003'],
	['Nantes', '44000'],
	['Brest', '29200'],
	['Metz', '57000'],
	['Nîmes', '30000'],
	['Tours', '37000'],
	['Pau', '64000'],
	['Dijon', '21000'],
	['Rouen', '76000'],
] as const;
const forms = ['SARL', 'SAS', 'SA', 'EURL', 'S.A.S.', 'S.A.R.L.'];

/** A small repeatable source of chance (mulberry32). */
export function chance(seed: number): { next: () => number; pick: <T>(list: readonly T[]) => T; below: (limit: number) => number } {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
	const below = (limit: number): number => Math.floor(next() * limit);
	return { next, below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T };
}
export type Chance = ReturnType<typeof chance>;

const slug = (text: string): string =>
	text
		.normalize('NFD')
		.replaceAll(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-');

/** A slip of the pen: two letters swapped, one lost or one doubled, never the first. */
export function typo(word: string, { below }: Chance): string {
	if (word.length < 5) return `${word}${word.at(-1) ?? ''}`;
	const at = 1 + below(word.length - 3);
	const [a = '', b = ''] = [word[at], word[at + 1]];
	const way = below(3);
	if (way === 0) return word.slice(0, at) + b + a + word.slice(at + 2);
	return way === 1 ? word.slice(0, at) + word.slice(at + 1) : word.slice(0, at) + a + word.slice(at);
}

/** Nine digits with a right check digit. */
export function sirenOf(number: number): string {
	const start = String(10_000_000 + (number % 89_999_999));
	for (let last = 0; last < 10; last++) {
		const digits = `${start}${last}`;
		const sum = [...digits].reduce((total, digit, index) => {
			const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
			return total + (value > 9 ? value - 9 : value);
		}, 0);
		if (sum % 10 === 0) return digits;
	}
	throw new Error('no check digit');
}

export function madeUpCompany(id: string, number: number, luck: Chance): Row {
	const [city, postal] = luck.pick(cities);
	const name = `${luck.pick(trades)} ${luck.pick(lastNames)} ${luck.pick(['', '', 'et Fils', 'Services', 'Frères', city])}`.trim();
	const domain = `${slug(name)}-${number}.fr`;
	return {
		id,
		name: `${name} ${luck.pick(forms)}`,
		siren: luck.next() < 0.6 ? sirenOf(number * 7919 + 13) : null,
		website: luck.next() < 0.7 ? `https://www.${domain}` : null,
		email: luck.next() < 0.5 ? `contact@${domain}` : null,
		phone: luck.next() < 0.7 ? `+33${1 + luck.below(5)}${String(10_000_000 + ((number * 104_729) % 89_999_999))}` : null,
		postal_code: postal,
		city,
		street: `${1 + luck.below(90)} rue ${luck.pick(lastNames)}`,
	};
}

export function madeUpPerson(id: string, number: number, company: { id: string; domain: string } | null, luck: Chance): Row {
	const [first, last] = [luck.pick(firstNames), luck.pick(lastNames)];
	const [city, postal] = luck.pick(cities);
	const local = `${slug(first)}.${slug(last)}`;
	const way = luck.next();
	return {
		id,
		first_name: first,
		last_name: last,
		email: way < 0.6 && company ? `${local}@${company.domain}` : way < 0.85 ? `${local}${number}@${luck.pick(['gmail.com', 'orange.fr', 'free.fr'])}` : null,
		mobile: luck.next() < 0.6 ? `+336${String(10_000_000 + ((number * 15_485_863) % 89_999_999))}` : null,
		phone: luck.next() < 0.3 ? `+331${String(40_000_000 + (Number(slug(company?.id ?? '').replaceAll(/\D/g, '')) || 0))}` : null,
		company: company?.id ?? null,
		city,
		postal_code: postal,
	};
}

/** The same person, as a colleague would have typed them a second time. */
export function typedAgain(row: Row, id: string, luck: Chance): Row {
	const way = luck.below(5);
	const [first, last] = [row['first_name'] ?? '', row['last_name'] ?? ''];
	const names =
		way === 0
			? { first_name: last.toUpperCase(), last_name: first }
			: way === 1
				? { first_name: first, last_name: typo(last, luck) }
				: way === 2
					? { first_name: `${first[0] ?? ''}.`, last_name: last.toUpperCase() }
					: way === 3
						? { first_name: slug(first).replaceAll('-', ' '), last_name: slug(last).replaceAll('-', ' ') }
						: { first_name: first, last_name: last };
	const drops = luck.below(3);
	return {
		...row,
		id,
		...names,
		...(drops === 0 && row['mobile'] && { email: null }),
		...(drops === 1 && row['email'] && { mobile: null, phone: null }),
		postal_code: null,
	};
}

/** The same company, as a colleague would have typed it a second time. */
export function companyTypedAgain(row: Row, id: string, luck: Chance): Row {
	const name = (row['name'] ?? '').replace(/ (?:SARL|SAS|SA|EURL|S\.A\.S\.|S\.A\.R\.L\.)$/, '');
	const way = luck.below(4);
	const again =
		way === 0
			? `${luck.pick(forms)} ${name}`
			: way === 1
				? name.toUpperCase()
				: way === 2
					? typo(name, luck)
					: `${slug(name).replaceAll('-', ' ')} ${luck.pick(forms)}`;
	const drops = luck.below(3);
	return {
		...row,
		id,
		name: again,
		...(drops === 0 && (row['website'] || row['phone']) && { siren: null }),
		...(drops === 1 && (row['siren'] || row['phone']) && { website: null, email: null }),
		...(drops === 2 && { phone: null }),
		street: null,
	};
}
