import { chunks, type Knex } from '../../platform/directus.ts';
import type { ConversionRecord } from './rules/record.ts';
import type { Values } from './rules/types.ts';
import type { Writer } from './writer.ts';

type Move = ConversionRecord['moved'][number];
type Targets = ConversionRecord['to'];

/** Tasks of the prospecting, which end with the lead; what else is open goes on with the deal. */
const prospecting = ['leads.follow_up', 'leads.escalate'];
const open = ['todo', 'in_progress'];

/** Interactions and appointments stay the lead's and become the deal's as well; links that somebody has set stand. */
async function linked(trx: Knex, collection: 'interactions' | 'planning', lead: string, to: Targets): Promise<Move[]> {
	const wanted: Values = { company: to.company, opportunity: to.opportunity, ...(collection === 'interactions' && to.person && { person: to.person }) };
	const fields = Object.keys(wanted);
	const rows = (await trx(collection)
		.where({ lead })
		.orderBy('id')
		.select('id', ...fields)) as (Values & { id: string })[];
	return rows.flatMap((row) => {
		const empty = fields.filter((field) => row[field] === null);
		const set = Object.fromEntries(empty.map((field) => [field, wanted[field]]));
		return empty.length > 0 ? [{ collection, id: row.id, set, before: Object.fromEntries(empty.map((field) => [field, null])) }] : [];
	});
}

/** A task is about one thing only: what is open of the lead is the deal's from now on. */
async function openTasks(trx: Knex, lead: string, { opportunity }: Targets): Promise<Move[]> {
	const ids = (await trx('tasks').where({ lead }).whereIn('status', open).whereNotIn('origin', prospecting).orderBy('id').pluck('id')) as string[];
	return ids.map((id) => ({ collection: 'tasks' as const, id, set: { lead: null, opportunity }, before: { lead, opportunity: null } }));
}

/** What goes along with the lead. */
export const movesOf = async (trx: Knex, lead: string, to: Targets): Promise<Move[]> => [
	...(await linked(trx, 'interactions', lead, to)),
	...(await linked(trx, 'planning', lead, to)),
	...(await openTasks(trx, lead, to)),
];

/** Tasks that the closing of the lead will cancel. */
export const tasksToCancel = (trx: Knex, lead: string): Promise<{ id: string; status: string }[]> =>
	trx('tasks').where({ lead }).whereIn('status', open).whereIn('origin', prospecting).orderBy('id').select('id', 'status') as Promise<
		{ id: string; status: string }[]
	>;

const groups = (moves: readonly Move[], valuesOf: (move: Move) => Values): Map<string, { collection: string; ids: string[]; values: Values }> => {
	const found = new Map<string, { collection: string; ids: string[]; values: Values }>();
	for (const move of moves) {
		const values = valuesOf(move);
		const key = `${move.collection} ${JSON.stringify(values)}`;
		const group = found.get(key) ?? { collection: move.collection, ids: [], values };
		group.ids.push(move.id);
		found.set(key, group);
	}
	return found;
};

async function write(writer: Writer, moves: readonly Move[], valuesOf: (move: Move) => Values): Promise<void> {
	for (const { collection, ids, values } of groups(moves, valuesOf).values())
		for (const part of chunks(ids, 500)) await writer.update(collection, part, values);
}

export const moveAlong = (writer: Writer, moves: readonly Move[]): Promise<void> => write(writer, moves, ({ set }) => set);

/** Takes out the links that the conversion made, where they still stand; a row that is gone or was linked anew is left alone. */
export async function moveBack(trx: Knex, writer: Writer, moves: readonly Move[]): Promise<void> {
	const stored = new Map<string, Values>();
	for (const collection of ['interactions', 'planning', 'tasks'] as const)
		for (const part of chunks(
			moves.filter((move) => move.collection === collection).map(({ id }) => id),
			500,
		))
			for (const row of (await trx(collection).whereIn('id', part)) as (Values & { id: string })[]) stored.set(`${collection} ${row.id}`, row);
	const back = moves.flatMap((move) => {
		const row = stored.get(`${move.collection} ${move.id}`);
		if (!row) return [];
		const still = Object.keys(move.set).filter((field) => row[field] === move.set[field]);
		// A task goes back as a whole or not at all, or it would be about nothing or about two things.
		if (still.length === 0 || (move.collection === 'tasks' && still.length < Object.keys(move.set).length)) return [];
		return [{ ...move, before: Object.fromEntries(still.map((field) => [field, move.before[field]])) }];
	});
	await write(writer, back, ({ before }) => before);
}
