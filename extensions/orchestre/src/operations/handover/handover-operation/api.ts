import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../../../platform/errors.ts';
import { itemsOf } from '../../../platform/job-operation/trigger.ts';
import { handOver, handOverPrepared, prepare } from '../hand-over.ts';
import { parseRequest } from '../plan.ts';
import { undoHandover } from '../undo.ts';

type Options = { action?: 'prepare' | 'hand_over' | 'carry_out' | 'undo' | null };

type Picked = { key?: string } | null;

/** What the dialogue of the button hands over: a picked row as `{ key }`. */
type Body = { collection?: string; from?: Picked; to?: Picked; team?: Picked; leads_by_rules?: boolean | null };

function onlyOne(ids: readonly string[]): string {
	const [id, ...more] = ids;
	if (!id || more.length > 0) throw new UserError('Sélectionnez une seule fiche.');
	return id;
}

/** On the list of hand-overs the dialogue asks who leaves; on a person it is that person. */
function leaverOf({ collection, from }: Body, ids: readonly string[]): string {
	if (collection === 'directus_users' && ids.length > 0) return onlyOne(ids);
	if (!from?.key) throw new UserError('Choisissez la personne qui part.');
	return from.key;
}

/** `orchestre-handover`: the buttons on the list of hand-overs or a person (prepare, hand over) and on a hand-over (carry out, undo). */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-handover',
	async handler({ action }, context): Promise<unknown> {
		const trigger = context.data['$trigger'] as { body?: Body } | undefined;
		const ids = itemsOf(trigger) ?? [];
		if (action === 'carry_out') return handOverPrepared(context, context.accountability, onlyOne(ids));
		if (action === 'undo') return undoHandover(context, context.accountability, onlyOne(ids));
		const body = trigger?.body ?? {};
		const request = parseRequest({
			from: leaverOf(body, ids),
			to: body.to?.key ?? null,
			toTeam: body.team?.key ?? null,
			leadsByRules: body.leads_by_rules ?? false,
		});
		if (action === 'prepare') return prepare(context, context.accountability, request);
		if (action === 'hand_over') return handOver(context, context.accountability, request);
		throw new UserError('Choisissez ce que cette étape doit faire.');
	},
};

export default operation;
