import type { Facts, KpiDefinition } from '../types.ts';
import { lists } from './lists.ts';
import { asText, byMoment, from, inDomain, stageParts } from './make.ts';

const kpi = inDomain('sales');
const touchedBy = ['opportunities', 'stages'];

/**
 * What the pipeline holds, as its movements: a change of stage brings the deal's worth into the new stage and takes what it was worth before out
 * of the old one. What an open deal is worth today beyond its last change of stage (its amount was edited) comes in with the row's last change.
 * `amount` in cents, `weighted` in cents times basis points, `deals` 1 or -1; `goes`: the deal leaves an open stage for another one (`ahead`: for one
 * that is further on, or won) after so many `minutes`; `held`: the pipeline counts the deal, `enters`: it comes into
 * the stage, any stage, for the first time.
 */
const weighted = 'cast(coalesce(sc.amount_cents, 0) as bigint) * coalesce(sc.probability, 0)';
const steps = byMoment(
	(d) => `with c as (
			select sc.opportunity, sc.at, sc.to_stage, coalesce(sc.amount_cents, 0) as amount, ${weighted} as weighted,
				case when lead(sc.at) over w is null then 1 else 0 end as latest, lag(sc.at) over w as since, lag(sc.to_stage) over w as was,
				lag(coalesce(sc.amount_cents, 0)) over w as was_amount, lag(${weighted}) over w as was_weighted,
				row_number() over (partition by sc.opportunity, sc.to_stage order by sc.at, sc.id) as place
			from stage_changes sc window w as (partition by sc.opportunity order by sc.at, sc.id)
		), d as (
			select o.id, o.owner, o.team, o.company, case when coalesce(o.archived, false) then 0 else 1 end as held from opportunities o
		), s as (
			select id, sort, coalesce(is_won, false) as is_won, not coalesce(is_won, false) and not coalesce(is_lost, false) as is_open, ${asText('id')} as part from stages
		)
		select c.at, d.owner, d.team, s.part, d.company, c.amount, c.weighted, 1 as deals, 0 as goes, 0 as ahead, 0 as minutes,
			case when s.is_open then d.held else 0 end as held, case when d.held = 1 and c.place = 1 then 1 else 0 end as enters
		from c join d on d.id = c.opportunity join s on s.id = c.to_stage where s.is_open or c.place = 1
		union all
		select c.at, d.owner, d.team, p.part, d.company, -c.was_amount, -c.was_weighted, -1, case when c.was <> c.to_stage then 1 else 0 end,
			case when s.is_won or (s.is_open and s.sort > p.sort) then 1 else 0 end, ${d.minutes('c.since', 'c.at')}, d.held, 0
		from c join d on d.id = c.opportunity join s p on p.id = c.was join s on s.id = c.to_stage where p.is_open
		union all
		select coalesce(o.date_updated, o.date_created), o.owner, o.team, s.part, o.company, coalesce(o.amount_cents, 0) - coalesce(c.amount, 0),
			cast(coalesce(o.amount_cents, 0) as bigint) * coalesce(o.probability, 0) - coalesce(c.weighted, 0), case when c.opportunity is null then 1 else 0 end, 0, 0, 0, 1, 0
		from opportunities o join s on s.id = o.stage left join c on c.opportunity = o.id and c.latest = 1
		where o.closed_at is null and s.is_open and not coalesce(o.archived, false)`,
);
const held = (value: string): Facts => from(steps, { value, n: 'f.deals', part: 'f.part', where: 'f.held = 1' });
export const openAmounts = held('f.amount');
/** Cents times basis points. */
export const weightedAmounts = held('f.weighted');
export const openCount = held('f.deals');

/** Deals that left an open stage, by that stage; archived ones did, too. */
const exits = (value: string): Facts => from(steps, { value, part: 'f.part', where: 'f.goes = 1' });
const allExits = exits('1');
const exitsForward = exits('f.ahead');
const minutesInStage = exits('f.minutes');
/** The first time that a deal enters a stage: who goes back and comes again is counted once. */
export const entries = from(steps, { part: 'f.part', where: 'f.enters = 1' });

export const pipeline: readonly KpiDefinition[] = [
	kpi({
		key: 'pipeline_ouvert',
		name: 'Pipeline ouvert',
		name_en: 'Open pipeline',
		description: 'Ce que valent les affaires en cours.',
		formula: 'Somme des montants hors taxes des affaires ouvertes à la fin de la période, par étape. Les archivées n’y sont pas.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'last',
		touchedBy,
		periods: ['week', 'month', 'quarter', 'year'],
		parts: stageParts,
		formulaOf: { numerator: [{ facts: openAmounts, over: 'end' }] },
		list: lists.openDeals,
	}),
	kpi({
		key: 'pipeline_pondere',
		name: 'Pipeline pondéré',
		name_en: 'Weighted pipeline',
		description: 'Ce que les affaires en cours rapporteront sans doute.',
		formula: 'Somme, sur les affaires ouvertes à la fin de la période, du montant hors taxes × probabilité de gain connue alors.',
		unit: 'eur',
		direction: 'up',
		aggregation: 'last',
		touchedBy,
		factor: 1 / 10_000,
		parts: stageParts,
		formulaOf: { numerator: [{ facts: weightedAmounts, over: 'end' }] },
		list: lists.openDeals,
	}),
	kpi({
		key: 'affaires_ouvertes',
		name: 'Affaires en cours',
		name_en: 'Open deals',
		description: 'Combien d’affaires sont en cours.',
		formula: 'Nombre d’affaires ouvertes à la fin de la période, par étape.',
		unit: 'count',
		direction: 'up',
		aggregation: 'last',
		touchedBy,
		parts: stageParts,
		formulaOf: { numerator: [{ facts: openCount, over: 'end' }] },
		list: lists.openDeals,
	}),
	kpi({
		key: 'taux_passage_etape',
		name: 'Passage à l’étape suivante',
		name_en: 'Stage conversion',
		description: 'La part des affaires qui avancent quand elles quittent une étape, étape par étape.',
		formula: 'Sorties vers une étape plus avancée ou gagnées ÷ toutes les sorties d’une étape ouverte pendant la période.',
		unit: 'percent',
		direction: 'up',
		touchedBy,
		minCases: 3,
		parts: stageParts,
		formulaOf: { numerator: [{ facts: exitsForward }], denominator: [{ facts: allExits }] },
	}),
	kpi({
		key: 'duree_etape',
		name: 'Durée par étape',
		name_en: 'Time per stage',
		description: 'Le temps qu’une affaire passe dans une étape avant d’en sortir.',
		formula: 'Moyenne, en jours, du temps passé dans l’étape quittée, à la date de sortie.',
		unit: 'days',
		direction: 'down',
		minCases: 3,
		parts: stageParts,
		formulaOf: { numerator: [{ facts: minutesInStage }], denominator: [{ facts: allExits }] },
	}),
];
