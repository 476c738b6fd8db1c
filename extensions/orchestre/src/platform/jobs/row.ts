import { parseJson, toDate } from '../directus.ts';
import type { Job } from './types.ts';

/** A row as knex hands it out, on either database. */
export type JobRow = Omit<Job, 'due_at' | 'payload'> & { due_at: Date | number | string; payload: unknown };

export const toJob = (row: JobRow): Job => ({ ...row, due_at: toDate(row.due_at), payload: parseJson(row.payload ?? null) });
