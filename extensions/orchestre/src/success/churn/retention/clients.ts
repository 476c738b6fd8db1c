import { parseJson, type Knex } from '../../../platform/directus.ts';
import { directionOf } from '../../../pipeline/health/recipients.ts';
import { numberOrNull, textOrNull, type Row } from '../../../predictions/data/rows.ts';
import { readSpells } from '../data/read-spells.ts';
import type { ChurnReasons } from '../rules/reasons.ts';
import { revenueAt, runningAt } from '../rules/spells.ts';

/** A client at risk, with who looks after it and who decides there. Probabilities in basis points. */
export type Endangered = {
	id: string;
	name: string;
	owner: string | null;
	team: string | null;
	manager: string | null;
	index: number;
	probability: number | null;
	low: number | null;
	high: number | null;
	version: string | null;
	reasons: ChurnReasons;
	mrrCents: number;
};

/** Clients above the threshold that are in no episode yet. */
export async function readEndangered(trx: Knex, from: number, now: Date): Promise<Endangered[]> {
	const rows = (await trx('companies as c')
		.leftJoin('directus_users as u', 'u.id', 'c.owner')
		.leftJoin('teams as t', 't.id', trx.raw('coalesce(c.team, u.team)'))
		.where('c.churn_risk', '>', from)
		.whereNull('c.merged_into')
		.whereNotExists((open) => void open.select(trx.raw('1')).from('insights as i').whereRaw('i.company = c.id').where({ 'i.kind': 'churn' }).whereNull('i.episode_ended_at'))
		.orderBy('c.id')
		.select('c.id', 'c.name', 'c.owner', 'u.status', 'c.churn_risk', 'c.churn_probability', 'c.churn_risk_low', 'c.churn_risk_high', 'c.churn_model_version', 'c.churn_reasons')
		.select({ team: 't.id', manager: 't.manager' })) as Row[]; // prettier-ignore
	const spells = await readSpells(
		trx,
		rows.map(({ id }) => String(id)),
	);
	return rows.flatMap((row): Endangered[] => {
		// Who gave notice since the night's prediction is not in danger any more, but leaving.
		const running = runningAt(spells.get(String(row['id'])) ?? [], now.getTime());
		if (running.length === 0) return [];
		const client = {
			id: String(row['id']),
			name: String(row['name']),
			owner: row['status'] === 'active' ? textOrNull(row['owner']) : null,
			team: textOrNull(row['team']),
			manager: textOrNull(row['manager']),
			index: Number(row['churn_risk']),
			probability: numberOrNull(row['churn_probability']),
			low: numberOrNull(row['churn_risk_low']),
			high: numberOrNull(row['churn_risk_high']),
			version: textOrNull(row['churn_model_version']),
			reasons: parseJson<ChurnReasons>(row['churn_reasons']),
			mrrCents: running.reduce((sum, spell) => sum + revenueAt(spell, now.getTime()), 0),
		};
		return [client];
	});
}

/** Who decides on an incentive: the team's manager up to the limit, else Direction; never whoever asks. */
export async function readDirection(trx: Knex): Promise<(client: Pick<Endangered, 'owner' | 'manager'>, isManagers: boolean) => string | null> {
	const direction = await directionOf(trx);
	return ({ owner, manager }, isManagers) => (isManagers && manager && manager !== owner ? manager : (direction.find((user) => user !== owner) ?? null));
}
