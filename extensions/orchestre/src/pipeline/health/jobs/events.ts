import { z } from 'zod';
import { fromParis, frenchDate, toParis } from '../../../platform/time/paris.ts';
import { raiseAlerts } from '../../../platform/alerts.ts';
import { now as clockNow } from '../../../platform/clock.ts';
import { dayOrNull } from '../../../platform/columns.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { tell } from '../../../platform/notices.ts';
import { readOpenDeals } from '../facts.ts';
import { flows } from '../flows.ts';
import { managersByTeam } from '../recipients.ts';
import { isPlanned } from '../rules/reasons.ts';
import { expectedCents } from '../rules/verdict.ts';
import { readGround } from '../settings.ts';
import { aboutDeals } from './tell.ts';

const ordinal = (count: number): string => (count === 1 ? '1re' : `${count}e`);

/** The close date moved later once more than tolerated: owner and manager know, once for each push. */
defineJob({
	kind: 'pipeline.pushed',
	flow: flows.pushed,
	mode: 'bulk',
	payload: z.object({ pushes: z.number().int(), from: z.string().nullable(), to: z.string() }),
	run: aboutDeals(async (trx, deal, { payload: { pushes, from, to } }): Promise<JobResult> => {
		if (deal.closed_at) return { skipped: 'L’affaire est close.' };
		if ((dayOrNull(deal.close_date) ?? '') < to) return { skipped: 'La date de signature a été avancée entre-temps.' };
		const day = (iso: string): string => frenchDate(new Date(`${iso}T12:00:00Z`));
		const text = `Signature repoussée pour la ${ordinal(pushes)} fois : ${from ? `du ${day(from)} ` : ''}au ${day(to)}.`;
		const action = 'Voyez avec la personne qui signe ce qui la retient, et convenez d’une date qui tient.';
		const raised = await raiseAlerts(trx, [
			{
				key: `deal_pushed:${deal.id}:${pushes}`,
				kind: 'deal_pushed',
				severity: 'warning',
				title: `Signature repoussée : ${deal.name}`,
				reason: text,
				action,
				valueCents: deal.amount_cents,
				assignee: deal.owner,
				team: deal.team,
				subject: { opportunity: deal.id },
			},
		]);
		if (raised.size === 0) return { told: 0 };
		const manager = (await managersByTeam(trx)).get(deal.team ?? '');
		const recipients = [deal.owner, manager].filter((user) => typeof user === 'string');
		await tell(trx, [{ recipients, collection: 'opportunities', item: deal.id, subject: `Signature repoussée : ${deal.name}`, message: `${text} ${action}` }]);
		return { told: new Set(recipients).size };
	}),
});

/** A deal came to another stage and nothing is planned a while later: its owner is asked for the next step. */
defineJob({
	kind: 'pipeline.next_step',
	flow: flows.nextStep,
	mode: 'bulk',
	payload: z.object({ stage: z.string() }),
	run: aboutDeals(async (trx, deal, { payload }): Promise<JobResult> => {
		if (deal.closed_at || deal.stage !== payload.stage) return { skipped: 'L’affaire a encore changé d’étape.' };
		const now = clockNow();
		const today = toParis(now).day;
		const { settings } = await readGround(trx);
		const [open] = await readOpenDeals(trx, [deal.id], now, fromParis(today, 0));
		if (!open || isPlanned(open.facts, today, settings)) return { skipped: 'Une activité est prévue.' };
		const stage = (await trx('stages').where({ id: deal.stage }).first('name')) as { name: string };
		const message = `L’affaire est passée à « ${stage.name} » et rien n’est prévu : planifiez un appel, un rendez-vous ou une prochaine étape datée.`;
		const raised = await raiseAlerts(trx, [
			{
				key: `deal_next_step:${deal.id}:${deal.stage}:${deal.stage_since?.getTime() ?? 0}`,
				kind: 'deal_next_step',
				severity: 'info',
				title: `Quelle est la prochaine étape ? ${deal.name}`,
				reason: message,
				action: 'Planifiez la prochaine activité avec le client.',
				valueCents: Math.min(expectedCents(open.facts), 2_147_483_647),
				assignee: deal.owner,
				team: deal.team,
				subject: { opportunity: deal.id },
			},
		]);
		if (raised.size === 0 || !deal.owner) return { told: 0 };
		await tell(trx, [
			{ recipients: [deal.owner], collection: 'opportunities', item: deal.id, subject: `Quelle est la prochaine étape ? ${deal.name}`, message },
		]);
		return { told: 1 };
	}),
});
