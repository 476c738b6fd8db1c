import { defineHook } from '@directus/extensions-sdk';
import { now as clockNow } from '../../platform/clock.ts';
import { refuseUnlessReadable } from '../../platform/access.ts';
import type { Accountability } from '../../platform/directus.ts';
import { fieldError } from '../../platform/errors.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { treatWritten, type Treatment } from '../../platform/written.ts';
import './jobs/index.ts';
import { planFault } from './rules/plan.ts';
import { recordChanges } from './changes.ts';
import { readEffect } from './retention/effect.ts';

/** GET /orchestre/retention/effect → { data: Effect }: for whoever reads the models (403). */
const routes: Routes = (router, context) => {
	router.get(
		'/retention/effect',
		asyncRoute(async (request, response) => {
			const { accountability } = request as unknown as { accountability: Accountability | null };
			await refuseUnlessReadable(context, accountability, 'models', 'Votre rôle ne permet pas de voir l’effet des actions de rétention.');
			response.json({ data: await readEffect(context.database) });
		}),
	);
};

addRoutes('retention', routes);

/** An outcome said by hand is dated and known as such; taken back, it is open again. */
const dateOutcomes: Treatment = async (trx, written) => {
	for (const { id, set } of written)
		if ('outcome' in set)
			await trx('insights')
				.where({ id, kind: 'churn' })
				.update({ outcome_at: set['outcome'] ? clockNow() : null, outcome_by_hand: Boolean(set['outcome']) });
};

/** A plan that could not be read would stop the work on every client. */
const checkPlan = (payload: unknown): void => {
	const { retention_plan: plan } = payload as Record<string, unknown>;
	const fault = plan === undefined ? null : planFault(plan);
	if (fault) throw fieldError({ field: 'retention_plan', message: fault, collection: 'settings' });
};

/** Wiring of churn and retention (docs/decisions/112). */
export default defineHook(({ filter }) => {
	treatWritten(filter, 'insights', dateOutcomes);
	for (const event of ['create', 'update']) filter(`settings.items.${event}`, checkPlan);
	treatWritten(filter, 'subscriptions', recordChanges);
});
