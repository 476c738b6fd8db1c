import type { Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import { parts, type HealthSettings, type Part } from './rules/types.ts';

/** The settings as they stand, and their version, which each record of health names. One statement. */
export async function readHealthSettings(knex: Knex): Promise<{ settings: HealthSettings; version: number }> {
	const row = (await knex('settings').first()) as Record<string, unknown> | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	const number = (name: string): number => Number(row[`client_health_${name}`]);
	return {
		settings: {
			weights: Object.fromEntries(parts.map((part) => [part, number(part)])) as Record<Part, number>,
			contactDays: number('contact_days'),
			watchBelow: number('watch'),
			redBelow: number('red'),
			season: number('season') / 10_000,
		},
		version: Number(row['rules_version']),
	};
}
