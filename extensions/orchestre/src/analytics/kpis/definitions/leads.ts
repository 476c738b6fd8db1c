import type { Facts, KpiDefinition } from '../types.ts';
import { byMoment, everyPeriod, from, fromWeeks, inDomain, moments, sourceParts } from './make.ts';
import { lists } from './lists.ts';
import { leadSources } from './words.ts';

const kpi = inDomain('marketing');
const parts = sourceParts(leadSources);
const touchedBy = ['leads'];

/** Leads by the moment they came in; what turned out to be a duplicate stays a lead that came in. */
export const newLeads = moments(() => `select date_created as at, owner, team, source as part, company, 1 as value, 1 as n from leads`);

/** Changes of a lead's status, by the moment and for whoever had the lead then. */
const changes = byMoment(
	() => `select c.at, coalesce(c.owner, l.owner) as owner, l.team, l.source, l.company, c.to_status
		from lead_status_changes c join leads l on l.id = c.lead
		where c.to_status in ('qualified', 'converted', 'lost') and coalesce(l.lost_reason, '') <> 'duplicate'`,
);
const changed = (...statuses: readonly string[]): Facts =>
	from(changes, { part: 'f.source', where: `f.to_status in (${statuses.map((status) => `'${status}'`).join(', ')})` });
const qualified = changed('qualified');
const converted = changed('converted');
const decided = changed('converted', 'lost');

const contacts = byMoment(
	(d) => `select first_contact_at as at, owner, team, source, company, ${d.minutes('date_created', 'first_contact_at')} as minutes
	from leads where first_contact_at is not null and first_contact_at >= date_created`,
);
const contactMinutes = from(contacts, { value: 'f.minutes', part: 'f.source' });
const contacted = from(contacts, { part: 'f.source' });
/** Delays that ran out, or were met, by the moment they ended at. */
const delays = byMoment(
	() =>
		`select sla_due_at as at, owner, team, source, company, case when first_contact_at <= sla_due_at then 1 else 0 end as met from leads where sla_due_at is not null`,
);
const delaysEnded = from(delays, { part: 'f.source' });
const delaysMet = from(delays, { value: 'f.met', part: 'f.source' });

export const leads: readonly KpiDefinition[] = [
	kpi({
		key: 'nouveaux_leads',
		name: 'Nouveaux leads',
		name_en: 'New leads',
		description: 'Combien de demandes et de contacts arrivent.',
		formula: 'Nombre de leads créés pendant la période, doublons compris, comptés chez leur responsable actuel.',
		unit: 'count',
		direction: 'up',
		periods: everyPeriod,
		touchedBy,
		parts,
		formulaOf: { numerator: [{ facts: newLeads }] },
		list: lists.newLeads,
	}),
	kpi({
		key: 'leads_qualifies',
		name: 'Leads qualifiés',
		name_en: 'Qualified leads',
		description: 'Combien de leads sont reconnus comme de vraies occasions.',
		formula: 'Nombre de passages au statut « Qualifié » pendant la période, doublons exclus, comptés chez la personne responsable à ce moment.',
		unit: 'count',
		direction: 'up',
		periods: fromWeeks,
		touchedBy,
		parts,
		formulaOf: { numerator: [{ facts: qualified }] },
	}),
	kpi({
		key: 'taux_conversion',
		name: 'Taux de conversion des leads',
		name_en: 'Lead conversion rate',
		description: 'La part des leads qui deviennent des affaires.',
		formula: 'Leads convertis ÷ leads convertis ou perdus pendant la période, à la date de la décision, doublons exclus.',
		unit: 'percent',
		direction: 'up',
		touchedBy,
		minCases: 5,
		parts,
		formulaOf: { numerator: [{ facts: converted }], denominator: [{ facts: decided }] },
		list: lists.decidedLeads,
	}),
	kpi({
		key: 'delai_premier_contact',
		name: 'Délai de premier contact',
		name_en: 'Time to first contact',
		description: 'Le temps qu’attend un nouveau lead avant qu’on lui parle.',
		formula: 'Moyenne, en heures du calendrier, entre l’arrivée du lead et le premier contact, à la date de ce contact.',
		unit: 'hours',
		direction: 'down',
		parts,
		formulaOf: { numerator: [{ facts: contactMinutes }], denominator: [{ facts: contacted }] },
	}),
	kpi({
		key: 'leads_contactes_delai',
		name: 'Leads contactés dans le délai',
		name_en: 'Leads contacted in time',
		description: 'La part des leads auxquels on a parlé avant la fin du délai promis.',
		formula: 'Leads contactés au plus tard à leur échéance ÷ leads dont l’échéance de contact tombe dans la période.',
		unit: 'percent',
		direction: 'up',
		minCases: 3,
		parts,
		formulaOf: { numerator: [{ facts: delaysMet }], denominator: [{ facts: delaysEnded }] },
	}),
];
