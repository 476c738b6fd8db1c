import { now } from '../platform/clock.ts';
import { systemAccountability, type Host, type Knex } from '../platform/directus.ts';
import type { LaterActions } from '../platform/later-actions.ts';
import { shorten } from '../platform/text.ts';
import type { Recipient } from './recipient.ts';
import { endOfDay } from './rules/cadence.ts';
import { mayCall } from './rules/consent.ts';
import { renderMessage } from './rules/render.ts';
import type { RunRow, SequenceRow, StepRow } from './rows.ts';

const verbs = { call: 'Appeler', sms: 'Envoyer un SMS à', linkedin: 'Écrire sur LinkedIn à' } as const;

/** Why this step cannot be done for this person, in French; null when it can. */
export function taskBarrier({ channel, template }: StepRow, { reachable }: Recipient): string | null {
	if (channel !== 'call' && channel !== 'sms') return null;
	const consent = mayCall(reachable, template?.consent);
	return consent.allowed ? null : consent.reason;
}

/** A step that a person does: its task, in the name of the product, for whoever has the lead. `context` joins the transaction. */
export async function createStepTask(
	{ host, trx, actions }: { host: Host; trx: Knex; actions: LaterActions },
	run: RunRow,
	step: StepRow,
	sequence: SequenceRow,
	recipient: Recipient,
): Promise<string> {
	const channel = step.channel === 'email' ? 'call' : step.channel;
	const rendered = renderMessage({ subject: step.task_title, body: step.template?.body ?? '' }, recipient.values);
	const about = run.lead ? { lead: run.lead } : run.opportunity ? { opportunity: run.opportunity } : recipient.company ? { company: recipient.company } : {};
	const service = new host.services.ItemsService('tasks', {
		knex: trx,
		schema: await host.getSchema({ database: trx }),
		accountability: systemAccountability(),
	});
	const title = shorten(rendered.subject || `${verbs[channel]} ${recipient.name}`, 255);
	await service.createOne(
		{
			title,
			kind: channel === 'call' ? 'call' : 'todo',
			priority: 'normal',
			status: 'todo',
			due_at: endOfDay(now(), sequence.cadence).toISOString(),
			assignee: recipient.owner,
			team: recipient.team,
			description: [`Étape ${run.step + 1} de la séquence « ${sequence.name} », pour ${recipient.name}.`, rendered.text].filter(Boolean).join('\n\n'),
			origin: 'sequences.step',
			origin_key: `sequence:${run.id}:${step.id}`,
			...about,
		},
		actions.options,
	);
	return title;
}
