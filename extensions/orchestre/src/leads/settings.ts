import type { Knex } from '../platform/directus.ts';
import { parseJson } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import type { Statement } from '../platform/together.ts';
import { compileRules, type CompiledRules } from './rules/score.ts';
import type { LeadSettings, ScoringRule } from './rules/types.ts';

/** Settings, and the criteria compiled. `peopleVersion` grows with each change of who takes leads, and when. */
export type Rules = { settings: LeadSettings; criteria: CompiledRules; peopleVersion: number };

/** Versions of what is cached, as the row of settings counts them. */
export type Versions = { rules_version: number; people_version: number };

const switches = ['scoring_enabled', 'assignment_enabled', 'follow_up_enabled', 'alsace_moselle'] as const;

let cached: { version: number; settings: LeadSettings; criteria: CompiledRules } | null = null;

/** Transactions that changed a version: what they read may be rolled back, so it must not outlive them. */
const bumped = new WeakSet<Knex>();

/** Whether what this transaction reads may be kept for others. */
export const mayCache = (trx: Knex): boolean => !bumped.has(trx);

async function readSettings(trx: Knex): Promise<LeadSettings> {
	const row = (await trx('settings').first()) as LeadSettings;
	for (const name of switches) row[name] = Boolean(row[name]);
	return { ...row, follow_up_plan: parseJson<LeadSettings['follow_up_plan'] | null>(row.follow_up_plan) ?? [] };
}

async function readCriteria(trx: Knex): Promise<CompiledRules> {
	return compileRules(
		(await trx('scoring_rules')
			.where({ active: true })
			.orderBy([{ column: 'sort' }, { column: 'id' }])) as ScoringRule[],
	);
}

/**
 * Settings and criteria as this transaction sees them. Both are cached by `rules_version`, which grows in the transaction that
 * changes one of them (`bumpVersion`): every instance sees the change with its next lead, without messages or delays, for
 * the price of two numbers.
 */
export const readRules = async (trx: Knex): Promise<Rules> => rulesAt(trx, (await versionsOf(trx)) as Versions[]);

/** The read of the versions, for a caller that sends it along with others of its own and goes on with `rulesAt`. */
export const versionsOf = (trx: Knex): Statement => trx('settings').limit(1).select('rules_version', 'people_version');

/** Settings and criteria of these versions. */
export async function rulesAt(trx: Knex, [versions]: readonly Versions[]): Promise<Rules> {
	if (!versions) throw new UnexpectedError('the settings row is missing: run npm run seed');
	const version = versions.rules_version;
	const known = mayCache(trx) && cached?.version === version ? cached : { version, settings: await readSettings(trx), criteria: await readCriteria(trx) };
	if (mayCache(trx)) cached = known;
	return { settings: known.settings, criteria: known.criteria, peopleVersion: versions.people_version };
}

/** Tells every instance that cached criteria (`rules_version`) or people (`people_version`) are out of date. */
export async function bumpVersion(trx: Knex, column: 'rules_version' | 'people_version'): Promise<void> {
	bumped.add(trx);
	await trx('settings').increment(column, 1);
}
