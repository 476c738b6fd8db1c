import { now as clockNow } from '../../platform/clock.ts';
import { dayOrNull } from '../../platform/columns.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { refuseFaults } from '../../platform/errors.ts';
import { toParis } from '../../platform/time/paris.ts';
import type { Written } from '../../platform/written.ts';
import { writeTrail } from '../../platform/trail.ts';
import { judgeCompanies } from './judge.ts';
import { overrideFaults } from './rules/override.ts';
import type { Band } from './rules/types.ts';

const overrideFields = ['health_override', 'health_override_reason', 'health_override_until'] as const;

/** What makes a company a client, or takes it out of those who are judged. */
const turningFields = ['is_client', 'archived', 'merged_into'] as const;

type Row = {
	id: string;
	is_client: unknown;
	merged_into: string | null;
	archived: unknown;
	health_override: Band | null;
	health_override_reason: string | null;
	health_override_until: unknown;
};

/** An override needs its reason and its end, and says who made it; taken off, nothing of it stays. */
async function treatOverrides(trx: Knex, written: readonly Written[], now: Date): Promise<void> {
	const userOf = new Map(written.map(({ id, user }) => [id, user]));
	const rows = (await trx('companies').whereIn('id', [...userOf.keys()]).orderBy('id').select('id', 'is_client', 'merged_into', 'archived', ...overrideFields)) as Row[]; // prettier-ignore
	for (const row of rows) {
		const override = { band: row.health_override, reason: row.health_override_reason, until: dayOrNull(row.health_override_until) };
		const isClient = Boolean(row.is_client) && !row.merged_into && !row.archived;
		refuseFaults(overrideFaults(override, toParis(now).day, isClient).map((fault) => ({ collection: 'companies', ...fault })));
		const change =
			override.band === null
				? { health_override_reason: null, health_override_until: null, health_override_by: null, health_override_at: null }
				: { health_override_by: userOf.get(row.id) ?? null, health_override_at: now };
		await trx('companies').where({ id: row.id }).update(change);
		await writeTrail(trx, { user: userOf.get(row.id) ?? null }, [{ action: 'update', collection: 'companies', item: row.id, data: change }]);
	}
}

/**
 * Companies that a transaction wrote: an override counts at once, and so does becoming a client or no longer being one. Other changes of a
 * company cost nothing here.
 */
export async function treatClients(trx: Knex, written: readonly Written[]): Promise<void> {
	const now = clockNow();
	const corrected = written.filter(({ set }) => overrideFields.some((field) => field in set));
	for (const part of chunks(corrected)) await treatOverrides(trx, part, now);
	const turned = written.filter(({ created, set }) => (created ? set['is_client'] === true : turningFields.some((field) => field in set)));
	await judgeCompanies(
		trx,
		[...corrected, ...turned].map(({ id }) => id),
		now,
	);
}
