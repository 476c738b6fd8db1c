import { z } from 'zod';
import { refuseUnlessUpdatable } from '../platform/access.ts';
import { now } from '../platform/clock.ts';
import { readLocked } from '../platform/columns.ts';
import type { Accountability, Host, Knex } from '../platform/directus.ts';
import { conflict, notAllowed, notFound, UserError } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { LaterActions } from '../platform/later-actions.ts';
import { counted } from '../platform/text.ts';
import { noteExchange } from './exchange.ts';
import { readRecipient } from './recipient.ts';
import { nextMoment } from './rules/cadence.ts';
import type { Target } from './rules/types.ts';
import { stateWords } from './rules/words.ts';
import { readSequences, readSteps, toRun, type RunRow, type SequenceRow } from './rows.ts';
import { advanceRun, saveRun, stopRun } from './save-run.ts';
import { startRun, type Started } from './start.ts';

const requestSchema = z.object({ collection: z.enum(['leads', 'people']), keys: z.array(z.string().refine(isUuid)).min(1).max(200) });
export type StartRequest = z.output<typeof requestSchema>;

export type StartReport = { started: number; refused: { item: string; reason: string }[]; summary: string };

/** Refuses unless the caller may read sequences at all: resellers change leads, and send nothing in our name. */
async function refuseUnlessReader(host: Host, accountability: Accountability, id: string): Promise<void> {
	const service = new host.services.ItemsService('sequences', { knex: host.database, schema: await host.getSchema(), accountability });
	try {
		await service.readOne(id, { fields: ['id'] });
	} catch {
		throw notAllowed('Vos droits ne permettent pas de lancer cette séquence.');
	}
}

const changeable = (collection: Target): string =>
	collection === 'leads'
		? 'Vous ne pouvez lancer une séquence que pour les leads que vous pouvez modifier.'
		: 'Vous ne pouvez lancer une séquence que pour les contacts que vous pouvez modifier.';

function summaryOf(done: readonly Started[]): string {
	const started = done.filter((one) => 'run' in one).length;
	const reasons = Map.groupBy(
		done.flatMap((one) => ('refused' in one ? [one.refused] : [])),
		(reason) => reason,
	);
	const refused = [...reasons].map(([reason, all]) => `${counted(all.length, 'fiche écartée', 'fiches écartées')} (${reason})`);
	return [`${counted(started, 'séquence lancée', 'séquences lancées')}`, ...refused].join(' ; ') + '.';
}

/** Starts a sequence for some leads or people, in the caller's name: all that may be, and for each other the reason. */
export async function startByHand(host: Host, accountability: Accountability | null, sequenceId: string, body: unknown): Promise<StartReport> {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour lancer une séquence.');
	const request = requestSchema.safeParse(body);
	if (!request.success) throw new UserError('Choisissez une séquence et de 1 à 200 fiches.');
	const { collection, keys } = request.data;
	await refuseUnlessReader(host, accountability, sequenceId);
	for (const key of new Set(keys)) await refuseUnlessUpdatable(host, accountability, collection, key, changeable(collection));
	const { user } = accountability;
	const sequence = (await readSequences(host.database, [sequenceId])).get(sequenceId);
	if (!sequence) throw notFound('Cette séquence n’existe pas.');
	if (sequence.status !== 'active') throw new UserError(`La séquence « ${sequence.name} » n’est pas active : activez-la d’abord.`);
	if (sequence.target !== collection)
		throw new UserError(`La séquence « ${sequence.name} » s’adresse aux ${sequence.target === 'leads' ? 'leads' : 'contacts'}.`);
	const done = await host.database.transaction(async (trx) => {
		const steps = await readSteps(trx, sequence.id);
		const results: { key: string; one: Started }[] = [];
		// One order for all, so that two people who start the same leads at once wait for each other instead of deadlocking.
		for (const key of [...new Set(keys)].toSorted()) {
			const subject = { lead: collection === 'leads' ? key : null, person: collection === 'people' ? key : null, opportunity: null };
			results.push({ key, one: await startRun(trx, sequence, steps, subject, { user }) });
		}
		return results;
	});
	return {
		started: done.filter(({ one }) => 'run' in one).length,
		refused: done.flatMap(({ key, one }) => ('refused' in one ? [{ item: key, reason: one.refused }] : [])),
		summary: summaryOf(done.map(({ one }) => one)),
	};
}

export const runActions = ['stop', 'pause', 'resume', 'sent', 'resend'] as const;
export type RunAction = (typeof runActions)[number];

const allowedFrom: Readonly<Record<RunAction, readonly RunRow['state'][]>> = {
	stop: ['active', 'paused', 'to_check', 'failed'],
	pause: ['active'],
	resume: ['paused', 'failed'],
	sent: ['to_check'],
	resend: ['to_check'],
};

/** Somebody says that a doubtful message did go out: it takes its place on the timeline, and the run goes on. */
async function confirm(context: Context, run: RunRow, sequence: SequenceRow): Promise<void> {
	const { trx } = context;
	const steps = await readSteps(trx, sequence.id);
	const send = (await doubtful(trx, run).first('message_id', 'subject')) as { message_id: string | null; subject: string | null } | undefined;
	await doubtful(trx, run).update({ state: 'sent', note: 'Confirmé à la main.' });
	if (send?.message_id)
		await noteExchange(context, run, await readRecipient(trx, run, sequence.owner), {
			id: send.message_id,
			subject: send.subject ?? '',
			text: 'Envoi confirmé à la main après une interruption.',
		});
	await advanceRun(trx, run, sequence, steps);
}

const doubtful = (trx: Knex, run: RunRow): Knex.QueryBuilder => trx('sequence_sends').where({ run: run.id, position: run.step + 1, state: 'unknown' });

type Context = { host: Host; trx: Knex; actions: LaterActions };

async function act(context: Context, run: RunRow, action: RunAction, user: string): Promise<void> {
	const { trx } = context;
	if (action === 'stop') return void (await stopRun(trx, run, 'manual', { user }));
	if (action === 'pause') return void (await saveRun(trx, run, { state: 'paused', error: null }, user));
	const sequence = (await readSequences(trx, [run.sequence])).get(run.sequence);
	if (!sequence) throw notFound('Cette séquence n’existe plus.');
	if (action === 'sent') return confirm(context, run, sequence);
	if (action === 'resend') await doubtful(trx, run).delete();
	await saveRun(trx, run, { state: 'active', error: null, next_at: nextMoment(now(), sequence.cadence) }, user);
}

/** What a person does with a run: they must be able to change the lead or contact that it is about. */
export async function actOnRun(host: Host, accountability: Accountability | null, id: string, action: RunAction): Promise<{ state: string; summary: string }> {
	const seen = (await host.database('sequence_runs').where({ id }).first('lead', 'person')) as { lead: string | null; person: string | null } | undefined;
	const [collection, item]: [Target, string] = seen?.lead ? ['leads', seen.lead] : ['people', seen?.person ?? ''];
	if (!item) throw notFound('Cette séquence en cours n’existe pas.');
	await refuseUnlessUpdatable(host, accountability, collection, item, 'Vous ne pouvez agir que sur les séquences des fiches que vous pouvez modifier.');
	const actions = new LaterActions();
	const answer = await host.database.transaction(async (trx) => {
		const [row] = await readLocked(trx, 'sequence_runs', [id]);
		if (!row) throw notFound('Cette séquence en cours n’existe pas.');
		const run = toRun(row);
		if (!allowedFrom[action].includes(run.state)) throw conflict(`Cette séquence est dans l’état « ${stateWords[run.state]} » : ce n’est plus possible.`);
		await act({ host, trx, actions }, run, action, accountability?.user ?? '');
		const { state } = (await trx('sequence_runs').where({ id }).first('state')) as { state: RunRow['state'] };
		return { state, summary: `Séquence : ${stateWords[state].toLowerCase()}.` };
	});
	actions.emit();
	return answer;
}
