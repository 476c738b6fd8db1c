import type { Knex } from '../platform/directus.ts';
import { parseJson } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import { compileRules, type CompiledRules } from './rules/score.ts';
import type { LeadSettings, ScoringRule } from './rules/types.ts';

type SettingsRow = LeadSettings & { id: string; people_version: number };

/** Settings, and the criteria compiled. */
export type Rules = { settings: SettingsRow; criteria: CompiledRules };

const switches = ['scoring_enabled', 'assignment_enabled', 'follow_up_enabled', 'alsace_moselle'] as const;

let compiled: { version: number; criteria: CompiledRules } | null = null;

/** Transactions that changed a version: what they read may be rolled back, so it must not outlive them. */
const bumped = new WeakSet<Knex>();

/** Whether what this transaction reads may be kept for others. */
export const mayCache = (trx: Knex): boolean => !bumped.has(trx);

async function readSettings(trx: Knex): Promise<SettingsRow> {
	const row = (await trx('settings').first()) as SettingsRow | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	for (const name of switches) row[name] = Boolean(row[name]);
	return { ...row, follow_up_plan: parseJson<LeadSettings['follow_up_plan'] | null>(row.follow_up_plan) ?? [] };
}

/**
 * Settings as this transaction sees them. The criteria are cached by `rules_version`, which grows in the transaction that
 * changes a criterion (`bumpVersion`): every instance sees the change with its next lead, without messages or delays.
 */
export async function readRules(trx: Knex): Promise<Rules> {
	const settings = await readSettings(trx);
	const version = settings.rules_version;
	if (mayCache(trx) && compiled?.version === version) return { settings, criteria: compiled.criteria };
	const criteria = compileRules(
		(await trx('scoring_rules')
			.where({ active: true })
			.orderBy([{ column: 'sort' }, { column: 'id' }])) as ScoringRule[],
	);
	if (mayCache(trx)) compiled = { version, criteria };
	return { settings, criteria };
}

/** Tells every instance that cached criteria (`rules_version`) or people (`people_version`) are out of date. */
export async function bumpVersion(trx: Knex, column: 'rules_version' | 'people_version'): Promise<void> {
	bumped.add(trx);
	await trx('settings').increment(column, 1);
}
