import { now as clockNow } from '../platform/clock.ts';
import type { Accountability, Host, Knex } from '../platform/directus.ts';
import { conflict, notAllowed, notFound } from '../platform/errors.ts';
import { LaterActions } from '../platform/later-actions.ts';
import { endActions } from './write.ts';

/** An exchange that was had with the action. */
export type Exchange = {
	kind: 'call' | 'email' | 'meeting';
	outcome?: 'reached' | 'no_answer' | 'message_left' | 'meeting_booked' | undefined;
	note?: string | undefined;
};

/** What somebody answers to an action. `open` takes the last answer back. */
export type Answer =
	| { state: 'done'; exchange?: Exchange | undefined }
	| { state: 'snoozed'; until: string }
	| { state: 'refused'; reason: string }
	| { state: 'open' }; // prettier-ignore

type Row = {
	id: string;
	kind: string;
	state: string;
	title: string;
	topic: string | null;
	owner: string | null;
	lead: string | null;
	opportunity: string | null;
	company: string | null;
	person: string | null;
	ticket: string | null;
	task: string | null;
	invoice: string | null;
	approval: string | null;
};

const openTasks = ['todo', 'in_progress'];

/** An answer as Directus's own item update; the rest of the room's rules (who, when, which moves) is in decide.ts. */
const changeOf = (answer: Answer): Record<string, unknown> => {
	if (answer.state === 'snoozed') return { state: 'snoozed', snoozed_until: answer.until };
	if (answer.state === 'refused') return { state: 'refused', refusal_reason: answer.reason };
	return { state: answer.state };
};

/** What is about: an exchange belongs to the lead or deal, and to their company and person. */
const subjectOf = ({ lead, opportunity, company, person, ticket }: Row): Record<string, string> =>
	Object.fromEntries(Object.entries({ lead, opportunity, company, person, ticket }).flatMap(([name, id]) => (id ? [[name, id]] : [])));

type Writing = { service: (collection: string) => InstanceType<Host['services']['ItemsService']>; options: never; trx: Knex };

/** What follows from “done”: the exchange is logged, the task closed, the same invoice off the other lists. */
async function follow({ service, options, trx }: Writing, row: Row, answer: Answer): Promise<void> {
	const now = clockNow();
	if (answer.state === 'done' && answer.exchange) {
		const { kind, outcome, note } = answer.exchange;
		await service('interactions').createOne(
			{ kind, direction: 'outbound', at: now.toISOString(), subject: row.title, ...(outcome && { outcome }), ...(note && { summary: note }), ...subjectOf(row) },
			options,
		);
	}
	if (row.task) {
		const task = (await trx('tasks').where({ id: row.task }).first('status')) as { status: string } | undefined;
		if (answer.state === 'done' && task && openTasks.includes(task.status)) await service('tasks').updateOne(row.task, { status: 'done' }, options);
		// Taken back: the task is owed again.
		if (answer.state === 'open' && row.state === 'done' && task?.status === 'done') await service('tasks').updateOne(row.task, { status: 'todo' }, options);
	}
	if (answer.state === 'done' && row.topic === 'invoice.overdue' && row.invoice) {
		const others = (await trx('insights').where({ kind: 'next_action', invoice: row.invoice, state: 'open' }).whereNot({ id: row.id }).pluck('id')) as string[];
		await endActions(trx, others, 'closed', now);
	}
} // prettier-ignore

/**
 * Answers an action with the caller's rights, in one transaction with what follows from it. 403 out of reach, 404, 409 when somebody else
 * was first or the request it stands for is not decided yet.
 */
export async function answerAction(host: Host, accountability: Accountability | null, id: string, answer: Answer): Promise<{ id: string; state: string }> {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour répondre à une action.');
	const actions = new LaterActions();
	await host.database.transaction(async (trx) => {
		const schema = await host.getSchema({ database: trx });
		const service: Writing['service'] = (collection) => new host.services.ItemsService(collection, { knex: trx, schema, accountability });
		const columns = ['id', 'kind', 'state', 'title', 'topic', 'owner', 'lead', 'opportunity', 'company', 'person', 'ticket', 'task', 'invoice', 'approval'];
		const row = (await trx('insights').where({ id }).first(columns)) as Row | undefined;
		if (!row || row.kind !== 'next_action') throw notFound('Cette action n’existe pas.');
		if (answer.state === 'done' && row.approval) {
			const approval = (await trx('validation').where({ id: row.approval }).first('status')) as { status: string } | undefined;
			if (approval?.status === 'pending') throw conflict('Décidez d’abord la demande : ouvrez-la, approuvez-la ou refusez-la.');
		}
		await service('insights').updateOne(id, changeOf(answer), actions.options);
		await follow({ service, options: actions.options, trx }, row, answer);
	});
	actions.emit();
	return { id, state: answer.state };
}
