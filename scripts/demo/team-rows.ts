import type { Calendar } from './calendar.ts';
import { isoDate, plusDays, toWeekday } from './calendar.ts';
import { demoId } from './ids.ts';
import { randomOf } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, members, north, south } from './team.ts';
import type { TeamKey } from './team.ts';

const teamDrafts: {
	key: TeamKey;
	name: string;
	kind: string;
	manager: string;
	seniority: string;
	industries?: string[];
	regions?: string[];
	sizes?: string[];
}[] = [
	{ key: 'management', name: 'Direction', kind: 'management', manager: 'direction', seniority: 'senior' },
	{
		key: 'north',
		name: 'Commerce Nord',
		kind: 'sales',
		manager: 'manager-north',
		seniority: 'senior',
		regions: [...north, 'centre_val_de_loire', 'bourgogne_franche_comte'],
	},
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
	// The staff is the same in every copy of the company.
	const random = randomOf('absences', 0);
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
		for (let times = random.int(1, 3); times > 0; times--) add(toWeekday(calendar.at(-random.int(12, 700))), random.int(1, 4), 'sick');
		if (random.chance(0.6))
			add(
				toWeekday(calendar.at(-random.int(20, 500))),
				2,
				'training',
				random.pick(['Négociation complexe', 'Conduite du changement', 'Nouveautés produit', 'Facturation électronique']),
			);
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
