import { readLocked, saveSettled, type Settled } from '../platform/columns.ts';
import { parseJson, type Knex } from '../platform/directus.ts';
import type { Columns, Interaction, Understood } from './rules/understand.ts';

const columns = ['id', 'kind', 'direction', 'content', 'summary', 'sentiment', 'sentiment_source', 'summary_source', 'understood'] as const;

const toInteraction = (row: Record<string, unknown>): Interaction =>
	({
		...Object.fromEntries(columns.map((name) => [name, row[name] ?? null])),
		understood: parseJson<Understood | null>(row['understood'] ?? null),
	}) as Interaction;

/** The exchanges of these ids, locked until the transaction ends. */
export const readInteractions = async (trx: Knex, ids: readonly string[]): Promise<Interaction[]> =>
	(await readLocked(trx, 'interactions', ids)).map(toInteraction);

const stored = ({ understood, ...rest }: Columns): Record<string, unknown> => ({ ...rest, understood: understood && JSON.stringify(understood) });

const settledOf = ({ id, ...row }: Interaction, after: Columns): Settled => {
	const { summary, sentiment, sentiment_source, summary_source, understood } = row;
	return { id, before: stored({ summary, sentiment, sentiment_source, summary_source, understood }), after: stored(after) };
};

/** Writes what is new, with its trail. */
export const saveUnderstood = (trx: Knex, results: readonly (readonly [Interaction, Columns])[]): Promise<void> =>
	saveSettled(
		trx,
		'interactions',
		results.map(([row, after]) => settledOf(row, after)),
		['understood'],
	);
