import type { Facts, KpiDefinition } from '../types.ts';
import { byMoment, everyPeriod, from, fromWeeks, inDomain, moments } from './make.ts';
import { lists } from './lists.ts';
import { dealKinds, interactionKinds, lostReasons, quoteRefusals } from './words.ts';

const kpi = inDomain('sales');
const touchedBy = ['opportunities', 'stages'];
const kinds = { name: 'type d’affaire', words: dealKinds };

/** Deals that were closed, by the moment they were: a closed deal is the record of that event, as an invoice is of its own. */
const closedDeals = byMoment(
	() => `select o.closed_at as at, o.owner, o.team, o.company, o.kind, o.lost_reason, s.is_won, s.is_lost, coalesce(o.amount_cents, 0) as amount
	from opportunities o join stages s on s.id = o.stage where o.closed_at is not null`,
);
const closed = (where: string, value = '1', part = 'f.kind'): Facts => from(closedDeals, { value, part, where });
export const wonAmounts = closed('f.is_won', 'f.amount');
export const wonCount = closed('f.is_won');
const closedCount = closed('f.is_won or f.is_lost');
const lostAmounts = closed('f.is_lost', 'f.amount', 'f.lost_reason');
const renewed = closed(`f.is_won and f.kind = 'renewal'`);
const renewalsClosed = closed(`(f.is_won or f.is_lost) and f.kind = 'renewal'`);
export const newClients = closed(`f.is_won and f.kind = 'new'`);

const signed = byMoment(
	(d) => `select o.closed_at as at, o.owner, o.team, o.kind, o.company, ${d.minutes('f.at', 'o.closed_at')} as minutes
	from opportunities o join stages s on s.id = o.stage join (select opportunity, min(at) as at from stage_changes group by opportunity) f on f.opportunity = o.id
	where s.is_won and o.closed_at is not null and o.kind <> 'renewal' and o.closed_at >= f.at`,
);
const cycle = (value: string): Facts => from(signed, { value, part: 'f.kind' });

const quotesSent = moments(
	() => `select sent_at as at, owner, team, null as part, company, coalesce(net_cents, 0) as value, 1 as n
	from quotes where sent_at is not null and status not in ('draft', 'replaced') and currency = 'EUR'`,
);
/** Quotes that were answered, by the moment of it; a quote that was accepted on paper counts when it was sent. */
const answers = byMoment(
	() => `select case when status = 'refused' then refused_at else coalesce(accepted_at, sent_at) end as at, owner, team, coalesce(refusal_reason, 'accepted') as part, company,
		case when status = 'accepted' then 1 else 0 end as accepted
	from quotes where status in ('accepted', 'refused')`,
);
const quotesAnswered = (value: string): Facts => from(answers, { value, part: 'f.part' });
const interactions = byMoment(
	() => `select at, owner, team, kind, company, direction from interactions where direction = 'outbound' or kind in ('meeting', 'visit')`,
);
const exchanges = (where: string): Facts => from(interactions, { where, part: 'f.kind' });

export const sales: readonly KpiDefinition[] = [
	kpi({
		key: 'ca_signe',
		name: 'CA signé',
		name_en: 'Signed revenue',
		description: 'Ce que les affaires gagnées rapportent, hors taxes.',
		formula: 'Somme des montants hors taxes des affaires gagnées, à la date de signature.',
		unit: 'eur',
		direction: 'up',
		touchedBy,
		periods: everyPeriod,
		parts: kinds,
		formulaOf: { numerator: [{ facts: wonAmounts }] },
		list: lists.wonDeals,
	}),
	kpi({
		key: 'affaires_gagnees',
		name: 'Affaires gagnées',
		name_en: 'Deals won',
		description: 'Combien d’affaires sont signées.',
		formula: 'Nombre d’affaires gagnées, à la date de signature.',
		unit: 'count',
		direction: 'up',
		touchedBy,
		periods: fromWeeks,
		parts: kinds,
		formulaOf: { numerator: [{ facts: wonCount }] },
		list: lists.wonDeals,
	}),
	kpi({
		key: 'panier_moyen',
		name: 'Panier moyen',
		name_en: 'Average deal',
		description: 'Le montant moyen d’une affaire gagnée.',
		formula: 'Montant hors taxes des affaires gagnées ÷ nombre d’affaires gagnées.',
		unit: 'eur',
		direction: 'up',
		touchedBy,
		parts: kinds,
		formulaOf: { numerator: [{ facts: wonAmounts }], denominator: [{ facts: wonCount }] },
		list: lists.averageDeal,
	}),
	kpi({
		key: 'taux_transformation',
		name: 'Taux de transformation',
		name_en: 'Win rate',
		description: 'La part des affaires closes qui sont gagnées.',
		formula: 'Affaires gagnées ÷ affaires gagnées ou perdues pendant la période.',
		unit: 'percent',
		direction: 'up',
		touchedBy,
		minCases: 3,
		parts: kinds,
		formulaOf: { numerator: [{ facts: wonCount }], denominator: [{ facts: closedCount }] },
		list: lists.closedDeals,
	}),
	kpi({
		key: 'cycle_vente',
		name: 'Cycle de vente',
		name_en: 'Sales cycle',
		description: 'Le temps qu’il faut pour signer.',
		formula: 'Moyenne, en jours, entre la première étape et la signature des affaires gagnées, renouvellements exclus.',
		unit: 'days',
		direction: 'down',
		touchedBy,
		minCases: 3,
		parts: kinds,
		formulaOf: { numerator: [{ facts: cycle('f.minutes') }], denominator: [{ facts: cycle('1') }] },
	}),
	kpi({
		key: 'affaires_perdues',
		name: 'Montant perdu',
		name_en: 'Lost revenue',
		description: 'Ce que les affaires perdues auraient rapporté, et pourquoi elles le sont.',
		formula: 'Somme des montants hors taxes des affaires perdues, à la date de clôture, par motif.',
		unit: 'eur',
		direction: 'down',
		touchedBy,
		parts: { name: 'motif', words: lostReasons },
		formulaOf: { numerator: [{ facts: lostAmounts }] },
		list: lists.lostDeals,
	}),
	kpi({
		key: 'taux_renouvellement',
		name: 'Taux de renouvellement',
		name_en: 'Renewal rate',
		description: 'La part des renouvellements qui aboutissent.',
		formula: 'Renouvellements gagnés ÷ renouvellements gagnés ou perdus pendant la période.',
		unit: 'percent',
		direction: 'up',
		minCases: 3,
		formulaOf: { numerator: [{ facts: renewed }], denominator: [{ facts: renewalsClosed }] },
	}),
	kpi({
		key: 'devis_envoyes',
		version: 2,
		name: 'Devis envoyés',
		name_en: 'Quotes sent',
		description: 'Le montant des propositions parties chez les clients.',
		formula: 'Somme hors taxes des devis en euros envoyés pendant la période ; une version remplacée ne compte plus.',
		unit: 'eur',
		direction: 'up',
		touchedBy: ['quotes'],
		formulaOf: { numerator: [{ facts: quotesSent }] },
		list: lists.quotesSent,
	}),
	kpi({
		key: 'taux_devis_acceptes',
		version: 2,
		name: 'Devis acceptés',
		name_en: 'Quote acceptance rate',
		description: 'La part des devis qui sont acceptés.',
		formula:
			'Devis acceptés ÷ devis acceptés ou refusés pendant la période. Un refus compte au jour où le statut « Refusé » a été noté ; un accord sans date, au jour de l’envoi.',
		unit: 'percent',
		direction: 'up',
		touchedBy: ['quotes'],
		minCases: 3,
		parts: { name: 'réponse', words: quoteRefusals },
		formulaOf: { numerator: [{ facts: quotesAnswered('f.accepted') }], denominator: [{ facts: quotesAnswered('1') }] },
	}),
	kpi({
		key: 'activites_commerciales',
		name: 'Activités commerciales',
		name_en: 'Sales activities',
		description: 'Ce que l’équipe fait pour ses clients et prospects.',
		formula: 'Nombre d’appels, d’e-mails, de rendez-vous et de visites sortants, à leur date.',
		unit: 'count',
		direction: 'up',
		periods: fromWeeks,
		parts: { name: 'type d’échange', words: interactionKinds },
		formulaOf: { numerator: [{ facts: exchanges(`f.direction = 'outbound'`) }] },
		list: lists.exchanges,
	}),
	kpi({
		key: 'rendez_vous',
		name: 'Rendez-vous tenus',
		name_en: 'Meetings held',
		description: 'Combien de fois l’équipe a rencontré un client ou un prospect.',
		formula: 'Nombre de réunions et de visites notées, à leur date.',
		unit: 'count',
		direction: 'up',
		periods: fromWeeks,
		parts: { name: 'type d’échange', words: interactionKinds },
		formulaOf: { numerator: [{ facts: exchanges(`f.kind in ('meeting', 'visit')`) }] },
		list: lists.meetings,
	}),
];
