import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../../../platform/errors.ts';
import { itemsOf } from '../../../platform/job-operation/trigger.ts';
import { handOver, handOverPrepared, prepare } from '../hand-over.ts';
import { parseRequest } from '../plan.ts';
import { undoHandover } from '../undo.ts';

type Options = { action?: 'prepare' | 'hand_over' | 'carry_out' | 'undo' | null };

/** What the dialogue of the button hands over: a picked row as `{ key }`. */
type Body = { to?: { key?: string } | null; team?: { key?: string } | null; leads_by_rules?: boolean | null } | undefined;

/** `orchestre-handover`: the buttons on a person (prepare, hand over) and on a hand-over (carry out, undo). One row at a time. */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-handover',
	async handler({ action }, context): Promise<unknown> {
		const trigger = context.data['$trigger'] as { body?: Body } | undefined;
		const [id, ...more] = itemsOf(trigger) ?? [];
		if (!id || more.length > 0) throw new UserError('Sélectionnez une seule fiche.');
		if (action === 'carry_out') return handOverPrepared(context, context.accountability, id);
		if (action === 'undo') return undoHandover(context, context.accountability, id);
		const { to, team, leads_by_rules } = trigger?.body ?? {};
		const request = parseRequest({ from: id, to: to?.key ?? null, toTeam: team?.key ?? null, leadsByRules: leads_by_rules ?? false });
		if (action === 'prepare') return prepare(context, context.accountability, request);
		if (action === 'hand_over') return handOver(context, context.accountability, request);
		throw new UserError('Choisissez ce que cette étape doit faire.');
	},
};

export default operation;
