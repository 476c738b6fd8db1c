import type { RoleKey } from '../../seeds/ids.ts';
import type { Calendar } from './calendar.ts';
import { isoDate, plusDays, toWeekday } from './calendar.ts';
import { demoId } from './ids.ts';
import { randomOf } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
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

const north = ['ile_de_france', 'hauts_de_france', 'normandie', 'grand_est', 'bretagne'];
const south = ['auvergne_rhone_alpes', 'paca', 'occitanie', 'nouvelle_aquitaine', 'pays_de_la_loire'];

const drafts: Draft[] = [
	{ key: 'direction', first: 'Hélène', last: 'Castaing', role: 'direction', title: 'Directrice générale', team: 'management', seniority: 'senior', hired: 3300 },
	{ key: 'manager-north', first: 'Marc', last: 'Delattre', role: 'manager', title: 'Directeur commercial Nord', team: 'north', seniority: 'senior', hired: 2150 },
	{ key: 'manager-south', first: 'Nadia', last: 'Belkacem', role: 'manager', title: 'Directrice commerciale Sud', team: 'south', seniority: 'senior', hired: 1820 },
	{ key: 'sales-1', first: 'Camille', last: 'Roussel', role: 'commercial', title: 'Ingénieure commerciale', team: 'north', seniority: 'senior', hired: 1600, skill: 0.45, pace: 0.7, leadCapacity: 45, quotaCents: 62_000_000, industries: ['manufacturing', 'logistics'], sizes: ['50-249', '250-999', '1000+'], regions: north, languages: ['fr', 'en'] },
	{ key: 'sales-2', first: 'Yann', last: 'Le Goff', role: 'commercial', title: 'Chargé d’affaires', team: 'north', seniority: 'confirmed', hired: 980, skill: 0, pace: 1.1, leadCapacity: 40, quotaCents: 48_000_000, industries: ['retail', 'services', 'hospitality', 'public'], sizes: ['1-9', '10-49'], regions: north, languages: ['fr'] },
	{ key: 'sales-3', first: 'Sofia', last: 'Ferreira', role: 'commercial', title: 'Ingénieure commerciale', team: 'south', seniority: 'confirmed', hired: 1240, skill: 0.2, pace: 0.9, leadCapacity: 40, quotaCents: 54_000_000, industries: ['tech', 'health', 'finance', 'education'], sizes: ['10-49', '50-249', '250-999'], regions: south, languages: ['fr', 'en', 'es', 'it'], workingDays: [1, 2, 3, 4] },
	{ key: 'sales-4', first: 'Théo', last: 'Marchand', role: 'commercial', title: 'Chargé d’affaires', team: 'south', seniority: 'junior', hired: 45, skill: -0.2, pace: 1.3, leadCapacity: 25, quotaCents: 30_000_000, industries: ['construction', 'services', 'retail'], sizes: ['1-9', '10-49'], regions: south, languages: ['fr', 'en'] },
	{ key: 'finance', first: 'Laurence', last: 'Prévost', role: 'finance', title: 'Responsable administrative et financière', team: 'finance', seniority: 'senior', hired: 2600, workingDays: [1, 2, 4, 5] },
	{ key: 'success', first: 'Inès', last: 'Bonnefoy', role: 'success', title: 'Responsable succès client', team: 'success', seniority: 'confirmed', hired: 1100 },
	{ key: 'operations', first: 'Karim', last: 'Haddad', role: 'operations', title: 'Responsable des opérations', team: 'delivery', seniority: 'senior', hired: 1950 },
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

const teamDrafts: { key: TeamKey; name: string; kind: string; manager: string; seniority: string; industries?: string[]; regions?: string[]; sizes?: string[] }[] = [
	{ key: 'management', name: 'Direction', kind: 'management', manager: 'direction', seniority: 'senior' },
	{ key: 'north', name: 'Commerce Nord', kind: 'sales', manager: 'manager-north', seniority: 'senior', regions: [...north, 'centre_val_de_loire', 'bourgogne_franche_comte'] },
	{ key: 'south', name: 'Commerce Sud', kind: 'sales', manager: 'manager-south', seniority: 'confirmed', regions: [...south, 'corse', 'outre_mer'] },
	{ key: 'success', name: 'Succès client', kind: 'success', manager: 'success', seniority: 'confirmed', industries: ['manufacturing', 'logistics', 'retail'] },
	{ key: 'delivery', name: 'Production', kind: 'delivery', manager: 'operations', seniority: 'senior', industries: ['tech', 'manufacturing'] },
	{ key: 'finance', name: 'Finance', kind: 'finance', manager: 'finance', seniority: 'senior' },
];

export const teamRows = (calendar: Calendar): Row[] =>
	teamDrafts.map(({ key, manager, industries = [], regions = [], sizes = [], ...rest }) => ({
		id: demoId('teams', key),
		...rest,
		manager: member(manager).id,
		industries,
		sizes,
		regions,
		languages: ['fr', 'en'],
		...traces(calendar.start, member('direction').id),
	}));

type Absence = { who: string; from: Date; days: number; kind: 'vacation' | 'sick' | 'training' | 'other'; comment: string | null };

/** Two summers, two Christmases, a few fevers and courses, and what is coming up; one salesperson is away today. */
function absencesOf(calendar: Calendar): Absence[] {
	const random = randomOf('absences');
	const absences: Absence[] = [];
	for (const [index, { key, hired, team }] of members.entries()) {
		if (!team) continue;
		const since = plusDays(calendar.today, -hired);
		const add = (from: Date, days: number, kind: Absence['kind'], comment: string | null = null): void => {
			if (from >= since && from >= calendar.start) absences.push({ who: key, from, days, kind, comment });
		};
		for (let year = calendar.start.getUTCFullYear(); year <= calendar.today.getUTCFullYear() + 1; year++) {
			// In turns, so that somebody is always there to take a lead.
			const summer = new Date(Date.UTC(year, 6, 10 + (index % 3) * 17));
			const winter = new Date(Date.UTC(year, 11, index % 2 === 0 ? 22 : 29));
			if (summer < plusDays(calendar.today, 120)) add(toWeekday(summer), 17, 'vacation', 'Congés d’été');
			if (winter < plusDays(calendar.today, 60)) add(winter, 6, 'vacation');
		}
		for (let index = random.int(1, 3); index > 0; index--) add(toWeekday(calendar.at(-random.int(12, 700))), random.int(1, 4), 'sick');
		if (random.chance(0.6)) add(toWeekday(calendar.at(-random.int(20, 500))), 2, 'training', random.pick(['Négociation complexe', 'Conduite du changement', 'Nouveautés produit', 'Facturation électronique']));
	}
	absences.push({ who: 'sales-2', from: calendar.at(-1), days: 6, kind: 'vacation', comment: 'Congés posés en début d’année' });
	absences.push({ who: 'success', from: calendar.at(12), days: 5, kind: 'vacation', comment: null });
	absences.push({ who: 'manager-south', from: calendar.at(20), days: 2, kind: 'training', comment: 'Management à distance' });
	return absences;
}

export const absenceRows = (calendar: Calendar): Row[] =>
	absencesOf(calendar).map(({ who, from, days, kind, comment }, index) => ({
		id: demoId('absences', index),
		user: member(who).id,
		kind,
		starts_on: isoDate(from),
		ends_on: isoDate(plusDays(from, days - 1)),
		comment,
		...traces(plusDays(calendar.end < from ? calendar.end : from, -Math.min(30, days * 3)), member(who).id),
	}));
