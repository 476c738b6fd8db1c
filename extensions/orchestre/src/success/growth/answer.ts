import { dayMs } from '../../platform/time/paris.ts';
import { z } from 'zod';
import { closeAlerts } from '../../platform/alerts.ts';
import { refuseUnlessUpdatable } from '../../platform/access.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { readLocked } from '../../platform/columns.ts';
import type { Accountability, Host } from '../../platform/directus.ts';
import { conflict, notFound, UserError } from '../../platform/errors.ts';
import { writeTrail } from '../../platform/trail.ts';

/** The reasons that the schema offers for refusing an insight. */
export const refusalReasons = ['already_done', 'wrong', 'not_now', 'not_worth', 'other'] as const;

const answerSchema = z.union([
	z.strictObject({ answer: z.literal('refuse'), reason: z.enum(refusalReasons) }),
	z.strictObject({ answer: z.literal('snooze'), days: z.number().int().min(1).max(365) }),
]);

/**
 * Puts a proposal off for some days, or refuses it with a reason; its alert closes. Only what is open can be answered (409). For whoever
 * may change the proposal (403).
 */
export async function answerProposal(host: Host, accountability: Accountability | null, id: string, body: unknown): Promise<{ id: string; state: string }> {
	await refuseUnlessUpdatable(host, accountability, 'insights', id, 'Vous n’avez pas le droit de traiter cette proposition.');
	const parsed = answerSchema.safeParse(body);
	if (!parsed.success) throw new UserError('Choisissez un motif de refus, ou un report de 1 à 365 jours.');
	return host.database.transaction(async (trx) => {
		const [insight] = await readLocked(trx, 'insights', [id]);
		if (!insight || insight['kind'] !== 'upsell') throw notFound('Cette proposition n’existe pas.');
		if (insight['state'] !== 'open' && insight['state'] !== 'snoozed') throw conflict('Cette proposition n’est plus à traiter.');
		const now = clockNow();
		const user = accountability?.user ?? null;
		const answer = parsed.data;
		const change = {
			...(answer.answer === 'refuse'
				? { state: 'refused', refusal_reason: answer.reason, snoozed_until: null, decided_at: now, decided_by: user }
				: { state: 'snoozed', snoozed_until: new Date(now.getTime() + answer.days * dayMs) }),
			date_updated: now,
			user_updated: user,
		};
		await trx('insights').where({ id }).update(change);
		await writeTrail(trx, accountability ?? {}, [{ action: 'update', collection: 'insights', item: id, data: change }]);
		const why = answer.answer === 'refuse' ? 'La proposition a été écartée.' : 'La proposition a été reportée.';
		await closeAlerts(trx, ['upsell'], 'dedupe_key', [`alert:${String(insight['episode_key'])}`], why);
		return { id, state: change.state };
	});
}
