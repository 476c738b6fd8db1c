import type { Facts, KpiDefinition } from '../types.ts';
import { lists } from './lists.ts';
import { byDay, byMoment, days, from, fromWeeks, inDomain } from './make.ts';

const kpi = inDomain('operations');

/** Hours that were entered and not refused. */
const worked = byDay(
	() => `select worked_on as at, owner, team, activity, company, minutes, billable from time_tracking where worked_on is not null and status <> 'rejected'`,
);
const minutes = from(worked, { value: 'f.minutes', part: 'f.activity' });
const billable = from(worked, { value: 'f.minutes', part: 'f.activity', where: 'f.billable' });
/** Seven hours for each day on which a person entered any. */
const dayMinutes = days(
	() => `select worked_on as at, owner, min(cast(team as varchar(36))) as team, null as part, null as company, 420 as value, 1 as n
	from time_tracking where worked_on is not null and status <> 'rejected' and owner is not null group by worked_on, owner`,
);
const billableOfStaff = days(
	() => `select worked_on as at, owner, cast(team as varchar(36)) as team, null as part, null as company, minutes as value, 0 as n
	from time_tracking where worked_on is not null and status <> 'rejected' and owner is not null and billable`,
);

/** Full-time equivalents in basis points, from the day an assignment begins to the one after it ends. */
const assigned = days(
	(d) => `select starts_on as at, owner, team, null as part, null as company, cast(allocation_rate as integer) as value, 1 as n
	from resources where status <> 'cancelled' and starts_on is not null
	union all select ${d.plusDays('ends_on', 1)}, owner, team, null, null, -cast(allocation_rate as integer), -1
	from resources where status <> 'cancelled' and starts_on is not null and ends_on is not null`,
);

/** What client projects brought: hours that are to be billed, at their rate. Cents times minutes of an hour. */
const projectRevenue = days(
	() => `select t.worked_on as at, p.owner, p.team, null as part, p.company, t.minutes * t.rate_cents as value, 1 as n
	from time_tracking t join projects p on p.id = t.project
	where t.worked_on is not null and t.status <> 'rejected' and t.billable and t.rate_cents is not null and p.kind <> 'internal'`,
);
/** What they cost: every hour at its own cost, a freelance's at a seventh of the daily rate; and what was spent on the project. */
const projectCosts = days(
	() => `select t.worked_on as at, p.owner, p.team, null as part, p.company, t.minutes * coalesce(t.cost_rate_cents, f.day_rate_cents / 7, 0) as value, 0 as n
	from time_tracking t join projects p on p.id = t.project left join people f on f.id = t.person
	where t.worked_on is not null and t.status <> 'rejected' and p.kind <> 'internal'
	union all select e.spent_on, p.owner, p.team, null, p.company, e.net_cents * 60, 0
	from expenses e join projects p on p.id = e.project
	where e.currency = 'EUR' and e.spent_on is not null and e.status in ('submitted', 'approved', 'reimbursed') and p.kind <> 'internal'`,
);

const finished = byDay(
	() => `select done_on as at, owner, team, kind, company, case when done_on <= ends_on then 1 else 0 end as in_time
		from projects where done_on is not null and ends_on is not null and status <> 'cancelled'`,
);

/** What becomes of tasks: `done`; `due`, in time or not, and late from then on when not; `late` until they are done after all. */
const tasks = byMoment(
	() => `select done_at as at, assignee as owner, team, company, 'done' as event, case when origin = 'manual' then 'manual' else 'automatic' end as part, 0 as in_time, 0 as late
	from tasks where done_at is not null and status = 'done'
	union all select due_at, assignee, team, company, 'due', null, case when done_at <= due_at then 1 else 0 end, case when done_at <= due_at then 0 else 1 end
	from tasks where due_at is not null and status <> 'cancelled'
	union all select done_at, assignee, team, company, 'caught up', null, 0, -1 from tasks where due_at is not null and status <> 'cancelled' and done_at > due_at`,
);
const tasksDone = from(tasks, { part: 'f.part', where: `f.event = 'done'` });
const lateTasks = from(tasks, { value: 'f.late', n: 'f.late', where: 'f.late <> 0' });
const dueTasks = (value?: string): Facts => from(tasks, { ...(value !== undefined && { value }), where: `f.event = 'due'` });

const activities = {
	delivery: 'Réalisation',
	meeting: 'Réunion',
	project_management: 'Gestion de projet',
	support: 'Support',
	presales: 'Avant-vente',
	training: 'Formation',
	travel: 'Déplacement',
	internal: 'Interne',
};
const activityParts = { name: 'activité', words: activities };

export const delivery: readonly KpiDefinition[] = [
	kpi({
		key: 'temps_passe',
		name: 'Temps passé',
		name_en: 'Time worked',
		description: 'Les heures saisies.',
		formula: 'Somme des temps saisis et non refusés, par activité.',
		unit: 'hours',
		direction: 'up',
		scopes: ['company', 'team', 'person', 'client'],
		periods: fromWeeks,
		decimals: 0,
		parts: activityParts,
		formulaOf: { numerator: [{ facts: minutes }] },
		list: lists.hours,
	}),
	kpi({
		key: 'taux_facturable',
		name: 'Part facturable',
		name_en: 'Billable share',
		description: 'La part du temps passé qui se facture.',
		formula: 'Temps facturable ÷ temps passé de la période.',
		unit: 'percent',
		direction: 'up',
		minCases: 5,
		parts: activityParts,
		formulaOf: { numerator: [{ facts: billable }], denominator: [{ facts: minutes }] },
	}),
	kpi({
		key: 'taux_occupation',
		name: 'Taux d’occupation',
		name_en: 'Utilisation',
		description: 'Ce que le temps facturable prend d’une journée.',
		formula: 'Temps facturable des collaborateurs ÷ 7 heures par jour où ils ont saisi du temps. Les indépendants n’y sont pas.',
		unit: 'percent',
		direction: 'up',
		minCases: 5,
		formulaOf: { numerator: [{ facts: billableOfStaff }], denominator: [{ facts: dayMinutes }] },
	}),
	kpi({
		key: 'charge',
		name: 'Charge engagée (ETP)',
		name_en: 'Assigned load (FTE)',
		description: 'Combien de personnes à plein temps les projets occupent.',
		formula: 'Somme des taux d’affectation en cours à la fin de la période (100 % = 1 équivalent temps plein).',
		unit: 'count',
		direction: 'band',
		decimals: 1,
		factor: 0.1,
		aggregation: 'last',
		formulaOf: { numerator: [{ facts: assigned, over: 'end' }] },
		list: lists.assignments,
	}),
	kpi({
		key: 'marge_projet',
		version: 2,
		isSigned: true,
		name: 'Marge des projets',
		name_en: 'Project margin',
		description: 'Ce qui reste d’un projet une fois payés le temps et les frais.',
		formula:
			'(Temps facturable valorisé à son taux − coût du temps passé − frais du projet) ÷ temps facturable valorisé. Une heure sans coût connu coûte zéro ; frais en euros.',
		unit: 'percent',
		direction: 'up',
		scopes: ['company'],
		minCases: 10,
		formulaOf: { numerator: [{ facts: projectRevenue }, { facts: projectCosts, factor: -1 }], denominator: [{ facts: projectRevenue }] },
	}),
	kpi({
		key: 'projets_a_temps',
		name: 'Projets livrés à temps',
		name_en: 'Projects on time',
		description: 'La part des projets terminés à la date prévue.',
		formula: 'Projets terminés au plus tard à leur date de fin prévue ÷ projets terminés pendant la période.',
		unit: 'percent',
		direction: 'up',
		minCases: 2,
		parts: { name: 'type de projet', words: { onboarding: 'Accueil', delivery: 'Prestation', internal: 'Interne' } },
		formulaOf: { numerator: [{ facts: from(finished, { value: 'f.in_time', part: 'f.kind' }) }], denominator: [{ facts: from(finished, { part: 'f.kind' }) }] },
		list: lists.doneProjects,
	}),
	kpi({
		key: 'taches_realisees',
		name: 'Tâches réalisées',
		name_en: 'Tasks done',
		description: 'Combien de tâches sont faites.',
		formula: 'Nombre de tâches terminées, à leur date de fin.',
		unit: 'count',
		direction: 'up',
		periods: fromWeeks,
		parts: { name: 'origine', words: { manual: 'Créées à la main', automatic: 'Créées par une automatisation' } },
		formulaOf: { numerator: [{ facts: tasksDone }] },
		list: lists.doneTasks,
	}),
	kpi({
		key: 'taches_a_temps',
		name: 'Tâches faites à temps',
		name_en: 'Tasks on time',
		description: 'La part des tâches faites au plus tard à leur échéance.',
		formula: 'Tâches faites au plus tard à leur échéance ÷ tâches dont l’échéance tombe dans la période.',
		unit: 'percent',
		direction: 'up',
		minCases: 5,
		formulaOf: { numerator: [{ facts: dueTasks('f.in_time') }], denominator: [{ facts: dueTasks() }] },
	}),
	kpi({
		key: 'taches_en_retard',
		name: 'Tâches en retard',
		name_en: 'Late tasks',
		description: 'Combien de tâches auraient déjà dû être faites.',
		formula: 'Tâches dont l’échéance est passée et qui n’étaient pas faites à la fin de la période.',
		unit: 'count',
		direction: 'down',
		aggregation: 'last',
		formulaOf: { numerator: [{ facts: lateTasks, over: 'end' }] },
		list: lists.lateTasks,
	}),
];
