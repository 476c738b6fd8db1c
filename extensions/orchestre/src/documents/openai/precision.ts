import { parseJson, type Knex } from '../../platform/directus.ts';

/** How often an answer is right: `alone`, where our own reading saw something else or nothing; `agreed`, where both saw the same. */
export type Precision = { alone: number; agreed: number };

type Judged = { isRight: boolean; isSeen: boolean };

/** What is taken for granted until reviews have said more, and how many reviews it weighs. */
const before = { alone: { share: 0.9, weight: 10 }, agreed: { share: 0.99, weight: 20 } } as const;
/** However often it was right: alone an answer is no proof. */
const most = 0.95;

const share = (judged: readonly Judged[], { share: prior, weight }: { share: number; weight: number }): number =>
	(judged.filter(({ isRight }) => isRight).length + prior * weight) / (judged.length + weight);

/** The share of right answers among those that people have judged, drawn towards what was assumed before (beta-binomial mean). */
export const precisionOf = (judged: readonly Judged[]): Precision => ({
	alone: Math.min(most, share(judged.filter(({ isSeen }) => !isSeen), before.alone)), // prettier-ignore
	agreed: share(judged.filter(({ isSeen }) => isSeen), before.agreed), // prettier-ignore
});

/** What reviews have said of the last answers. A model that gets worse, or another one, is noticed within some hundred fields. */
export async function readPrecision(knex: Knex): Promise<Precision> {
	const rows = (await knex('document_corrections').where({ source: 'ai' }).whereNot({ field: 'class' }).orderBy([{ column: 'date_created', order: 'desc' }, 'id']).limit(500).select('evidence', 'is_right')) as { evidence: unknown; is_right: unknown }[]; // prettier-ignore
	return precisionOf(rows.map(({ evidence, is_right }) => ({ isRight: Boolean(is_right), isSeen: parseJson<Record<string, number>>(evidence)['seen'] === 1 })));
}
