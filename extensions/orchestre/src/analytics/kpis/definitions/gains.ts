import type { KpiDefinition } from '../types.ts';
import { lists, softwareWords } from './lists.ts';
import { days, inDomain, moments, people } from './make.ts';

/** Companies on the day they became clients. */
const newClients = days(
	() => `select client_since as at, owner, team, null as part, id as company, 1 as value, 1 as n from companies where is_client and client_since is not null`,
);

/** Lines of supplier invoices that say software: by their account (651, licences), else, where none is noted, by their words. */
const softwareLines = `l.account like '651%' or (coalesce(l.account, '') = '' and (${softwareWords.map((word) => `lower(l.label) like '%${word}%'`).join(' or ')}))`;
const software = days(
	() => `select spent_on as at, owner, team, 'expense' as part, company, net_cents as value, 1 as n
	from expenses where category = 'software' and status in ('submitted', 'approved', 'reimbursed') and spent_on is not null and currency = 'EUR'
	union all select i.issue_date, i.owner, i.team, 'invoice', i.company, case when i.type = 'credit_note' then -1 else 1 end * l.net_cents, 1
	from invoices i join line_items l on l.invoice = i.id
	where i.direction = 'purchase' and i.issue_date is not null and i.status <> 'draft' and i.currency = 'EUR' and l.net_cents is not null and (${softwareLines})`,
);

const reports = moments(
	() => `select generated_at as at, owner, team, kind as part, null as company, 1 as value, 1 as n from reports where generated_at is not null`,
);

/** What the product promised and no other list measures. */
export const gains: readonly KpiDefinition[] = [
	inDomain('sales')({
		key: 'nouveaux_clients',
		name: 'Nouveaux clients',
		name_en: 'New clients',
		description: 'Combien d’entreprises sont devenues clientes.',
		formula: 'Entreprises clientes dont la date « Client depuis » est dans la période.',
		unit: 'count',
		direction: 'up',
		scopes: people,
		formulaOf: { numerator: [{ facts: newClients }] },
		list: lists.newClients,
	}),
	inDomain('finance')({
		key: 'cout_outils',
		version: 3,
		name: 'Coût des outils',
		name_en: 'Cost of tools',
		description: 'Ce que coûtent les logiciels et abonnements.',
		formula:
			'Hors taxes et en euros, à leur date : dépenses de la catégorie « Logiciels et abonnements », soumises ou validées, et lignes de factures de fournisseurs au compte 651 ou, sans compte, dont la désignation parle de logiciel, licence, SaaS ou abonnement.',
		unit: 'eur',
		direction: 'down',
		scopes: ['company', 'team'],
		parts: { name: 'pièce', words: { expense: 'Notes de frais', invoice: 'Factures de fournisseurs' } },
		formulaOf: { numerator: [{ facts: software }] },
		list: lists.softwareInvoices,
	}),
	inDomain('automation')({
		key: 'rapports_automatiques',
		name: 'Rapports faits par Orchestre',
		name_en: 'Reports made by Orchestre',
		description: 'Combien de rapports personne n’a eu à préparer.',
		formula: 'Rapports produits pendant la période, d’eux-mêmes ou à la demande. Le temps qu’ils prenaient avant est à noter comme valeur de départ.',
		unit: 'count',
		direction: 'up',
		scopes: ['company'],
		formulaOf: { numerator: [{ facts: reports }] },
		list: lists.reports,
	}),
]; // prettier-ignore

/**
 * What the two documents of the owner promise, by the KPI that measures it. They say by how much, never from where: the baseline is the
 * company's own and stays empty until it writes it down. Staff's satisfaction and the « ROI complet » are measured nowhere.
 */
export const promises: Readonly<Record<string, string>> = {
	affaires_gagnees: 'Productivité commerciale : +40 % en 2 mois',
	taux_conversion: 'Taux de conversion : +25 % en 3 mois',
	satisfaction_client: 'Satisfaction client : +30 % en 4 mois',
	precision_prevision: 'Précision des prévisions : +50 % en 3 mois',
	taux_automatisation: 'Automatisation : 70 % des tâches en 6 mois',
	erreurs_evitees: 'Erreurs manuelles : −70 % en 1 mois',
	minutes_gagnees: 'Productivité globale : +180 % en 3 mois',
	cout_outils: 'Coût des outils : 500 € de moins par mois en 3 mois',
	rapports_automatiques: 'Temps passé aux rapports : −90 % en 3 mois',
	nouveaux_clients: 'Nouveaux clients : +25 % en 3 mois',
};
