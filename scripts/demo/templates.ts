import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** The plans that seeds/36-project-templates.yaml ships, as the demo's projects copy them. */
const template = z.object({ id: z.string(), key: z.string(), kind: z.string(), duration_days: z.number() });
const milestone = z.object({
	id: z.string(),
	template: z.string(),
	sort: z.number(),
	name: z.string(),
	offset_days: z.number(),
	role: z.string(),
	success_metric: z.string(),
	evidence: z.string(),
	is_go_live: z.boolean().default(false),
	asks_satisfaction: z.boolean().default(false),
});
const dependency = z.object({ milestone: z.string(), requires: z.string() });
const task = z.object({ milestone: z.string(), title: z.string(), kind: z.string(), priority: z.string(), offset_days: z.number(), role: z.string() });

const seeds = z
	.array(z.object({ collection: z.string(), rows: z.array(z.unknown()) }))
	.parse(parse(readFileSync(new URL('../../seeds/36-project-templates.yaml', import.meta.url), 'utf8')));
const rowsOf = <T>(collection: string, shape: z.ZodType<T>): T[] => z.array(shape).parse(seeds.find((seed) => seed.collection === collection)?.rows);

export const templates = rowsOf('project_templates', template);
export const templateMilestones = rowsOf('project_template_milestones', milestone);
export const templateDependencies = rowsOf('project_template_dependencies', dependency);
export const templateTasks = rowsOf('project_template_tasks', task);

export type Template = z.infer<typeof template>;

export function templateOf(key: string): Template {
	const found = templates.find((candidate) => candidate.key === key);
	if (!found) throw new Error(`demo: seeds/36-project-templates.yaml has no template ${key}`);
	return found;
}
