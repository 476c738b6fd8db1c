import type { Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import type { GrowthSettings } from './rules/types.ts';

/** The company's own thresholds (« Développement et renouvellements »). */
export async function readGrowthSettings(trx: Knex): Promise<GrowthSettings> {
	const row = (await trx('settings').first()) as Record<string, unknown> | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return {
		enabled: Boolean(row['growth_enabled']),
		perClient: Number(row['growth_per_client']),
		minSupport: Number(row['growth_min_support']),
		minLift: Number(row['growth_min_lift']) / 10_000,
		usageShare: Number(row['growth_usage_share']) / 10_000,
		refusalDays: Number(row['growth_refusal_days']),
		alertCents: Number(row['growth_alert_cents']),
		renewalDays: Number(row['renewal_prepare_days']),
	};
}
