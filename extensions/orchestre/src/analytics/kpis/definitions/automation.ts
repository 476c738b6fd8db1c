import { readAutomation, type AutomationDetails } from '../breakdowns/automation.ts';
import type { Computing, Figure, KpiDefinition } from '../types.ts';
import { byMoment, from, inDomain, moments } from './make.ts';

const kpi = inDomain('automation');

/** Mistakes that were caught before they did harm. */
const caught = moments(
	() => `select date_created as at, cast(owner as varchar(36)) as owner, cast(team as varchar(36)) as team, 'duplicate' as part, null as company, 1 as value, 1 as n from leads where duplicate_of is not null
	union all select coalesce(date_updated, date_created), null, null, 'import', null, coalesce(rows_bad, 0), coalesce(rows_bad, 0) from imports where coalesce(rows_bad, 0) > 0
	union all select date_created, null, null, 'document', null, 1, 1 from documents where status in ('rejected', 'to_review') and extracted is not null`,
);

const jobs = byMoment(
	() =>
		`select ended_at as at, null as owner, null as team, null as company, case when state = 'done' then 1 else 0 end as done from jobs where ended_at is not null and state in ('done', 'failed')`,
);

/** Minutes that the acts of the automation rate would have taken people. */
async function minutesSaved(computing: Computing): Promise<Figure[]> {
	const [figure] = await readAutomation(computing);
	if (!figure) return [];
	const { minutes, acts } = figure.details as unknown as AutomationDetails;
	const parts = Object.fromEntries(
		acts.filter(({ automatic }) => automatic > 0).map((one) => [one.act, [one.automatic * one.minutes, 0, one.automatic] as const]),
	);
	return [{ scope: 'company', key: 'company', numerator: minutes, denominator: null, cases: figure.numerator, parts }];
}

const actWords = {
	tasks: 'Tâches créées',
	assignments: 'Leads attribués',
	messages: 'Messages envoyés',
	milestones: 'Jalons posés',
	documents: 'Documents classés',
	allocations: 'Règlements affectés',
	summaries: 'Échanges résumés',
};

export const automation: readonly KpiDefinition[] = [
	kpi({
		key: 'minutes_gagnees',
		name: 'Temps gagné',
		name_en: 'Time saved',
		description: 'Le temps que les automatisations ont épargné à l’équipe, estimé.',
		formula: 'Gestes faits par le produit × minutes que chacun prend à la main ; ces minutes sont des estimations, à régler dans les Réglages.',
		unit: 'hours',
		direction: 'up',
		aggregation: 'sum',
		scopes: ['company'],
		periods: ['month'],
		decimals: 0,
		parts: { name: 'geste', words: actWords },
		formulaOf: { compute: minutesSaved },
	}),
	kpi({
		key: 'erreurs_evitees',
		name: 'Erreurs évitées',
		name_en: 'Mistakes avoided',
		description: 'Combien d’erreurs de saisie ont été arrêtées à temps.',
		formula: 'Leads reconnus comme doublons, lignes d’import refusées et documents arrêtés pour vérification.',
		unit: 'count',
		direction: 'up',
		parts: { name: 'contrôle', words: { duplicate: 'Doublon reconnu', import: 'Ligne d’import refusée', document: 'Document arrêté' } },
		formulaOf: { numerator: [{ facts: caught }] },
	}),
	kpi({
		key: 'taux_succes_automatisations',
		name: 'Automatisations réussies',
		name_en: 'Automation success rate',
		description: 'La part des travaux automatiques qui aboutissent.',
		formula:
			'Travaux terminés ÷ travaux terminés ou en échec pendant la période. Les travaux sont gardés 90 jours : les périodes plus longues ne sont pas calculées.',
		unit: 'percent',
		direction: 'up',
		scopes: ['company'],
		periods: ['week', 'month'],
		minCases: 10,
		formulaOf: { numerator: [{ facts: from(jobs, { value: 'f.done' }) }], denominator: [{ facts: from(jobs) }] },
	}),
];
