import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { now as clockNow } from '../../platform/clock.ts';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { addTaskOnce } from '../../platform/tasks.ts';
import { addWorkingDays } from '../../platform/time/working-time.ts';
import { shorten } from '../../platform/text.ts';
import { writeTrail } from '../../platform/trail.ts';
import { flows } from '../flows.ts';
import { idFrom } from '../rules/survey-link.ts';
import { readOnboardingSettings } from '../settings.ts';
import { readDeal, type Deal } from '../subject.ts';
import { openBranch, type Project } from './project.ts';

const signatory = async (trx: Knex, deal: string): Promise<string | null> =>
	(
		(await trx('opportunity_contacts')
			.where({ opportunity: deal })
			.orderByRaw(`case when role = 'decision_maker' then 0 when is_primary then 1 else 2 end`)
			.first('person')) as { person: string } | undefined
	)?.person ?? null;

/** A draft with what the deal says, and nothing that it does not: dates, notice and renewal are for people to agree. */
async function draftOf(trx: Knex, project: Project, deal: Deal): Promise<Record<string, unknown> & { id: string }> {
	const quote = (await trx('quotes').where({ opportunity: deal.id, status: 'accepted' }).orderBy('issue_date', 'desc').first('id')) as
		{ id: string } | undefined;
	return {
		id: idFrom(`onboarding.contract:${deal.id}`),
		name: shorten(`Contrat – ${deal.name}`, 255),
		company: project.company,
		signatory: await signatory(trx, deal.id),
		type: (deal.mrr_cents ?? 0) > 0 ? 'subscription' : 'service',
		status: 'draft',
		owner: deal.owner ?? project.owner,
		team: deal.team ?? project.team,
		value_cents: deal.amount_cents,
		opportunity: deal.id,
		quote: quote?.id ?? null,
		description: 'Brouillon préparé à la signature de l’affaire : complétez les dates, le préavis et le renouvellement avant l’envoi.',
		date_created: clockNow(),
		user_created: orchestreUserId,
	};
}

async function link(trx: Knex, project: Project, contract: string): Promise<void> {
	if (project.contract) return;
	const change = { contract, date_updated: clockNow(), user_updated: orchestreUserId };
	await trx('projects').where({ id: project.id }).update(change);
	await writeTrail(trx, {}, [{ action: 'update', collection: 'projects', item: project.id, data: change }]);
}

/** A contract that was drawn up for the deal is taken; else a draft is prepared, and its owner asked to complete it. */
defineJob({
	kind: 'onboarding.contract',
	flow: flows.branches,
	mode: 'transaction',
	payload: z.object({}),
	run: async ({ trx, job }): Promise<JobResult> => {
		const open = await openBranch(trx, 'contract', job.item);
		if ('skipped' in open) return open;
		const { project } = open;
		const deal = await readDeal(trx, project.opportunity);
		if (!deal) return { skipped: 'Client créé à la main : il n’y a pas d’affaire d’où préparer un contrat.' };
		const known = (await trx('contracts').where({ opportunity: deal.id }).whereNot({ status: 'cancelled' }).orderBy('date_created').first('id')) as
			{ id: string } | undefined;
		if (known) {
			await link(trx, project, known.id);
			return { contract: known.id, made: false };
		}
		const draft = await draftOf(trx, project, deal);
		const written = (await trx('contracts').insert(draft).onConflict('id').ignore().returning('id')) as unknown[];
		if (written.length > 0) await writeTrail(trx, {}, [{ action: 'create', collection: 'contracts', item: draft.id, data: draft }]);
		await link(trx, project, draft.id);
		const { calendar } = await readOnboardingSettings(trx);
		await addTaskOnce(trx, {
			id: randomUUID(),
			title: shorten(`Compléter et faire signer le contrat de ${project.company_name}`, 255),
			description: 'Le brouillon du contrat est sur le projet et sur l’affaire : dates, préavis et renouvellement restent à fixer avec le client.',
			status: 'todo',
			kind: 'review',
			priority: 'high',
			due_at: addWorkingDays(clockNow(), 3, calendar),
			assignee: deal.owner ?? project.owner,
			team: deal.team ?? project.team,
			opportunity: deal.id,
			origin: 'onboarding.contract',
			origin_key: `onboarding.contract:${deal.id}`,
			date_created: clockNow(),
			user_created: orchestreUserId,
		});
		return { contract: draft.id, made: written.length > 0 };
	},
});
