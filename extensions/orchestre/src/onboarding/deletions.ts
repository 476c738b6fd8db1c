import { randomUUID } from 'node:crypto';
import type { FilterContext, Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { sharedState } from '../platform/shared-state.ts';
import type { Filter } from '../platform/written.ts';

/** Projects of milestones that somebody asks to delete: once they are gone nobody can tell. By id, with the moment in ms. */
const former = sharedState('onboarding.former', () => new Map<string, { project: string; at: number }>());
/** A deletion that takes longer was refused. */
const longest = 60_000;

async function remember(database: Knex, ids: readonly string[]): Promise<void> {
	const at = performance.now();
	for (const [id, entry] of former) if (at - entry.at > longest) former.delete(id);
	const rows = (await database('milestones').whereIn('id', ids).select('id', 'project')) as { id: string; project: string }[];
	for (const { id, project } of rows) former.set(id, { project, at });
}

/** A milestone that is deleted changes the progress, and may let others begin: its plan is carried on by a job of the same transaction. */
export function carryOnAfterDeletions(filter: Filter): void {
	filter('milestones.items.delete', async (keys, _meta, context) => {
		await remember((context as FilterContext).database, (keys as (string | number)[]).map(String));
		return keys;
	});
	filter('activity.create', async (payload, _meta, context) => {
		const { action, collection, item } = payload as { action?: string; collection?: string; item?: string };
		if (action !== 'delete' || collection !== 'milestones' || !item) return;
		const project = former.get(item)?.project;
		former.delete(item);
		if (!project) return;
		const key = `onboarding.advance:${project}:${randomUUID()}`;
		await enqueue((context as FilterContext).database, [{ kind: 'onboarding.advance', key, payload: { project }, collection: 'projects', item: project }]);
	});
}
