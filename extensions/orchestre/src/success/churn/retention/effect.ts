import type { Knex } from '../../../platform/directus.ts';
import { leastPerArm, upliftOf, type Arm, type Uplift } from '../rules/uplift.ts';

/**
 * What became of episodes that were worked on and of those held out, by the measured outcome only: words said by hand exist in one arm.
 * `uplift` once both arms have enough.
 */
export type Effect = { treated: Arm; control: Arm; least: number; holdOutRate: number; uplift: Uplift | null };

export async function readEffect(knex: Knex): Promise<Effect> {
	const rows = (await knex('insights')
		.where({ kind: 'churn' })
		.whereIn('measured_outcome', ['saved', 'lost'])
		.groupBy('hold_out', 'measured_outcome')
		.select('hold_out', 'measured_outcome')
		.count({ n: '*' })) as { hold_out: boolean | number | null; measured_outcome: string; n: number | string }[];
	const armOf = (isHeld: boolean): Arm => {
		const own = rows.filter(({ hold_out }) => Boolean(hold_out) === isHeld);
		const sum = (some: typeof own): number => some.reduce((total, { n }) => total + Number(n), 0);
		return { n: sum(own), saved: sum(own.filter(({ measured_outcome }) => measured_outcome === 'saved')) };
	};
	const [treated, control] = [armOf(false), armOf(true)];
	const settings = (await knex('settings').first('retention_hold_out_rate')) as { retention_hold_out_rate: number } | undefined;
	return { treated, control, least: leastPerArm, holdOutRate: Number(settings?.retention_hold_out_rate ?? 0), uplift: upliftOf(treated, control) };
}
