import { now } from '../platform/clock.ts';
import { saveSettled } from '../platform/columns.ts';
import type { Knex } from '../platform/directus.ts';
import { refuseFaults, type FieldFault } from '../platform/errors.ts';
import type { Written } from '../platform/written.ts';
import { templateFaults } from './rules/template-faults.ts';
import { readSequences, readSteps, type SequenceRow, type StepRow } from './rows.ts';
import { liveRunsOf, stopAmong } from './sweep.ts';

/** A template that cannot be used is refused while its author looks at it. Texts of other purposes have variables of their own. */
export async function checkTemplates(trx: Knex, written: readonly Written[]): Promise<void> {
	const rows = (await trx('message_templates').whereIn(
		'id',
		written.map(({ id }) => id),
	)) as { purpose: string; channel: string; subject: string | null; body: string }[];
	const faults: FieldFault[] = [];
	for (const row of rows.filter(({ purpose }) => purpose === 'prospecting'))
		for (const field of ['subject', 'body'] as const)
			for (const message of templateFaults(row[field] ?? '')) faults.push({ field, message, collection: 'message_templates' });
	refuseFaults(faults);
}

const channelNeeds: Readonly<Record<string, string>> = { email: 'un modèle d’e-mail en service', sms: 'un modèle de SMS en service' };

/** Why this step could not be done, in French; null when it can. */
function stepFault({ channel, template, task_title }: StepRow, position: number): string | null {
	const [fault] = templateFaults(task_title ?? '');
	if (fault && channel !== 'email') return `Étape ${position} : ${fault}`;
	const needs = channelNeeds[channel];
	if (!needs || (template?.channel === channel && template.status === 'active' && template.body.trim())) return null;
	return `Étape ${position} : choisissez ${needs}.`;
}

function faultsOf(sequence: SequenceRow, steps: readonly StepRow[]): string[] {
	const wrong = steps.flatMap((step, index) => stepFault(step, index + 1) ?? []);
	if (steps.length === 0) wrong.push('Ajoutez au moins une étape avant d’activer la séquence.');
	if (sequence.starts_on === 'automatic' && sequence.target !== 'leads')
		wrong.push('« Quand un lead entre dans l’audience » demande une séquence pour les leads.');
	if (sequence.starts_on === 'lost_deal' && sequence.target !== 'people')
		wrong.push('« Quand une affaire est perdue » demande une séquence pour les contacts.');
	return wrong;
}

async function checkActive(trx: Knex, ids: readonly string[]): Promise<SequenceRow[]> {
	const active = [...(await readSequences(trx, ids)).values()].filter(({ status }) => status === 'active');
	const faults: FieldFault[] = [];
	for (const sequence of active)
		for (const message of faultsOf(sequence, await readSteps(trx, sequence.id))) faults.push({ field: 'status', message, collection: 'sequences' });
	refuseFaults(faults);
	return active;
}

/** An active sequence can be carried out; the moment of its activation is what automatic starts count from. */
export async function treatSequences(trx: Knex, written: readonly Written[]): Promise<void> {
	const active = await checkActive(
		trx,
		written.map(({ id }) => id),
	);
	const switchedOn = active.filter(({ id }) => written.some((row) => row.id === id && row.set['status'] === 'active'));
	await saveSettled(
		trx,
		'sequences',
		switchedOn.map(({ id, activated_at }) => ({ id, before: { activated_at }, after: { activated_at: now() } })),
	);
}

/** A step that is changed under an active sequence is held to the same. */
export async function treatSteps(trx: Knex, written: readonly Written[]): Promise<void> {
	const ids = (await trx('sequence_steps')
		.whereIn(
			'id',
			written.map(({ id }) => id),
		)
		.distinct('sequence')
		.pluck('sequence')) as string[];
	await checkActive(trx, ids);
}

/** A reply or a meeting ends what runs for the person, in the same transaction. */
export async function stopOnInteractions(trx: Knex, written: readonly Written[]): Promise<void> {
	const rows = (await trx('interactions')
		.whereIn(
			'id',
			written.map(({ id }) => id),
		)
		.where((either) => void either.where('direction', 'inbound').orWhereIn('kind', ['meeting', 'visit']).orWhere('outcome', 'meeting_booked'))
		.select('lead', 'person')) as { lead: string | null; person: string | null }[];
	if (rows.length === 0) return;
	const leads = rows.flatMap(({ lead }) => lead ?? []);
	const people = rows.flatMap(({ person }) => person ?? []);
	// A lead's run is also its person's.
	const leadsOfPeople = people.length > 0 ? ((await trx('leads').whereIn('person', people).pluck('id')) as string[]) : [];
	await stopAmong(trx, [...(await liveRunsOf(trx, 'lead', [...new Set([...leads, ...leadsOfPeople])])), ...(await liveRunsOf(trx, 'person', people))]);
}

/** A conversion, a loss or an objection ends what runs, at once. New leads have nothing that runs and cost nothing here. */
export async function stopOnLeads(trx: Knex, written: readonly Written[]): Promise<void> {
	const ids = written.filter(({ created, set }) => !created && ('status' in set || 'email_consent' in set || 'archived' in set)).map(({ id }) => id);
	await stopAmong(trx, await liveRunsOf(trx, 'lead', ids));
}

export async function stopOnPeople(trx: Knex, written: readonly Written[]): Promise<void> {
	const ids = written.filter(({ created, set }) => !created && ('email_consent' in set || 'archived' in set || 'left_on' in set)).map(({ id }) => id);
	await stopAmong(trx, await liveRunsOf(trx, 'person', ids));
}
