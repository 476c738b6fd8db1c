import { z } from 'zod';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { flows } from '../flows.ts';
import { hourlyTurn, touchTurn, wholeTurn } from '../turn.ts';
import { warnOffTarget } from '../warn.ts';

/** Every hour, and at once where figures are missing: after a first start, an update, a restore. */
defineJob({
	kind: 'kpis.compute',
	flow: flows.compute,
	mode: 'transaction',
	timeoutMs: 600_000,
	payload: z.object({}).loose(),
	run: ({ trx }): Promise<JobResult> => hourlyTurn(trx),
});

/** All kept periods anew, by hand. */
defineJob({
	kind: 'kpis.rebuild',
	mode: 'transaction',
	timeoutMs: 600_000,
	payload: z.object({}).loose(),
	run: ({ trx }): Promise<JobResult> => wholeTurn(trx),
});

/**
 * What changed a moment ago, gathered by the hook. Without a flow of its own, so that the worker does it at once; it heeds the switch of the
 * hourly one. Changes that several instances have gathered meanwhile are one turn.
 */
defineJob({
	kind: 'kpis.touch',
	mode: 'bulk',
	timeoutMs: 120_000,
	payload: z.object({ tables: z.array(z.string()), rows: z.record(z.string(), z.array(z.string())).default({}), lost: z.boolean().default(false) }),
	run: async ({ trx, items }): Promise<JobResult[]> => {
		const flow = (await trx('directus_flows').where({ id: flows.compute }).first('status')) as { status: string } | undefined;
		if (flow?.status !== 'active') return items.map(() => ({ skipped: 'L’automatisation « Calculer les indicateurs » est désactivée.' }));
		const rows: Record<string, string[]> = {};
		for (const { payload } of items) for (const [table, ids] of Object.entries(payload.rows)) rows[table] = [...new Set([...(rows[table] ?? []), ...ids])];
		const ran = await touchTurn(trx, [...new Set(items.flatMap(({ payload }) => payload.tables))], { rows, lost: items.some(({ payload }) => payload.lost) });
		return items.map((_, index) => (index === 0 ? ran : { with: items[0]?.job.id ?? '' }));
	},
});

/** Every morning, and by hand: what is off its target, once per episode. */
defineJob({
	kind: 'kpis.warn',
	flow: flows.warn,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: ({ trx }): Promise<JobResult> => warnOffTarget(trx),
});
