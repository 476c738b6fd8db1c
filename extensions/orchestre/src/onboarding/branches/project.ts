import type { Knex } from '../../platform/directus.ts';
import { factsOfProject, readRoute } from '../route.ts';
import type { Branch } from '../rules/types.ts';

/** A plan's project as its branches need it. */
export type Project = {
	id: string;
	name: string;
	company: string;
	company_name: string;
	opportunity: string | null;
	contract: string | null;
	template: string | null;
	manager: string | null;
	owner: string | null;
	team: string | null;
	slack_channel: string | null;
};

/** In the flow editor, as people call them. */
export const branchNames: Readonly<Record<Branch, string>> = {
	welcome: 'E-mail de bienvenue',
	slack: 'Canal Slack',
	billing: 'Facturation',
	contract: 'Contrat',
};

async function readProject(trx: Knex, id: string | null): Promise<Project | null> {
	if (!id) return null;
	const row = (await trx('projects as p')
		.join('companies as c', 'c.id', 'p.company')
		.where('p.id', id)
		.whereNot('p.status', 'cancelled')
		.first('p.id', 'p.name', 'p.company', 'p.opportunity', 'p.contract', 'p.template', 'p.manager', 'p.owner', 'p.team', 'p.slack_channel', {
			company_name: 'c.name',
		})) as Project | undefined;
	return row ?? null;
}

/** The project of a branch, or why the branch is not to be done: given up, or not part of the flow any more for a plan like this. */
export async function openBranch(trx: Knex, branch: Branch, id: string | null): Promise<{ project: Project } | { skipped: string }> {
	const project = await readProject(trx, id);
	if (!project) return { skipped: 'Le projet n’existe plus ou est abandonné.' };
	const route = await readRoute(trx, await factsOfProject(trx, project));
	if (!route.branches.includes(branch)) return { skipped: `L’étape « ${branchNames[branch]} » est retirée du flux pour ce type de plan.` };
	return { project };
}
