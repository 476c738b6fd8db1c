import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** A stage as seeds/35-stages.yaml ships it: the demo uses what every company gets. Probability in basis points. */
const stage = z.object({
	id: z.uuid(),
	key: z.string(),
	name: z.string(),
	probability: z.number().int(),
	target_days: z.number().int().nullish(),
	is_won: z.boolean().default(false),
	is_lost: z.boolean().default(false),
});
export type Stage = z.infer<typeof stage>;

const file = z.object({ rows: z.array(stage) });

/** Stages in the order of the pipeline; won and lost come last. */
export const stages: readonly Stage[] = file.parse(parse(readFileSync(new URL('../../seeds/35-stages.yaml', import.meta.url), 'utf8'))).rows;

export const openStages = stages.filter(({ is_won, is_lost }) => !is_won && !is_lost);

const only = (found: Stage | undefined, what: string): Stage => {
	if (!found) throw new Error(`demo: seeds/35-stages.yaml has no stage that is ${what}`);
	return found;
};
export const wonStage = only(
	stages.find(({ is_won }) => is_won),
	'won',
);
export const lostStage = only(
	stages.find(({ is_lost }) => is_lost),
	'lost',
);
