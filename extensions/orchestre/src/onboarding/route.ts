import { parseJson, type Knex } from '../platform/directus.ts';
import { flows as ids } from './flows.ts';
import { opensApi, type Choice } from './rules/choose.ts';
import { routeOf, type Facts, type Flow, type Operation, type Route } from './rules/route.ts';
import type { Company, Deal } from './subject.ts';

const euros = (cents: number | null | undefined): number | null => (cents === null || cents === undefined ? null : cents / 100);

/** What the conditions of the flow may ask for, in euros. */
export const factsOf = ({ main, additions }: Choice, company: Pick<Company, 'industry'>, deal: Pick<Deal, 'amount_cents' | 'kind'> | null): Facts => ({
	template: main.key,
	additions: additions.map(({ key }) => key).join(','),
	project: main.kind,
	seniority: main.seniority,
	support: main.supportLevel,
	api: opensApi({ main, additions }),
	amount: euros(deal?.amount_cents),
	industry: company.industry,
	deal: deal?.kind ?? null,
});

/** What the flows, as they are drawn now, let happen for these facts. */
export async function readRoute(trx: Knex, facts: Facts): Promise<Route> {
	const rows = (await trx('directus_flows').select('id', 'name', 'status', 'operation')) as {
		id: string;
		name: string;
		status: string;
		operation: string | null;
	}[];
	const flows: Flow[] = rows.map(({ id, name, status, operation }) => ({ id, name, isActive: status === 'active', entry: operation }));
	const drawn = (await trx('directus_operations').whereIn('flow', trx('directus_operations').where({ type: 'orchestre-onboarding' }).select('flow')).select('id', 'flow', 'key', 'type', 'options', 'resolve', 'reject')) as (Omit<Operation, 'options'> & { options: unknown })[]; // prettier-ignore
	const operations = drawn.map((one): Operation => ({ ...one, options: parseJson<Record<string, unknown> | null>(one.options ?? null) }));
	return routeOf(ids.onboard, flows, operations, facts);
}

type ProjectRow = { id: string; template: string | null; opportunity: string | null; company: string | null };
type TemplateRow = { id: string; key: string; kind: string; seniority: string | null; support_level: string | null; api_access: unknown };

/** The facts of a plan that is there already: its template, and those whose milestones were added. */
export async function factsOfProject(trx: Knex, { id, template, opportunity, company }: ProjectRow): Promise<Facts> {
	const used = trx('milestones as m').join('project_template_milestones as t', 't.id', 'm.template_milestone').where('m.project', id).select('t.template');
	const rows = (await trx('project_templates').whereIn('id', used).orWhere({ id: template }).orderBy('key')) as TemplateRow[];
	const main = rows.find((row) => row.id === template);
	const deal = opportunity ? ((await trx('opportunities').where({ id: opportunity }).first('amount_cents', 'kind')) as Deal | undefined) : undefined;
	const client = company ? ((await trx('companies').where({ id: company }).first('industry')) as Company | undefined) : undefined;
	return {
		template: main?.key ?? null,
		additions: rows
			.filter((row) => row.id !== template)
			.map(({ key }) => key)
			.join(','),
		project: main?.kind ?? null,
		seniority: main?.seniority ?? null,
		support: main?.support_level ?? null,
		api: rows.some(({ api_access }) => Boolean(api_access)),
		amount: euros(deal?.amount_cents),
		industry: client?.industry ?? null,
		deal: deal?.kind ?? null,
	};
}
