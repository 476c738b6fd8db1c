import type { Calendar } from './calendar.ts';
import { isoDate, plusDays, toWeekday } from './calendar.ts';
import { demoId } from './ids.ts';
import type { Project } from './projects.ts';
import { clamp, randomOf } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamOf } from './team.ts';

/** Who is booked on a project: staff, and a freelancer for the larger ones. */
export function resourceRows(projects: readonly Project[], freelancers: readonly Row[], calendar: Calendar): Row[] {
	const random = randomOf('resources');
	return projects.flatMap((project) => {
		const { starts, ends, doneOn } = project;
		const made = plusDays(starts, -6) < calendar.end ? plusDays(starts, -6) : calendar.end;
		const book = (key: string, fields: Partial<Row>): Row => ({
			id: demoId('resources', `${project.id} ${key}`),
			project: project.id,
			status: starts > calendar.end ? 'planned' : 'confirmed',
			team: teamOf(member('operations')),
			starts_on: isoDate(starts),
			ends_on: isoDate(doneOn && doneOn > ends ? doneOn : ends),
			...fields,
			...traces(made, project.manager.id),
		});
		const rows = [
			book('manager', {
				owner: member('operations').id,
				role: 'Chef de projet',
				allocation_rate: random.pick([1000, 2000, 3000]),
				planned_minutes: Math.round(project.minutes * 0.35),
				day_rate_cents: 62_000,
			}),
			book('success', {
				owner: member('success').id,
				role: 'Accompagnement',
				allocation_rate: random.pick([1000, 1500, 2000]),
				planned_minutes: Math.round(project.minutes * 0.3),
				day_rate_cents: 56_000,
			}),
		];
		if (freelancers.length > 0 && (project.minutes > 2500 || random.chance(0.3))) {
			const person = random.pick(freelancers);
			rows.push(
				book('freelance', {
					person: person.id,
					role: 'Intégration',
					allocation_rate: random.pick([2000, 4000, 5000]),
					planned_minutes: Math.round(project.minutes * 0.35),
					day_rate_cents: person.day_rate_cents,
				}),
			);
		}
		return rows;
	});
}

const activities = { delivery: 6, project_management: 2, training: 1.5, meeting: 1.5, travel: 0.8 } as const;
const words: Record<string, string[]> = {
	delivery: ['Paramétrage', 'Reprise des données', 'Recette', 'Connexion aux outils du client'],
	project_management: ['Suivi du projet', 'Mise à jour du planning'],
	training: ['Formation des utilisateurs', 'Préparation de la formation'],
	meeting: ['Point d’avancement', 'Comité de suivi'],
	travel: ['Déplacement chez le client'],
};

/** Nobody works more than eight and a half hours a day: what would go beyond is left out. */
function withinDays(rows: readonly Row[]): Row[] {
	const worked = new Map<string, number>();
	return rows.filter(({ worked_on, owner, person, minutes }) => {
		const day = `${String(owner ?? person)} ${String(worked_on)}`;
		const total = (worked.get(day) ?? 0) + Number(minutes);
		if (total > 510) return false;
		worked.set(day, total);
		return true;
	});
}

/** Time spent on projects, week by week, until what was planned is used up (some projects cost more). `wanted` limits how many rows. */
export function timeRows(projects: readonly Project[], resources: readonly Row[], calendar: Calendar, wanted: number): Row[] {
	const random = randomOf('time');
	const rows: Row[] = [];
	for (const project of projects) {
		const team = resources.filter((resource) => resource.project === project.id);
		const until = project.doneOn ?? calendar.end;
		for (let week = project.starts; week < until && week < calendar.end; week = plusDays(week, 7)) {
			for (const booked of team) {
				for (let more = random.count(0.9); more > 0; more--) {
					const on = toWeekday(plusDays(week, random.int(0, 4)));
					if (on > calendar.end) continue;
					const activity = random.weighted(activities);
					const old = on < calendar.at(-9);
					const person = typeof booked.person === 'string';
					const approver = member('operations');
					rows.push({
						id: demoId('time_tracking', `${String(booked.id)} ${isoDate(week)} ${more}`),
						worked_on: isoDate(on),
						minutes: clamp(Math.round(random.normal(190, 90) / 15) * 15, 30, 480),
						owner: person ? null : (booked.owner ?? null),
						person: person ? booked.person : null,
						team: teamOf(approver),
						activity,
						description: random.pick(words[activity] ?? ['Travail']),
						project: project.id,
						company: project.client?.company.id ?? null,
						billable: project.client !== null && activity !== 'travel',
						rate_cents: project.client ? 11_500 : null,
						// A freelance's is their daily rate.
						cost_rate_cents: person ? null : 4_200,
						status: old ? 'approved' : random.chance(0.5) ? 'submitted' : 'draft',
						approved_by: old ? approver.id : null,
						approved_at: old ? plusDays(on, 5).toISOString() : null,
						...traces(plusDays(on, 0.72), person ? approver.id : String(booked.owner), old ? plusDays(on, 5) : plusDays(on, 0.72)),
					});
				}
			}
		}
	}
	// The most recent ones when there are too many.
	return withinDays(rows).toSorted((a, b) => (String(a.worked_on) < String(b.worked_on) ? 1 : -1)).slice(0, wanted); // prettier-ignore
}
