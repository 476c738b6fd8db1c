import { UnexpectedError } from '../errors.ts';
import { sharedState } from '../shared-state.ts';
import { jobTitles } from './catalogue.ts';
import type { JobDefinition } from './types.ts';

/** A definition with its defaults filled in; its payload's type is only known where it is defined. */
export type RegisteredJob = JobDefinition<unknown> & { title: string; maxAttempts: number; timeoutMs: number };

const registry = sharedState('jobs.registry', () => new Map<string, RegisteredJob>());

/**
 * Declares a kind of work, once, when its module is loaded. A worker only takes kinds that its own bundle knows, so an
 * older instance leaves a newer kind alone. The last definition of a kind counts (hot reload).
 */
export function defineJob<P>(definition: JobDefinition<P>): JobDefinition<P> {
	const title = definition.title ?? jobTitles[definition.kind];
	if (!title) throw new UnexpectedError(`job ${definition.kind} has no title in the catalogue`);
	registry.set(definition.kind, { maxAttempts: 8, timeoutMs: 60_000, ...definition, title } as unknown as RegisteredJob);
	return definition;
}

export function definitionOf(kind: string): RegisteredJob {
	const definition = registry.get(kind);
	if (!definition) throw new UnexpectedError(`unknown kind of job: ${kind}`);
	return definition;
}

export const registeredJobs = (): RegisteredJob[] => [...registry.values()];
