import { dayOrNull } from '../../extensions/orchestre/src/platform/columns.ts';
import { chunks, type Knex } from '../../extensions/orchestre/src/platform/directus.ts';
import { updateMany } from '../../extensions/orchestre/src/platform/json-rows.ts';
import { readFacts, type ClientLook } from '../../extensions/orchestre/src/success/churn/data/read-facts.ts';
import { readSpells } from '../../extensions/orchestre/src/success/churn/data/read-spells.ts';
import { predictChurn } from '../../extensions/orchestre/src/success/churn/predict.ts';
import { indexFromSigns } from '../../extensions/orchestre/src/success/churn/rules/risk.ts';
import { runningAt } from '../../extensions/orchestre/src/success/churn/rules/spells.ts';
import { readWeights } from '../../extensions/orchestre/src/success/churn/settings.ts';

type Kept = { id: string; company: string; computed_on: unknown };

/**
 * The risk of leaving that the nights of half a year would have told of each client, by the product's own rules from what was known on each day of
 * the health history, and that of this morning. Without it « Risque de départ » would have nothing to say until the first night.
 */
export async function tellRisks(trx: Knex, today: string): Promise<void> {
	const rows = (await trx('health_history').orderBy('id').select('id', 'company', 'computed_on')) as Kept[];
	const spells = await readSpells(trx, [...new Set(rows.map(({ company }) => company))]);
	const weights = await readWeights(trx);
	const looks = rows.flatMap(({ id, company, computed_on }): (ClientLook & { id: string })[] => {
		const look = { id, company, at: Date.parse(`${dayOrNull(computed_on)}T06:00:00Z`), spells: spells.get(company) ?? [] };
		return runningAt(look.spells, look.at).length > 0 ? [look] : [];
	});
	for (const part of chunks(looks)) {
		const facts = await readFacts(trx, part);
		const risks = part.flatMap(({ id, at }, index) => {
			const known = facts[index];
			return known ? [{ id, churn_risk: indexFromSigns(known, at, weights).index }] : [];
		});
		await updateMany(trx, 'health_history', { churn_risk: 'integer' }, risks);
	}
	await predictChurn(trx, { now: new Date(`${today}T06:00:00Z`) });
}
