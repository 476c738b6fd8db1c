import { numberOrNull } from '../../../platform/columns.ts';
import { dayMs } from '../../../platform/time/paris.ts';
import { parseJson, type Knex } from '../../../platform/directus.ts';
import { directionOf } from '../../../pipeline/health/recipients.ts';
import { textOrNull, type Row } from '../../../predictions/data/rows.ts';
import { readSpells } from '../data/read-spells.ts';
import { finalWords } from '../rules/episode.ts';
import type { ChurnReasons } from '../rules/reasons.ts';
import { revenueAt, runningAt } from '../rules/spells.ts';
import type { RetentionSettings } from '../settings.ts';

/** A client at risk, with who looks after it and who decides there. Probabilities in basis points. */
export type Endangered = {
	id: string;
	name: string;
	/** Who looks after it now: see `keeperOf`. */
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

/** Who looks after a client: its owner, else their team's manager, else Direction. Nobody who is not active any more. */
const keeperOf = (row: Row, direction: readonly string[]): string | null => {
	if (row['owner_status'] === 'active') return textOrNull(row['owner']);
	return (row['manager_status'] === 'active' ? textOrNull(row['manager']) : null) ?? direction[0] ?? null;
};

/**
 * Clients above the threshold that are in no episode yet. Where a person said within the horizon that the client is lost or saved, that
 * word is not contradicted by a new episode.
 */
export async function readEndangered(trx: Knex, { from, horizonDays }: RetentionSettings, now: Date): Promise<Endangered[]> {
	const said = new Date(now.getTime() - horizonDays * dayMs);
	const rows = (await trx('companies as c')
		.leftJoin('directus_users as u', 'u.id', 'c.owner')
		.leftJoin('teams as t', 't.id', trx.raw('coalesce(c.team, u.team)'))
		.leftJoin('directus_users as m', 'm.id', 't.manager')
		.where('c.churn_risk', '>', from)
		.whereNull('c.merged_into')
		.where((own) => void own.whereNull('c.archived').orWhere('c.archived', false))
		.whereNotExists((open) => void open.select(trx.raw('1')).from('insights as i').whereRaw('i.company = c.id').where({ 'i.kind': 'churn' }).whereNull('i.episode_ended_at'))
		.whereNotExists(
			(known) =>
				void known
					.select(trx.raw('1'))
					.from('insights as i')
					.whereRaw('i.company = c.id')
					.where({ 'i.kind': 'churn', 'i.outcome_by_hand': true })
					.whereIn('i.outcome', [...finalWords])
					.where('i.outcome_at', '>', said),
		)
		.orderBy('c.id')
		.select('c.id', 'c.name', 'c.owner', 'c.churn_risk', 'c.churn_probability', 'c.churn_risk_low', 'c.churn_risk_high', 'c.churn_model_version', 'c.churn_reasons')
		.select({ team: 't.id', manager: 't.manager', owner_status: 'u.status', manager_status: 'm.status' })) as Row[]; // prettier-ignore
	const direction = await directionOf(trx);
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
			owner: keeperOf(row, direction),
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
