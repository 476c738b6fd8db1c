import { setTimeout as pause } from 'node:timers/promises';
import type { Host } from '../directus.ts';
import { definitionOf, runJobs, type Ending } from '../jobs/index.ts';

/** Nobody sees a notice sooner than in a tenth of a second, and fifty leads of one call then cost one transaction. */
const pauseMs = 100;

/** While round follows round, half a second: what comes in all the time is told twice a second instead of ten times. */
const busyPauseMs = 500;
const busyMs = 1000;

type Round = { items: Set<string>; endings: Promise<Ending[]> };

const rounds = new Map<string, Round>();
const lastStarts = new Map<string, number>();

function startRound(host: Host, kind: string): Round {
	const items = new Set<string>();
	const isBusy = performance.now() - (lastStarts.get(kind) ?? Number.NEGATIVE_INFINITY) < busyMs;
	const endings = pause(isBusy ? busyPauseMs : pauseMs).then(() => {
		rounds.delete(kind);
		lastStarts.set(kind, performance.now());
		return runJobs(host, { kind, items: [...items] });
	});
	const round = { items, endings };
	rounds.set(kind, round);
	return round;
}

/**
 * Runs the jobs of `kind` about these rows and answers how they ended. Jobs of a bulk kind wait a moment for those of other
 * runs of the flow and are done with them; should the process end meanwhile, the worker finds them.
 */
export async function runSoon(host: Host, kind: string, items: readonly string[]): Promise<Ending[]> {
	if (definitionOf(kind).mode !== 'bulk') return runJobs(host, { kind, items });
	const round = rounds.get(kind) ?? startRound(host, kind);
	for (const item of items) round.items.add(item);
	const mine = new Set(items);
	return (await round.endings).filter(({ job }) => job.item !== null && mine.has(job.item));
}
