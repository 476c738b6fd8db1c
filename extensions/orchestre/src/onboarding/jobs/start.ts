import { z } from 'zod';
import { now as clockNow } from '../../platform/clock.ts';
import { dayOrNull } from '../../platform/columns.ts';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { tell } from '../../platform/notices.ts';
import { dayOf, frenchDate, fromParis, toParis } from '../../platform/time/paris.ts';
import { writeTrail } from '../../platform/trail.ts';
import { createPlan } from '../create-plan.ts';
import { flows } from '../flows.ts';
import { grantTerms } from '../grant.ts';
import { factsOf, readRoute } from '../route.ts';
import { chooseTemplate } from '../rules/choose.ts';
import { workingDay } from '../rules/days.ts';
import { readOnboardingSettings } from '../settings.ts';
import { lockCompany, readDeal, type Company, type Deal } from '../subject.ts';
import { readTemplates } from '../templates.ts';

type ProjectRow = {
	id: string;
	name: string;
	kind: string;
	status: string;
	opportunity: string | null;
	origin_key: string | null;
	manager: string | null;
	owner: string | null;
};

const openStates = ['planned', 'active', 'on_hold'];
/** A client who has been one for longer is no new client, whatever was ticked today. */
const newForDays = 30;

const projectsOf = (trx: Knex, company: string): Promise<ProjectRow[]> =>
	trx('projects').where({ company }).whereNot({ status: 'cancelled' }).orderBy('date_created').select('id', 'name', 'kind', 'status', 'opportunity', 'origin_key', 'manager', 'owner') as unknown as Promise<ProjectRow[]>; // prettier-ignore

/** A second deal of a client who is being onboarded belongs to the plan that runs: its people are told, and its papers are prepared. */
async function joinPlan(trx: Knex, project: ProjectRow, deal: Deal): Promise<JobResult> {
	if (project.opportunity === null) {
		const change = { opportunity: deal.id, date_updated: clockNow(), user_updated: orchestreUserId };
		await trx('projects').where({ id: project.id }).update(change);
		await writeTrail(trx, {}, [{ action: 'update', collection: 'projects', item: project.id, data: change }]);
		const papers = ['billing', 'contract'].map((branch) => ({
			kind: `onboarding.${branch}`,
			key: `onboarding.${branch}:${project.id}:${deal.id}`,
			collection: 'projects',
			item: project.id,
			label: deal.name,
		}));
		await enqueue(trx, papers);
	}
	const recipients = [project.manager, project.owner].filter((user) => user !== null);
	const message = `L’affaire « ${deal.name} » est gagnée pendant l’intégration : adaptez le plan à ce qu’elle ajoute.`;
	await tell(trx, [{ recipients, collection: 'projects', item: project.id, subject: `Affaire ajoutée : ${project.name}`, message }]);
	return { joined: true };
}

/** Why there is nothing to plan, in French; null when there is. */
function whyNot(company: Company, deal: Deal | null, projects: readonly ProjectRow[], originKey: string, today: number): string | null {
	if (projects.some(({ origin_key }) => origin_key === originKey)) return 'Le plan existe déjà.';
	if (deal) {
		if (!deal.is_won) return 'L’affaire n’est plus gagnée.';
		if (deal.kind === 'renewal') return 'Un renouvellement ne demande pas d’intégration.';
		return projects.some(({ opportunity }) => opportunity === deal.id) ? 'Cette affaire a déjà un projet.' : null;
	}
	if (!company.is_client) return 'L’entreprise n’est plus cliente.';
	if (projects.some(({ kind }) => kind === 'onboarding')) return 'Ce client a déjà son plan d’intégration.';
	const since = dayOf(dayOrNull(company.client_since) ?? '');
	return since !== null && today - since > newForDays ? `Client depuis le ${frenchDate(fromParis(since, 0))} : ce n’est pas un nouveau client.` : null;
}

/** A won deal, or a company that became a client by hand, gets its plan: once, whole, and in one transaction. */
defineJob({
	kind: 'onboarding.start',
	flow: flows.onboard,
	mode: 'transaction',
	payload: z.object({ deal: z.string().optional(), company: z.string().optional() }),
	run: async ({ trx, host, payload }): Promise<JobResult> => {
		const found = await readDeal(trx, payload.deal ?? null);
		if (payload.deal && !found) return { skipped: 'L’affaire n’existe plus.' };
		const company = await lockCompany(trx, found?.company ?? payload.company ?? '');
		if (!company) return { skipped: 'L’entreprise n’existe plus.' };
		const today = toParis(clockNow()).day;
		const projects = await projectsOf(trx, company.id);
		const originKey = `onboarding:${found ? `deal:${found.id}` : `company:${company.id}`}`;
		const skipped = whyNot(company, found, projects, originKey, today);
		if (skipped) return { skipped };
		const running = projects.find(({ kind, status }) => kind === 'onboarding' && openStates.includes(status));
		if (running && found?.kind === 'new') return joinPlan(trx, running, found);

		const { templates, unreadable } = await readTemplates(host, trx, { deal: found?.id ?? null, company: company.id });
		const choice = chooseTemplate(templates);
		if (!choice) return { skipped: 'Aucun modèle de projet ne convient, et aucun n’est le modèle par défaut.' };
		const route = await readRoute(trx, factsOf(choice, company, found));
		if (!route.plan) return { skipped: `Le flux ne mène pas à la création d’un plan pour le modèle « ${choice.main.name} ».` };
		const { calendar } = await readOnboardingSettings(trx);
		const signed = found?.closed_at ? toParis(found.closed_at).day : today;
		// An old signature that is noted today is not begun in the past.
		const start = workingDay(Math.max(signed, today), calendar);
		const plan = await createPlan(trx, { originKey, company, deal: found, choice, start, calendar });
		if (!plan) return { skipped: 'Le plan existe déjà.' };
		await grantTerms(trx, company, choice, signed);
		return { project: plan.id, template: choice.main.key, additions: choice.additions.length, milestones: plan.milestones, tasks: plan.tasks, unreadable };
	},
});
