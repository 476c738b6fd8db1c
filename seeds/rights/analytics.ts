import { cockpitId } from '../dashboards/ids.ts';
import { roleIds } from '../ids.ts';
import { mineOrMyTeams, ofMyCompanies, ofMyTeamsCompanies } from './rows.ts';
import { anything, both, either, everything, is, likeStaff, mine, none, ofMyTeam, only, where } from './words.ts';
import type { CollectionRights, Right, Rights, Rows } from './words.ts';

const kept: Right = { create: anything, update: everything };
/** A target that a manager sets is the team's or a person's of it, never the company's. */
const ofMyTeamOnly = both(is('scope', 'team', 'person'), ofMyTeam);
const ofClientsLife = is('kind', 'churn', 'upsell', 'renewal');
const myRole: Rows = { role: { _eq: '$CURRENT_ROLE' } };
/** The cockpits that managers keep: those of their salespeople, their own role's, and what they made for themselves. */
const ofMySales = either(myRole, mine(), is('role', roleIds.commercial));
const ofSalesCockpits = where('dashboard', is('role', roleIds.commercial, roleIds.manager));
/** Said by id: of a new row Directus does not look at what its dashboard is. */
const onSalesCockpits = is('dashboard', cockpitId(1, 'commercial'), cockpitId(1, 'manager'), cockpitId(2, 'manager'));

/** Definitions: everybody on the staff may look them up, Direction keeps them. */
const definitions = (keeper: Right): CollectionRights => ({
	staff: { read: everything },
	direction: keeper,
	manager: likeStaff,
	commercial: likeStaff,
	finance: likeStaff,
	success: likeStaff,
	operations: likeStaff,
	reseller: none,
	api: none,
});

/** Figures of a person, a team or the company: one's own, one's team's for managers, all for Direction and Finance. */
const figures = (staff: Rows, team: Rows): CollectionRights => ({
	staff: { read: staff },
	direction: { read: everything },
	manager: { read: team },
	commercial: likeStaff,
	finance: { read: everything },
	success: likeStaff,
	operations: likeStaff,
	reseller: none,
	api: none,
});

/** Figures about clients and what they pay every month: whoever looks after all of them sees those of the company and of teams. */
const ofAllClients = both(
	is('scope', 'company', 'team', 'client'),
	either(
		where('kpi', is('domain', 'success')),
		where('kpi', is('key', 'mrr', 'arr', 'clients_abonnes', 'revenu_par_client', 'churn_mrr', 'churn_clients', 'nrr', 'grr', 'ltv')),
	),
);

/** Whoever runs the projects sees how they go: of everybody what their hours and tickets say, which they read row by row as well. */
const ofDelivery = either(
	both(
		is('scope', 'company', 'team'),
		where('kpi', is('key', 'marge_projet', 'projets_a_temps', 'taches_realisees', 'taches_a_temps', 'taches_en_retard', 'jalons_en_retard')),
	),
	both(
		is('scope', 'company', 'team', 'person'),
		where('kpi', is('key', 'temps_passe', 'taux_facturable', 'taux_occupation', 'charge', 'tickets_recus', 'tickets_ouverts', 'delai_premiere_reponse', 'delai_resolution', 'tickets_hors_delai')),
	),
); // prettier-ignore

/** What is known of clients: success clients all, sales their own. */
const aboutClients = (success: Right): CollectionRights => ({
	direction: { read: everything },
	manager: { read: ofMyTeamsCompanies },
	commercial: { read: ofMyCompanies },
	finance: none,
	success,
	operations: none,
	reseller: none,
	api: none,
});

/** What is held out to compare with is shown to Direction alone, or it would be worked on. */
const shown = is('hold_out', false);
/** What models say of the team's clients is the team's; what somebody is to do today, and put off or refused, is theirs and their manager's. */
const mineOrTeamsInsights = either(mine(), both(ofMyTeam, is('kind', 'conversion', 'stall', 'forecast', 'churn', 'upsell', 'renewal', 'bottleneck')));

export const analyticsRights: Rights = {
	dashboards: {
		...definitions(kept),
		staff: { read: either(myRole, mine()) },
		direction: { ...kept, read: everything },
		manager: { read: ofMySales, update: ofMySales, changes: only('name', 'description', 'period', 'comparison', 'scope', 'kpis', 'sort') },
	},
	dashboard_kpis: {
		...definitions({ ...kept, delete: everything }),
		manager: {
			create: onSalesCockpits,
			given: { dashboard: cockpitId(1, 'commercial') },
			update: ofSalesCockpits,
			keeps: onSalesCockpits,
			delete: ofSalesCockpits,
		},
	},
	kpis: definitions(kept),
	performance: { ...figures(mine(), mineOrMyTeams), success: { read: either(mine(), ofAllClients) }, operations: { read: either(mine(), ofDelivery) } },
	targets: {
		...figures(mine(), mineOrMyTeams),
		direction: { ...kept, read: everything, delete: everything },
		manager: { read: mineOrMyTeams, create: ofMyTeamOnly, given: { scope: 'team', team: '$CURRENT_USER.team' }, update: ofMyTeam, keeps: ofMyTeamOnly },
	},
	/** Rows as their files: whoever they were made for, and Direction (docs/decisions/128). */
	reports: { ...figures(either(mine(), myRole), either(mine(), myRole)), finance: likeStaff },
	forecasts: { ...figures(mine(), mineOrMyTeams), success: none, operations: none },
	insights: {
		staff: {
			read: both(mineOrTeamsInsights, shown),
			update: both(mineOrTeamsInsights, shown),
			changes: only('state', 'snoozed_until', 'refusal_reason', 'outcome_group', 'outcome'),
		},
		direction: { read: everything },
		manager: {
			read: both(mineOrMyTeams, shown),
			update: both(mineOrMyTeams, shown),
			changes: only('state', 'snoozed_until', 'refusal_reason', 'outcome_group', 'outcome', 'owner'),
		},
		commercial: likeStaff,
		finance: likeStaff,
		// What is said of clients concerns whoever looks after all of them.
		success: { read: both(either(mineOrTeamsInsights, ofClientsLife), shown), update: both(either(mineOrTeamsInsights, ofClientsLife), shown) },
		operations: likeStaff,
		reseller: none,
		api: none,
	},
	models: {
		direction: { read: everything },
		manager: { read: everything },
		commercial: none,
		finance: none,
		success: { read: everything },
		operations: none,
		reseller: none,
		api: none,
	},
	health_history: aboutClients({ read: everything }),
	survey_answers: aboutClients({ read: everything, ...kept }),
};
