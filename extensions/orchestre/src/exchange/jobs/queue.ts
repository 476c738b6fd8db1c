import type { Knex } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import type { NewJob } from '../../platform/jobs/types.ts';
import { partSize } from '../worker.ts';
import type { ImportRow } from '../row.ts';

type Which = Pick<ImportRow, 'id' | 'name' | 'round' | 'user_created'>;

const job = ({ id, name, round }: Which, kind: string, step: string, label: string, payload: NewJob['payload'] = {}): NewJob => ({
	kind,
	key: `${kind}:${id}:${round}:${step}`,
	payload: { import: id, round, ...payload },
	collection: 'imports',
	item: id,
	label: `${name ?? 'Import'} : ${label}`,
});

const rowsOf = (part: number): string => `lignes ${part * partSize + 1} à ${(part + 1) * partSize}`;

export const queueCheck = (trx: Knex, one: Which): Promise<unknown> => enqueue(trx, [job(one, 'exchange.check', 'file', 'vérification')], one.user_created);

/**
 * The next part, in the transaction of the one before it: parts follow each other, whoever works them off. Due since long ago, so that
 * what the written rows leave to do does not come between them.
 */
export const queueWrite = (trx: Knex, one: Which, part: number): Promise<unknown> =>
	enqueue(trx, [{ ...job(one, 'exchange.write', String(part), rowsOf(part), { part }), dueAt: new Date(0) }], one.user_created);

export const queueTell = (trx: Knex, one: Which): Promise<unknown> =>
	enqueue(trx, [job(one, 'exchange.tell', 'done', 'annonce aux responsables')], one.user_created);

/** `actor`: who wants it undone. */
export const queueUndo = (trx: Knex, one: Which, part: number, actor: string | null): Promise<unknown> =>
	enqueue(trx, [{ ...job(one, 'exchange.undo', String(part), `retrait, ${rowsOf(part)}`, { part, actor }), dueAt: new Date(0) }], actor);
