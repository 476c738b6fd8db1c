import { randomUUID } from 'node:crypto';
import { readLocked } from '../platform/columns.ts';
import type { Knex } from '../platform/directus.ts';
import { fieldError } from '../platform/errors.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import type { Treatment } from '../platform/written.ts';
import { ringIn, ringSentence } from './rules/graph.ts';

/** What waits for what: milestones of a project, or of a template. `parent`: what both must belong to. */
type Kind = { links: string; milestones: string; parent: 'project' | 'template'; parents: string; strangers: string };

const kinds = {
	plan: {
		links: 'milestone_dependencies',
		milestones: 'milestones',
		parent: 'project',
		parents: 'projects',
		strangers: 'Un jalon ne peut attendre qu’un jalon du même projet.',
	},
	template: {
		links: 'project_template_dependencies',
		milestones: 'project_template_milestones',
		parent: 'template',
		parents: 'project_templates',
		strangers: 'Un jalon ne peut attendre qu’un jalon du même modèle.',
	},
} as const satisfies Record<string, Kind>;

type Link = { id: string; milestone: string; requires: string };
type Milestone = { id: string; name: string; parent: string };

async function check(trx: Knex, kind: Kind, written: ReadonlySet<string>, parent: string): Promise<void> {
	const refuse = (message: string): never => {
		throw [fieldError({ collection: kind.links, field: 'requires', message })];
	};
	const milestones = (await trx(kind.milestones)
		.where({ [kind.parent]: parent })
		.select('id', 'name')) as Milestone[];
	const names = new Map(milestones.map(({ id, name }) => [id, name]));
	const links = (await trx(kind.links)
		.whereIn('milestone', [...names.keys()])
		.select('id', 'milestone', 'requires')) as Link[];
	if (links.some(({ id, requires }) => written.has(id) && !names.has(requires))) refuse(kind.strangers);
	const pairs = Map.groupBy(links, ({ milestone, requires }) => `${milestone} ${requires}`);
	const twice = [...pairs.values()].find((same) => same.length > 1 && same.some(({ id }) => written.has(id)))?.[0];
	if (twice) refuse(`« ${names.get(twice.milestone)} » attend déjà « ${names.get(twice.requires)} ».`);
	const ring = ringIn(new Map(milestones.map(({ id }) => [id, links.filter(({ milestone }) => milestone === id).map(({ requires }) => requires)])));
	if (ring) refuse(ringSentence(ring, (id) => names.get(id) ?? '?'));
}

/**
 * Refuses links that make milestones wait for each other, that lead out of their project or are there already. The project is locked: two
 * people who each add half of a ring at once come one after the other.
 */
function treatLinks(kind: Kind, after: (trx: Knex, links: readonly (Link & { parent: string })[]) => Promise<void>): Treatment {
	return async (trx, written) => {
		const ids = written.map(({ id }) => id);
		const links = (await trx(`${kind.links} as d`).join(`${kind.milestones} as m`, 'm.id', 'd.milestone').whereIn('d.id', ids).select('d.id', 'd.milestone', 'd.requires', { parent: `m.${kind.parent}` })) as (Link & { parent: string })[]; // prettier-ignore
		const parents = [...new Set(links.map(({ parent }) => parent))];
		await readLocked(trx, kind.parents, parents);
		for (const parent of parents) await check(trx, kind, new Set(ids), parent);
		await after(trx, links);
	};
}

/** New links of a plan may move what waits. */
export const treatPlanLinks = treatLinks(kinds.plan, async (trx, links) => {
	const of = new Map(links.map((link) => [link.milestone, link.parent]));
	await enqueue(
		trx,
		[...of].map(([item, project]) => ({
			kind: 'onboarding.advance',
			key: `onboarding.advance:${item}:${randomUUID()}`,
			payload: { project },
			collection: 'milestones',
			item,
		})),
	);
});

export const treatTemplateLinks = treatLinks(kinds.template, () => Promise.resolve());
