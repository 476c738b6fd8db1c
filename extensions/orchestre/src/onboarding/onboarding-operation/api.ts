import type { OperationApiConfig } from '@directus/types';
import { parseJson, type JsonObject, type OperationContext } from '../../platform/directus.ts';
import { OperationalError, UserError } from '../../platform/errors.ts';
import { itemsOf } from '../../platform/job-operation/trigger.ts';
import { runJobs, tallyOf } from '../../platform/jobs/index.ts';
import { factsOf } from '../route.ts';
import { chooseTemplate } from '../rules/choose.ts';
import { isBranch, type Branch } from '../rules/types.ts';
import { readDeal } from '../subject.ts';
import { readTemplates } from '../templates.ts';

type Options = { action?: 'choose' | 'plan' | 'branch' | null; branch?: Branch | null };
type Waiting = { collection: string; item: string };

const start = 'onboarding.start';

/** What the rows of the event have waiting, and what the rules of the templates choose for the first of them: the conditions that follow ask for it. */
async function choose(context: OperationContext, items: readonly string[]): Promise<JsonObject> {
	const waiting = (await context.database('jobs').whereIn('item', [...items]).where({ kind: start, state: 'waiting' }).orderBy('date_created').select('collection', 'item')) as Waiting[]; // prettier-ignore
	const [first] = waiting;
	if (!first) return { waiting: 0 };
	const deal = first.collection === 'opportunities' ? await readDeal(context.database, first.item) : null;
	const company = (await context.database('companies').where({ id: deal?.company ?? first.item }).first('id', 'industry')) as { id: string; industry: string | null } | undefined; // prettier-ignore
	if (!company) return { waiting: 0 };
	const { templates } = await readTemplates(context, context.database, { deal: deal?.id ?? null, company: company.id });
	const choice = chooseTemplate(templates);
	return { waiting: waiting.length, ...(choice && factsOf(choice, company, deal)) };
}

/** Makes the plans that wait, each by its own choice, and answers their projects. */
async function plan(context: OperationContext, items: readonly string[]): Promise<JsonObject> {
	const endings = await runJobs(context, { kind: start, items });
	const ids = endings.filter(({ end }) => end === 'done').map(({ job }) => job.id);
	const rows = (await context.database('jobs').whereIn('id', ids).select('result')) as { result: unknown }[];
	const projects = rows.flatMap(({ result }) => parseJson<{ project?: string } | null>(result ?? null)?.project ?? []);
	const { done, skipped, failed, retry, reasons } = tallyOf(endings);
	if (failed + retry > 0) throw new OperationalError(`${reasons.join(' ')}${retry > 0 ? ' Une nouvelle tentative est prévue.' : ''}`, { retryable: false });
	return { projects, done, skipped };
}

/** Does one branch of these projects. Never sends the flow down its other path: a branch that fails does not stop the next one. */
async function doBranch(context: OperationContext, branch: Branch, projects: readonly string[]): Promise<JsonObject> {
	const { done, skipped, failed, retry, reasons } = tallyOf(await runJobs(context, { kind: `onboarding.${branch}`, items: projects }));
	return { branch, done, skipped, failed: failed + retry, reasons };
}

/** `orchestre-onboarding`: the steps of the flows that onboard a client (docs/decisions/110). */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-onboarding',
	async handler({ action, branch }, context): Promise<JsonObject> {
		if (context.database.isTransaction) throw new UserError('Cette étape ne fonctionne pas dans un flux de type « filtre » : choisissez « action ».');
		const items = itemsOf(context.data['$trigger']) ?? [];
		if (action === 'choose') return choose(context, items);
		if (action === 'plan') return plan(context, items);
		if (action === 'branch' && isBranch(branch)) return doBranch(context, branch, items);
		throw new UserError('Choisissez ce que cette étape doit faire.');
	},
};

export default operation;
