import type { RoleKey } from '../../seeds/ids.ts';
import { demoId } from './ids.ts';
import { plain } from './words/names.ts';

export type TeamKey = 'north' | 'south' | 'success' | 'delivery' | 'finance' | 'management';

/**
 * Somebody of the demo company. `skill` (in logits) is how much better than the others a salesperson closes: one of the
 * planted signals. `pace` multiplies the hours until a lead is first contacted.
 */
export type Member = {
	id: string;
	key: string;
	first: string;
	last: string;
	role: RoleKey;
	title: string;
	team: TeamKey | null;
	seniority: 'junior' | 'confirmed' | 'senior';
	/** Days before today that the person came. */
	hired: number;
	email: string;
	skill: number;
	pace: number;
	leadCapacity: number | null;
	quotaCents: number | null;
	industries: string[];
	sizes: string[];
	regions: string[];
	languages: string[];
	workingDays: number[];
};

/** Reserved for examples (RFC 2606), and a domain that Directus's login accepts: it refuses addresses under .example. */
const domain = 'solenval.example.com';

type Draft = Pick<Member, 'key' | 'first' | 'last' | 'role' | 'title' | 'team' | 'seniority' | 'hired'> & Partial<Member>;

/** Regions of the two sales teams. */
export const north = ['ile_de_france', 'hauts_de_france', 'normandie', 'grand_est', 'bretagne'];
export const south = ['auvergne_rhone_alpes', 'paca', 'occitanie', 'nouvelle_aquitaine', 'pays_de_la_loire'];

const drafts: Draft[] = [
	{
		key: 'direction',
		first: 'Hélène',
		last: 'Castaing',
		role: 'direction',
		title: 'Directrice générale',
		team: 'management',
		seniority: 'senior',
		hired: 3300,
	},
	{
		key: 'manager-north',
		first: 'Marc',
		last: 'Delattre',
		role: 'manager',
		title: 'Directeur commercial Nord',
		team: 'north',
		seniority: 'senior',
		hired: 2150,
	},
	{
		key: 'manager-south',
		first: 'Nadia',
		last: 'Belkacem',
		role: 'manager',
		title: 'Directrice commerciale Sud',
		team: 'south',
		seniority: 'senior',
		hired: 1820,
	},
	{
		key: 'sales-1',
		first: 'Camille',
		last: 'Roussel',
		role: 'commercial',
		title: 'Ingénieure commerciale',
		team: 'north',
		seniority: 'senior',
		hired: 1600,
		skill: 0.45,
		pace: 0.7,
		leadCapacity: 45,
		quotaCents: 62_000_000,
		industries: ['manufacturing', 'logistics'],
		sizes: ['50-249', '250-999', '1000+'],
		regions: north,
		languages: ['fr', 'en'],
	},
	{
		key: 'sales-2',
		first: 'Yann',
		last: 'Le Goff',
		role: 'commercial',
		title: 'Chargé d’affaires',
		team: 'north',
		seniority: 'confirmed',
		hired: 980,
		skill: 0,
		pace: 1.1,
		leadCapacity: 40,
		quotaCents: 48_000_000,
		industries: ['retail', 'services', 'hospitality', 'public'],
		sizes: ['1-9', '10-49'],
		regions: north,
		languages: ['fr'],
	},
	{
		key: 'sales-3',
		first: 'Sofia',
		last: 'Ferreira',
		role: 'commercial',
		title: 'Ingénieure commerciale',
		team: 'south',
		seniority: 'confirmed',
		hired: 1240,
		skill: 0.2,
		pace: 0.9,
		leadCapacity: 40,
		quotaCents: 54_000_000,
		industries: ['tech', 'health', 'finance', 'education'],
		sizes: ['10-49', '50-249', '250-999'],
		regions: south,
		languages: ['fr', 'en', 'es', 'it'],
		workingDays: [1, 2, 3, 4],
	},
	{
		key: 'sales-4',
		first: 'Théo',
		last: 'Marchand',
		role: 'commercial',
		title: 'Chargé d’affaires',
		team: 'south',
		seniority: 'junior',
		hired: 45,
		skill: -0.2,
		pace: 1.3,
		leadCapacity: 25,
		quotaCents: 30_000_000,
		industries: ['construction', 'services', 'retail'],
		sizes: ['1-9', '10-49'],
		regions: south,
		languages: ['fr', 'en'],
	},
	{
		key: 'finance',
		first: 'Laurence',
		last: 'Prévost',
		role: 'finance',
		title: 'Responsable administrative et financière',
		team: 'finance',
		seniority: 'senior',
		hired: 2600,
		workingDays: [1, 2, 4, 5],
	},
	{
		key: 'success',
		first: 'Inès',
		last: 'Bonnefoy',
		role: 'success',
		title: 'Responsable succès client',
		team: 'success',
		seniority: 'confirmed',
		hired: 1100,
	},
	{
		key: 'operations',
		first: 'Karim',
		last: 'Haddad',
		role: 'operations',
		title: 'Responsable des opérations',
		team: 'delivery',
		seniority: 'senior',
		hired: 1950,
	},
	{ key: 'reseller', first: 'Bruno', last: 'Estève', role: 'reseller', title: 'Partenaire revendeur', team: null, seniority: 'confirmed', hired: 700 },
	{ key: 'api', first: 'Passerelle', last: 'Site web', role: 'api', title: 'Compte technique', team: null, seniority: 'confirmed', hired: 720 },
];

export const members: Member[] = drafts.map((draft) => ({
	skill: 0,
	pace: 1,
	leadCapacity: null,
	quotaCents: null,
	industries: [],
	sizes: [],
	regions: [],
	languages: ['fr'],
	workingDays: [1, 2, 3, 4, 5],
	...draft,
	id: demoId('directus_users', draft.key),
	email: draft.role === 'api' ? `passerelle@${domain}` : `${plain(draft.first)}.${plain(draft.last)}@${domain}`,
}));

/** The member of this key; a typo is an error. */
export function member(key: string): Member {
	const found = members.find((candidate) => candidate.key === key);
	if (!found) throw new Error(`demo: nobody is called ${key}`);
	return found;
}

/** Those whom leads are given to, in the order of the team. */
export const salespeople: readonly Member[] = members.filter(({ role }) => role === 'commercial');

export const teamId = (key: TeamKey | null): string | null => (key ? demoId('teams', key) : null);
export const teamOf = (person: Member): string | null => teamId(person.team);
