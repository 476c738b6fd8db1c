import type { Facts, KpiDefinition } from '../types.ts';
import { asText, inDomain, moments, stageParts } from './make.ts';

const kpi = inDomain('sales');
const touchedBy = ['opportunities', 'stages'];

/**
 * What the pipeline holds, as its movements: a change of stage brings the deal's worth into the new stage and takes what it was worth before out
 * of the old one. What an open deal is worth today beyond its last change of stage (its amount was edited) comes in with the row's last change.
 * `worth` of a change or a deal, by the alias of its table.
 */
const movements = (worth: (alias: string) => string, count: boolean): Facts =>
	moments(
		() => `with c as (
			select sc.opportunity, sc.at, sc.to_stage, ${worth('sc')} as worth, row_number() over (partition by sc.opportunity order by sc.at desc, sc.id desc) as latest,
				lag(sc.to_stage) over w as was, lag(${worth('sc')}) over w as was_worth
			from stage_changes sc window w as (partition by sc.opportunity order by sc.at, sc.id)
		)
		select c.at, o.owner, o.team, ${asText('s.id')} as part, o.company, ${count ? '1' : 'c.worth'} as value, 1 as n
		from c join opportunities o on o.id = c.opportunity join stages s on s.id = c.to_stage
		where not coalesce(s.is_won, false) and not coalesce(s.is_lost, false) and not coalesce(o.archived, false)
		union all
		select c.at, o.owner, o.team, ${asText('p.id')}, o.company, ${count ? '-1' : '-c.was_worth'}, -1
		from c join opportunities o on o.id = c.opportunity join stages p on p.id = c.was
		where not coalesce(p.is_won, false) and not coalesce(p.is_lost, false) and not coalesce(o.archived, false)
		union all
		select coalesce(o.date_updated, o.date_created), o.owner, o.team, ${asText('s.id')}, o.company,
			${count ? 'case when c.opportunity is null then 1 else 0 end' : `${worth('o')} - coalesce(c.worth, 0)`}, case when c.opportunity is null then 1 else 0 end
		from opportunities o join stages s on s.id = o.stage left join c on c.opportunity = o.id and c.latest = 1
		where o.closed_at is null and not coalesce(s.is_won, false) and not coalesce(s.is_lost, false) and not coalesce(o.archived, false)`,
	);
export const openAmounts = movements((alias) => `coalesce(${alias}.amount_cents, 0)`, false);
/** Cents times basis points. */
export const weightedAmounts = movements((alias) => `(cast(coalesce(${alias}.amount_cents, 0) as bigint) * coalesce(${alias}.probability, 0))`, false);
export const openCount = movements(() => '0', true);

/** Deals that left an open stage, by that stage. */
const exits = (value: (minutes: (from: string, to: string) => string) => string): Facts =>
	moments(
		(d) => `select c.at, o.owner, o.team, ${asText('p.id')} as part, o.company, ${value(d.minutes)} as value, 1 as n
		from (select sc.opportunity, sc.at, sc.to_stage, lag(sc.to_stage) over w as was, lag(sc.at) over w as since
			from stage_changes sc window w as (partition by sc.opportunity order by sc.at, sc.id)) c
		join opportunities o on o.id = c.opportunity join stages p on p.id = c.was join stages s on s.id = c.to_stage
		where not coalesce(p.is_won, false) and not coalesce(p.is_lost, false) and c.was <> c.to_stage`,
	);
const allExits = exits(() => '1');
const exitsForward = exits(() => `case when s.is_won or (not coalesce(s.is_lost, false) and s.sort > p.sort) then 1 else 0 end`);
const minutesInStage = exits((minutes) => minutes('c.since', 'c.at'));

const openList = { collection: 'opportunities', filter: { closed_at: { _null: true } } };

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
		list: openList,
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
		list: openList,
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
		list: openList,
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
