import type { FilterContext, Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import type { Checked, Payload } from '../../platform/written.ts';
import { settingsFaults } from './rules/settings.ts';
import { parts, type HealthSettings, type Part } from './rules/types.ts';

/** The settings as they stand, and their version, which each record of health names. One statement. */
export async function readHealthSettings(knex: Knex): Promise<{ settings: HealthSettings; version: number }> {
	const row = (await knex('settings').first()) as Record<string, unknown> | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return { settings: settingsOf(row), version: Number(row['rules_version']) };
}

function settingsOf(row: Readonly<Record<string, unknown>>): HealthSettings {
	const number = (name: string): number => Number(row[`client_health_${name}`]);
	return {
		weights: Object.fromEntries(parts.map((part) => [part, number(part)])) as Record<Part, number>,
		contactDays: number('contact_days'),
		watchBelow: number('watch'),
		redBelow: number('red'),
		season: number('season') / 10_000,
	};
}

/** Faults of weights and bounds as they would stand after a change of the settings. Other changes cost nothing. */
export async function checkHealthSettings(payload: Payload, keys: readonly string[] | null, { database }: FilterContext): Promise<Checked> {
	if (!Object.keys(payload).some((field) => field.startsWith('client_health_'))) return {};
	const row = keys ? ((await database('settings').first()) as Record<string, unknown> | undefined) : undefined;
	if (!row) return {};
	return { faults: settingsFaults(settingsOf({ ...row, ...payload })) };
}
