import { randomUUID } from 'node:crypto';
import { storedDay } from '../../platform/columns.ts';

import { isPostgres, type Knex } from '../../platform/directus.ts';
import { insertMany, updateMany, type ColumnTypes } from '../../platform/json-rows.ts';
import { isoOf } from '../../platform/time/paris.ts';
import { writeTrail } from '../../platform/trail.ts';
import type { Client } from './clients.ts';
import type { Band, Part, Reason, Verdict } from './rules/types.ts';

/** What was found of a client: the computed verdict, and the band that holds. No verdict: no client any more, or nothing to measure. */
export type Finding = { client: Client; verdict: Verdict | null; band: Band | null; trend: number | null; overridden: boolean; ended: boolean };

/** What stands in `companies.health_reasons`: the panel shows it, other rooms may read it. `band`: the computed one. */
export type StoredHealth = { band: Band; reasons: Reason[] };

const companyTypes: ColumnTypes = { health_score: 'integer', health_band: 'text', health_trend: 'integer', health_reasons: 'json', health_at: 'timestamptz' };
const columnOf: Readonly<Record<Part, string>> = {
	usage: 'usage_score',
	support: 'support_score',
	payment: 'payment_score',
	contact: 'contact_score',
	satisfaction: 'satisfaction_score',
	plan: 'plan_score',
};
const judged: ColumnTypes = {
	score: 'integer',
	band: 'text',
	trend: 'integer',
	...Object.fromEntries(Object.values(columnOf).map((column) => [column, 'integer' as const])),
	overridden: 'boolean',
	reasons: 'json',
	weights_version: 'integer',
};
const historyTypes: ColumnTypes = { id: 'uuid', company: 'uuid', computed_on: 'date', ...judged, date_created: 'timestamptz' };

const storedOf = ({ verdict }: Finding): StoredHealth | null => (verdict ? { band: verdict.band, reasons: verdict.reasons } : null);

/** The stored text of the reasons, as both databases keep it. */
const textOf = (finding: Finding): string | null => {
	const stored = storedOf(finding);
	return stored && JSON.stringify(stored);
};

function isSame(finding: Finding): boolean {
	const { verdict, band, trend, overridden, client, ended } = finding;
	const { before, today } = client;
	if (ended || before.score !== (verdict?.score ?? null) || before.band !== band || before.trend !== trend || before.reasons !== textOf(finding)) return false;
	if (!verdict) return true;
	return today !== null && today.score === verdict.score && today.band === band && today.trend === trend && today.overridden === overridden;
}

const historyRow = (finding: Finding & { verdict: Verdict }, day: number, now: Date, version: number, isText: boolean): Record<string, unknown> => ({
	id: randomUUID(),
	company: finding.client.id,
	computed_on: isText ? isoOf(day) : storedDay(day),
	score: finding.verdict.score,
	band: finding.band,
	trend: finding.trend,
	...Object.fromEntries(finding.verdict.reasons.map(({ part, score }) => [columnOf[part], score])),
	overridden: finding.overridden,
	reasons: storedOf(finding),
	weights_version: version,
	date_created: now,
});

/** An override that has run out is taken off, and the history of the record says so. */
async function endOverrides(trx: Knex, ended: readonly Finding[]): Promise<void> {
	if (ended.length === 0) return;
	const none = { health_override: null, health_override_reason: null, health_override_until: null, health_override_by: null, health_override_at: null };
	await trx('companies').whereIn('id', ended.map(({ client }) => client.id)).update(none); // prettier-ignore
	await writeTrail(
		trx,
		{},
		ended.map(({ client }) => ({ action: 'update', collection: 'companies', item: client.id, data: none })),
	);
}

/**
 * Writes what changed since it was last judged: the company's columns and the record of the day, a statement each. What is as it was
 * stays untouched, so that a second run of a day writes nothing. A change of band is told in the record's own history.
 */
export async function writeFindings(trx: Knex, findings: readonly Finding[], day: number, now: Date, version: number): Promise<number> {
	const changed = findings.filter((finding) => !isSame(finding));
	if (changed.length === 0) return 0;
	const rows = changed.map((finding) => ({
		id: finding.client.id,
		health_score: finding.verdict?.score ?? null,
		health_band: finding.band,
		health_trend: finding.trend,
		health_reasons: storedOf(finding),
		health_at: now,
	}));
	await updateMany(trx, 'companies', companyTypes, rows);
	const records = changed
		.filter((finding): finding is Finding & { verdict: Verdict } => finding.verdict !== null)
		.map((finding) => historyRow(finding, day, now, version, isPostgres(trx)));
	await insertMany(trx, 'health_history', historyTypes, records, { keys: ['company', 'computed_on'], merge: Object.keys(judged) });
	await endOverrides(
		trx,
		findings.filter(({ ended }) => ended),
	);
	await writeTrail(
		trx,
		{},
		changed
			.filter(({ client, band }) => client.before.band !== null && client.before.band !== band)
			.map(({ client, band, verdict }) => ({
				action: 'update',
				collection: 'companies',
				item: client.id,
				data: { health_band: band, health_score: verdict?.score ?? null },
			})),
	);
	return changed.length;
}
