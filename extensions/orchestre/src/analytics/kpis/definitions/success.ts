import type { Facts, KpiDefinition } from '../types.ts';
import { byMoment, days, from, inDomain, moments } from './make.ts';
import { lists } from './lists.ts';
import { ticketKinds } from './words.ts';

const kpi = inDomain('success');

const surveys = byMoment(
	() =>
		`select answered_at as at, owner, team, company, kind, score from survey_answers where kind in ('nps', 'csat') and answered_at is not null and score is not null`,
);
const answers = (kind: string, value = '1'): Facts => from(surveys, { value, where: `f.kind = '${kind}'` });
const promoters = answers('nps', 'case when f.score >= 9 then 1 when f.score <= 6 then -1 else 0 end');
const npsAnswers = answers('nps');
const satisfied = answers('csat', 'case when f.score >= 4 then 1 else 0 end');
const csatAnswers = answers('csat');

/** Onboardings that went live, by the day they did. */
const live = (value: (between: (from: string, to: string) => string) => string): Facts =>
	days(
		(d) => `select m.done_on as at, p.owner, p.team, null as part, p.company, ${value(d.days)} as value, 1 as n
		from milestones m join projects p on p.id = m.project
		where m.is_go_live and m.done_on is not null and p.kind = 'onboarding' and p.starts_on is not null and m.done_on >= p.starts_on`,
	);

/** Clients whose health turned red, or was red and is no more: the record of a day against the one before. */
const redMoves = days(
	() => `select h.computed_on as at, c.owner, c.team, null as part, h.company, case when h.band = 'red' then 1 else -1 end as value, case when h.band = 'red' then 1 else -1 end as n
	from (select company, computed_on, band, lag(band) over (partition by company order by computed_on) as was from health_history) h
	join companies c on c.id = h.company where (h.band = 'red') <> (coalesce(h.was, '') = 'red')`,
);

/** Milestones that passed their day unfinished, and those of them that were finished since. */
const lateMilestones = days(
	(d) => `select ${d.plusDays('m.due_on', 1)} as at, coalesce(m.owner, p.manager, p.owner) as owner, p.team, null as part, p.company, 1 as value, 1 as n
	from milestones m join projects p on p.id = m.project
	where m.due_on is not null and m.status <> 'cancelled' and p.status not in ('cancelled', 'planned') and (m.done_on is null or m.done_on > m.due_on)
	union all select m.done_on, coalesce(m.owner, p.manager, p.owner), p.team, null, p.company, -1, -1
	from milestones m join projects p on p.id = m.project
	where m.due_on is not null and m.status <> 'cancelled' and p.status not in ('cancelled', 'planned') and m.done_on > m.due_on`,
);

const tickets = (at: string, value: string, where = '1 = 1', n = '1'): Facts =>
	moments(() => `select ${at} as at, owner, team, kind as part, company, ${value} as value, ${n} as n from tickets where ${at} is not null and ${where}`);
const received = tickets('date_created', '1');
const solvedOpen = tickets('coalesce(resolved_at, closed_at)', '-1', '1 = 1', '-1');
const waits = (at: string): Facts =>
	moments(
		(d) =>
			`select ${at} as at, owner, team, kind as part, company, ${d.minutes('date_created', at)} as value, 1 as n from tickets where ${at} is not null and ${at} >= date_created`,
	);
const ended = (at: string): Facts => tickets(at, '1', `${at} >= date_created`);
const delaysEnded = tickets('sla_due_at', '1');
const delaysMissed = tickets('sla_due_at', 'case when coalesce(resolved_at, closed_at) <= sla_due_at then 0 else 1 end');
const parts = { name: 'nature', words: ticketKinds };

export const success: readonly KpiDefinition[] = [
	kpi({
		key: 'nps',
		isSigned: true,
		name: 'NPS',
		name_en: 'NPS',
		description: 'Ce que les clients diraient de vous à leurs pairs, de −100 à +100.',
		formula: '(Notes de 9 et 10 − notes de 0 à 6) ÷ toutes les réponses NPS reçues pendant la période × 100.',
		unit: 'points',
		direction: 'up',
		factor: 100_000,
		minCases: 5,
		formulaOf: { numerator: [{ facts: promoters }], denominator: [{ facts: npsAnswers }] },
	}),
	kpi({
		key: 'satisfaction_client',
		name: 'Satisfaction client',
		name_en: 'Customer satisfaction',
		description: 'La part des clients satisfaits.',
		formula: 'Réponses de 4 ou 5 sur 5 ÷ réponses aux enquêtes de satisfaction reçues pendant la période.',
		unit: 'percent',
		direction: 'up',
		minCases: 3,
		formulaOf: { numerator: [{ facts: satisfied }], denominator: [{ facts: csatAnswers }] },
	}),
	kpi({
		key: 'delai_valeur',
		name: 'Délai de mise en service',
		name_en: 'Time to value',
		description: 'Le temps qu’il faut à un nouveau client pour se servir de ce qu’il a acheté.',
		formula: 'Moyenne, en jours, entre le début de l’accueil et le jalon de mise en service, à la date de ce jalon.',
		unit: 'days',
		direction: 'down',
		factor: 1000,
		formulaOf: { numerator: [{ facts: live((between) => between('p.starts_on', 'm.done_on')) }], denominator: [{ facts: live(() => '1') }] },
	}),
	kpi({
		key: 'clients_en_danger',
		name: 'Clients en alerte',
		name_en: 'Clients in the red',
		description: 'Combien de clients vont mal.',
		formula: 'Nombre de clients dont la santé est au rouge à la fin de la période, d’après leur relevé quotidien.',
		unit: 'count',
		direction: 'down',
		aggregation: 'last',
		formulaOf: { numerator: [{ facts: redMoves, over: 'end' }] },
		list: lists.redClients,
	}),
	kpi({
		key: 'jalons_en_retard',
		name: 'Jalons en retard',
		name_en: 'Late milestones',
		description: 'Combien d’étapes de projets auraient déjà dû être faites.',
		formula: 'Jalons dont la date est passée et qui n’étaient pas faits à la fin de la période.',
		unit: 'count',
		direction: 'down',
		aggregation: 'last',
		formulaOf: { numerator: [{ facts: lateMilestones, over: 'end' }] },
		list: lists.lateMilestones,
	}),
	kpi({
		key: 'tickets_recus',
		name: 'Tickets reçus',
		name_en: 'Tickets received',
		description: 'Combien de demandes arrivent au support.',
		formula: 'Nombre de tickets ouverts pendant la période, par nature.',
		unit: 'count',
		direction: 'down',
		periods: ['week', 'month', 'quarter', 'year'],
		parts,
		formulaOf: { numerator: [{ facts: received }] },
		list: lists.tickets,
	}),
	kpi({
		key: 'tickets_ouverts',
		name: 'Tickets ouverts',
		name_en: 'Open tickets',
		description: 'Combien de demandes attendent encore une solution.',
		formula: 'Tickets reçus et pas encore résolus à la fin de la période.',
		unit: 'count',
		direction: 'down',
		aggregation: 'last',
		parts,
		formulaOf: {
			numerator: [
				{ facts: received, over: 'end' },
				{ facts: solvedOpen, over: 'end' },
			],
		},
		list: lists.openTickets,
	}),
	kpi({
		key: 'delai_premiere_reponse',
		name: 'Délai de première réponse',
		name_en: 'First response time',
		description: 'Le temps qu’attend un client avant qu’on lui réponde.',
		formula: 'Moyenne, en heures du calendrier, entre l’arrivée du ticket et la première réponse, à la date de celle-ci.',
		unit: 'hours',
		direction: 'down',
		parts,
		formulaOf: { numerator: [{ facts: waits('first_response_at') }], denominator: [{ facts: ended('first_response_at') }] },
	}),
	kpi({
		key: 'delai_resolution',
		name: 'Délai de résolution',
		name_en: 'Resolution time',
		description: 'Le temps qu’il faut pour résoudre un ticket.',
		formula: 'Moyenne, en heures du calendrier, entre l’arrivée et la résolution des tickets résolus pendant la période.',
		unit: 'hours',
		direction: 'down',
		parts,
		formulaOf: { numerator: [{ facts: waits('resolved_at') }], denominator: [{ facts: ended('resolved_at') }] },
	}),
	kpi({
		key: 'tickets_hors_delai',
		name: 'Tickets hors délai',
		name_en: 'Tickets out of time',
		description: 'La part des tickets que le délai promis a dépassés.',
		formula: 'Tickets pas encore résolus à leur échéance ÷ tickets dont l’échéance tombe dans la période.',
		unit: 'percent',
		direction: 'down',
		minCases: 3,
		parts,
		formulaOf: { numerator: [{ facts: delaysMissed }], denominator: [{ facts: delaysEnded }] },
	}),
];
