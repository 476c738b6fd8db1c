import { closeAlerts } from '../platform/alerts.ts';
import { choiceFaults } from '../platform/choices.ts';
import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull, readLocked } from '../platform/columns.ts';
import { chunks, type FilterContext, type Knex } from '../platform/directus.ts';
import { conflict, fieldError, type FieldFault } from '../platform/errors.ts';
import { writeTrail } from '../platform/trail.ts';
import type { Checked, Payload, Written } from '../platform/written.ts';
import { moveFault, snoozeFault, type State } from './rules/decisions.ts';

/** Columns of `insights` that only the product writes; a value from outside is refused. */
export const computedFields = ['decided_at', 'decided_by', 'treated_state', 'topic', 'priority', 'expected_value_cents', 'hold_out', 'episode_key', 'reasons', 'computed_at'] as const; // prettier-ignore

/** What can be said of an answer before it is written, so that the form shows it at the field. */
export async function checkInsight(payload: Payload, keys: readonly string[] | null, context: FilterContext): Promise<Checked> {
	const unknown = await choiceFaults('insights', ['state'], payload, context);
	if (unknown.length > 0) return { faults: unknown };
	const { database } = context;
	if (!keys || !('state' in payload)) return {};
	const faults: FieldFault[] = [];
	for (const part of chunks(keys, 500)) {
		// Other rooms close and answer insights as well: how the row stands is what counts.
		const states = (await database('insights').whereIn('id', part).distinct('state').pluck('state')) as State[];
		const fault = states.map((state) => moveFault(state, payload['state'] as State)).find((one) => one !== null);
		if (fault) throw conflict(fault);
	}
	if (payload['state'] === 'refused' && !payload['refusal_reason'])
		faults.push({ field: 'refusal_reason', message: 'Dites pourquoi vous écartez ce conseil : les suivants en tiendront compte.' });
	if (payload['state'] === 'snoozed') {
		const fault = snoozeFault(dateOrNull(payload['snoozed_until']), clockNow());
		if (fault) faults.push({ field: 'snoozed_until', message: fault });
	}
	if (payload['state'] === 'closed') faults.push({ field: 'state', message: 'Un conseil devient « sans objet » de lui-même. Écartez-le, avec votre raison.' });
	return { faults };
}

type Row = {
	id: string;
	kind: string;
	episode_key: string | null;
	state: State;
	treated_state: State | null;
	refusal_reason: string | null;
	snoozed_until: unknown;
	basis: string | null;
};

/**
 * Answers to insights, whatever the way in: who and when are set here, what belongs to another state is emptied, and a move that does not
 * exist is refused. The state before is the one that this function saw last (`treated_state`), read under the row's lock: of fifty people
 * who answer at once one is first, and the others hear that somebody was.
 */
export async function treatInsights(trx: Knex, written: readonly Written[]): Promise<void> {
	const answered = written.filter(({ set, created }) => 'state' in set && !created);
	const users = new Map(answered.map(({ id, user }) => [id, user]));
	for (const ids of chunks([...users.keys()], 200)) {
		for (const row of (await readLocked(trx, 'insights', ids)) as Row[]) {
			const before = row.treated_state ?? 'open';
			const fault = moveFault(before, row.state);
			if (fault) throw conflict(fault);
			if (row.state === 'refused' && !row.refusal_reason) throw fieldError({ collection: 'insights', field: 'refusal_reason', message: 'Dites pourquoi vous écartez ce conseil.' });
			await settle(trx, row, users.get(row.id) ?? null);
		}
	}
} // prettier-ignore

async function settle(trx: Knex, row: Row, user: string | null): Promise<void> {
	const isAnswer = row.state === 'done' || row.state === 'refused';
	const change = {
		treated_state: row.state,
		decided_at: isAnswer ? clockNow() : null,
		decided_by: isAnswer ? user : null,
		...(row.state !== 'refused' && { refusal_reason: null }),
		...(row.state !== 'snoozed' && { snoozed_until: null }),
	};
	await trx('insights').where({ id: row.id }).update(change);
	if (row.basis) await passOn(trx, row, row.basis, user);
}

/** The insight that an action was made from gets the same answer: nobody is asked twice. */
async function passOn(trx: Knex, { state, refusal_reason, snoozed_until }: Row, basis: string, user: string | null): Promise<void> {
	const [one] = (await readLocked(trx, 'insights', [basis])) as Row[];
	if (!one || one.state === state || moveFault(one.state, state) !== null) return;
	const isAnswer = state === 'done' || state === 'refused';
	const change = {
		state,
		treated_state: state,
		decided_at: isAnswer ? clockNow() : null,
		decided_by: isAnswer ? user : null,
		refusal_reason: state === 'refused' ? refusal_reason : null,
		snoozed_until: state === 'snoozed' ? dateOrNull(snoozed_until) : null,
	};
	await trx('insights').where({ id: basis }).update(change);
	await writeTrail(trx, { user }, [{ action: 'update', collection: 'insights', item: basis, data: change }]);
	if (state !== 'open') await closeAlerts(trx, [one.kind], 'dedupe_key', [`alert:${one.episode_key}`], 'Le conseil a reçu une réponse dans la liste du jour.');
}
