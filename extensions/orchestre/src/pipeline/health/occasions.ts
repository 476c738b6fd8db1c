import type { NewJob } from '../../platform/jobs/types.ts';
import type { Deal, Settled } from '../rules.ts';

/** Time to write down the next step before anybody asks for it. */
const patienceMs = 15 * 60_000;

type Change = { deal: Deal; name: string; stage: { won: boolean; closed: boolean }; before: Settled; after: Settled; pushesFrom: number; now: Date };

/** What a change of a deal gives occasion to, as jobs; each occasion has its own key and so comes once. */
export function occasionsOf({ deal, name, stage, before, after, pushesFrom, now }: Change): NewJob[] {
	const about = { collection: 'opportunities', item: deal.id, label: name };
	const moved = before.treated_stage !== after.treated_stage;
	const jobs: NewJob[] = [];
	if (!stage.closed && deal.close_date && after.close_date_pushes > before.close_date_pushes && after.close_date_pushes >= pushesFrom) {
		const payload = { pushes: after.close_date_pushes, from: before.treated_close_date, to: deal.close_date };
		jobs.push({ kind: 'pipeline.pushed', key: `pipeline.pushed:${deal.id}:${after.close_date_pushes}`, payload, ...about });
	}
	if (!moved) return jobs;
	const at = (stage.closed ? after.closed_at : after.stage_since)?.getTime() ?? now.getTime();
	if (stage.closed) {
		const kind = stage.won ? 'pipeline.won' : 'pipeline.lost';
		jobs.push({ kind, key: `${kind}:${deal.id}:${at}`, ...about });
		if (stage.won) jobs.push({ kind: 'onboarding.start', key: `onboarding.start:${deal.id}:${at}`, payload: { deal: deal.id }, ...about });
		return jobs;
	}
	if (deal.next_step_at && deal.next_step_at >= now) return jobs;
	const dueAt = new Date(now.getTime() + patienceMs);
	return [...jobs, { kind: 'pipeline.next_step', key: `pipeline.next_step:${deal.id}:${deal.stage}:${at}`, payload: { stage: deal.stage }, dueAt, ...about }];
}
