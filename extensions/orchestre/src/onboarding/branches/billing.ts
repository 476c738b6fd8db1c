import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { now as clockNow } from '../../platform/clock.ts';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { addTaskOnce } from '../../platform/tasks.ts';
import { shorten } from '../../platform/text.ts';
import { toParis } from '../../platform/time/paris.ts';
import { addWorkingDays } from '../../platform/time/working-time.ts';
import { flows } from '../flows.ts';
import { readCandidates, teamsOf } from '../people.ts';
import { castFor } from '../rules/assign.ts';
import { billingText, missingForInvoice, type BillingFacts, type Line } from '../rules/billing-facts.ts';
import { readOnboardingSettings } from '../settings.ts';
import { readDeal } from '../subject.ts';
import { openBranch, type Project } from './project.ts';

async function readFacts(trx: Knex, project: Project): Promise<BillingFacts> {
	const deal = await readDeal(trx, project.opportunity);
	const company = (await trx('companies').where({ id: project.company }).first()) as BillingFacts['company'] & { payment_terms_days: number | null };
	const lines = deal ? ((await trx('line_items').where({ opportunity: deal.id }).orderBy('sort').select('label', 'quantity', 'unit_price_cents', 'discount', 'net_cents')) as Line[]) : []; // prettier-ignore
	const quote = deal ? ((await trx('quotes').where({ opportunity: deal.id, status: 'accepted' }).orderBy('issue_date', 'desc').first('number')) as { number: string | null } | undefined) : undefined; // prettier-ignore
	return { deal, quote: quote?.number ?? null, lines, company, paymentTermsDays: company.payment_terms_days };
}

/**
 * Finance gets everything that is known for the first invoices as a task. No invoice and no subscription is drawn up: how much is due when
 * (deposit, schedule, start of a subscription) nobody has said yet, and a wrong one would count as revenue.
 */
defineJob({
	kind: 'onboarding.billing',
	flow: flows.branches,
	mode: 'transaction',
	payload: z.object({}),
	run: async ({ trx, job }): Promise<JobResult> => {
		const open = await openBranch(trx, 'billing', job.item);
		if ('skipped' in open) return open;
		const { project } = open;
		const facts = await readFacts(trx, project);
		const { calendar } = await readOnboardingSettings(trx);
		const candidates = await readCandidates(trx, toParis(clockNow()).day);
		const assignee = castFor('finance', candidates, { seniority: null, team: null, industry: null, seller: null });
		const made = await addTaskOnce(trx, {
			id: randomUUID(),
			title: shorten(`Préparer la facturation de ${project.company_name}`, 255),
			description: billingText(facts),
			status: 'todo',
			kind: 'todo',
			priority: 'high',
			due_at: addWorkingDays(clockNow(), 2, calendar),
			assignee,
			team: (await teamsOf(trx, [assignee])).get(assignee ?? '') ?? null,
			company: project.company,
			origin: 'onboarding.billing',
			origin_key: `onboarding.billing:${project.id}:${project.opportunity ?? ''}`,
			date_created: clockNow(),
			user_created: orchestreUserId,
		});
		return { made, assigned: assignee !== null, missing: missingForInvoice(facts).length };
	},
});
