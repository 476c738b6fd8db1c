import { parseJson, systemAccountability, type Host, type Knex } from '../platform/directus.ts';
import type { Choice } from './rules/choose.ts';
import type { PlanRole, Seniority, SupportLevel, Template, TemplateMilestone } from './rules/types.ts';
import { ruleOnCompany, type Rule } from './rules/rule-on-company.ts';

type Row = Record<string, unknown> & { id: string; key: string; name: string };

/** What the templates are held against: the won deal, or the company alone when it became a client by hand. */
export type Subject = { deal: string | null; company: string };
/** `unreadable`: names of templates whose rule could not be asked. */
export type Templates = { templates: Template[]; unreadable: string[] };

/** Whether a rule of staff's holds, asked of Directus itself. Rejects when the rule asks for what is not there. */
async function holds(host: Host, trx: Knex, rule: Rule, { deal, company }: Subject): Promise<boolean> {
	const [collection, id, filter] = deal ? (['opportunities', deal, rule] as const) : (['companies', company, ruleOnCompany(rule)] as const);
	if (!filter) return false;
	// A savepoint: PostgreSQL gives up the whole transaction when it refuses a comparison.
	return trx.transaction(async (savepoint) => {
		const schema = await host.getSchema({ database: savepoint });
		const service = new host.services.ItemsService(collection, { knex: savepoint, schema, accountability: systemAccountability() });
		const query = { filter: { _and: [{ id: { _eq: id } }, filter] }, fields: ['id'], limit: 1 };
		return (await service.readByQuery(query as never)).length > 0;
	});
}

const isRule = (rule: unknown): rule is Rule => typeof rule === 'object' && rule !== null && Object.keys(rule).length > 0;

/** All templates in use, each with whether its rule holds. A rule that cannot be asked holds for nobody, and is named. */
export async function readTemplates(host: Host, trx: Knex, subject: Subject): Promise<Templates> {
	const rows = (await trx('project_templates').where({ status: 'active' }).orderBy(['priority', 'key'])) as Row[];
	const templates: Template[] = [];
	const unreadable: string[] = [];
	for (const row of rows) {
		const rule = parseJson<unknown>(row['rule'] ?? null);
		let fits = false;
		if (isRule(rule) && row['kind'] !== 'internal') {
			try {
				fits = await holds(host, trx, rule, subject);
			} catch {
				unreadable.push(row.name);
			}
		}
		templates.push({
			id: row.id,
			key: row.key,
			name: row.name,
			kind: row['kind'] as Template['kind'],
			priority: Number(row['priority']),
			isDefault: Boolean(row['is_default']) && row['kind'] === 'onboarding',
			isAddition: Boolean(row['is_addition']),
			fits,
			team: row['team'] as string | null,
			seniority: row['seniority'] as Seniority | null,
			supportLevel: row['support_level'] as SupportLevel | null,
			apiAccess: Boolean(row['api_access']),
		});
	}
	return { templates, unreadable };
}

/** A template milestone with what its copy takes over. */
export type MilestoneToCopy = TemplateMilestone & {
	role: PlanRole;
	description: string | null;
	evidence: string | null;
	successMetric: string | null;
	asksSatisfaction: boolean;
};
/** `offset`: working days around the milestone's due date. */
export type TaskToCopy = {
	id: string;
	milestone: string;
	title: string;
	kind: string;
	priority: string;
	offset: number;
	role: PlanRole;
	description: string | null;
};

/** Milestones and tasks of the chosen templates, those of the main one apart. */
export async function readContents(
	trx: Knex,
	{ main, additions }: Choice,
): Promise<{ main: MilestoneToCopy[]; additions: MilestoneToCopy[]; tasks: TaskToCopy[] }> {
	const templates = [main.id, ...additions.map(({ id }) => id)];
	const rows = (await trx('project_template_milestones').whereIn('template', templates).orderBy(['sort', 'offset_days', 'id'])) as Row[];
	const ids = rows.map(({ id }) => id);
	const links = (await trx('project_template_dependencies').whereIn('milestone', ids).select('milestone', 'requires')) as {
		milestone: string;
		requires: string;
	}[];
	const tasks = (await trx('project_template_tasks').whereIn('milestone', ids).orderBy(['sort', 'id'])) as Row[];
	const requires = Map.groupBy(links, ({ milestone }) => milestone);
	const milestones = rows.map((row): MilestoneToCopy => ({
		id: row.id,
		template: row['template'] as string,
		sort: Number(row['sort'] ?? 0),
		name: row.name,
		offset: Number(row['offset_days'] ?? 0),
		isGoLive: Boolean(row['is_go_live']),
		asksSatisfaction: Boolean(row['asks_satisfaction']),
		requires: (requires.get(row.id) ?? []).map((link) => link.requires).filter((id) => ids.includes(id)),
		role: row['role'] as PlanRole,
		description: row['description'] as string | null,
		evidence: row['evidence'] as string | null,
		successMetric: row['success_metric'] as string | null,
	}));
	return {
		main: milestones.filter(({ template }) => template === main.id),
		additions: milestones.filter(({ template }) => template !== main.id),
		tasks: tasks.map((row) => ({
			id: row.id,
			milestone: row['milestone'] as string,
			title: row['title'] as string,
			kind: row['kind'] as string,
			priority: row['priority'] as string,
			offset: Number(row['offset_days'] ?? 0),
			role: row['role'] as PlanRole,
			description: row['description'] as string | null,
		})),
	};
}
