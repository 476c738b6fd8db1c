import type { Knex } from '../../../platform/directus.ts';
import type { Precision } from '../answers.ts';
import { thresholdsOf } from '../thresholds.ts';
import type { DocumentClass } from '../../types.ts';

/** Of the fields that were called sure and that a person has looked at: how many there were, and how many of them were right. */
export async function readPrecision(knex: Knex): Promise<Precision> {
	const thresholds = await thresholdsOf(knex);
	const rows = (await knex('document_corrections')
		.whereNot({ field: 'class' })
		.groupBy('class', 'confidence')
		.select('class', 'confidence')
		.count({ n: '*' })
		.sum({ right: knex.raw('case when ?? then 1 else 0 end', ['is_right']) })) as { class: DocumentClass; confidence: number; n: number | string; right: number | string }[]; // prettier-ignore
	const sure = rows.filter((row) => row.confidence / 10_000 >= thresholds(row.class));
	return { sure: sure.reduce((sum, { n }) => sum + Number(n), 0), right: sure.reduce((sum, { right }) => sum + Number(right), 0) };
}
