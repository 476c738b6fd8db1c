import { defineHook } from '@directus/extensions-sdk';
import { beforeCommit } from '../platform/before-commit.ts';
import type { FilterContext, Knex } from '../platform/directus.ts';
import { refuseFaults } from '../platform/errors.ts';
import { guardInput } from '../platform/written.ts';
import { computedFields } from './fields.ts';
import { checkLead } from './guard.ts';
import { emptyBatch, type LeadBatch } from './intake/batch.ts';
import { cluesOf } from './intake/duplicates.ts';
import { treatBatch } from './intake/treat.ts';
import { compileRules } from './rules/score.ts';
import type { ScoringRule } from './rules/types.ts';
import { bumpVersion } from './settings.ts';
import './jobs/index.ts';

type Activity = { action?: string; collection?: string; item?: string; user?: string | null };

const batch = (trx: Knex, actor: string | null | undefined): LeadBatch => beforeCommit(trx, () => emptyBatch(actor ?? null), treatBatch);

/** Rows whose change makes cached criteria or people stale. */
const versionOf: Record<string, 'rules_version' | 'people_version'> = {
	scoring_rules: 'rules_version',
	settings: 'rules_version',
	directus_users: 'people_version',
	teams: 'people_version',
	absences: 'people_version',
};

async function forgetPerson(trx: Knex, user: string): Promise<void> {
	await trx('leads').where({ counted_for: user }).update({ counted_as: null, counted_for: null });
}

async function noteLead({ action, item, user }: Activity, context: FilterContext): Promise<void> {
	const trx = context.database;
	if (!item) return;
	if (action === 'create') batch(trx, user).created.add(item);
	if (action === 'update') batch(trx, user).changed.add(item);
	if (action === 'delete') batch(trx, user).recount = true;
}

/** A criterion that cannot be read would silently never match: it is refused while its author looks at it. */
async function checkCriterion({ item }: Activity, context: FilterContext): Promise<void> {
	const rule = (await context.database('scoring_rules').where({ id: item }).first()) as ScoringRule | undefined;
	if (rule) refuseFaults(compileRules([rule]).faults.map(({ message }) => ({ field: 'value', collection: 'scoring_rules', message })));
}

/** A call or a message changes what the lead's interest is worth, and may be the first contact. */
async function noteInteraction({ item, user }: Activity, context: FilterContext): Promise<void> {
	const row = (await context.database('interactions').where({ id: item }).first('lead')) as { lead: string | null } | undefined;
	if (!row?.lead) return;
	const leads = batch(context.database, user);
	leads.changed.add(row.lead);
	leads.interactions = true;
}

/**
 * Wiring of the leads room. The row of `directus_activity` is the one event inside the transaction after the row is written,
 * on every path (architecture.md, law 16): there leads are noted, and treated together before the commit.
 */
export default defineHook(({ filter }) => {
	guardInput(filter, 'leads', computedFields, checkLead);

	filter('leads.items.create', (payload, _meta, raw) => {
		const context = raw as FilterContext;
		const leads = batch(context.database, context.accountability?.user);
		leads.expected += 1;
		leads.clues.push(cluesOf(payload as Record<string, unknown>));
		return payload;
	});

	filter('activity.create', async (payload, _meta, raw) => {
		const activity = payload as Activity;
		const context = raw as FilterContext;
		if (!activity.collection || !['create', 'update', 'delete'].includes(activity.action ?? '')) return payload;
		if (activity.collection === 'leads') await noteLead(activity, context);
		if (activity.collection === 'interactions' && activity.action !== 'delete') await noteInteraction(activity, context);
		if (activity.collection === 'scoring_rules' && activity.action !== 'delete') await checkCriterion(activity, context);
		const version = versionOf[activity.collection];
		if (version) await bumpVersion(context.database, version);
		if (activity.collection === 'directus_users' && activity.action === 'delete' && activity.item) await forgetPerson(context.database, activity.item);
		return payload;
	});
});
