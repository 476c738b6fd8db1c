import type { Knex } from '../../../platform/directus.ts';
import type { Row } from '../../../predictions/data/rows.ts';
import type { Spell } from '../rules/spells.ts';
import { spellsOf } from './spell-rows.ts';

/** Contracts that recur; work that is delivered once ends without anybody leaving. */
const recurring = ['subscription', 'maintenance', 'framework'];

const subscriptionColumns = ['id', 'company', 'status', 'started_on', 'cancelled_on', 'ends_on', 'mrr_cents', 'period_net_cents', 'period', 'date_created', 'date_updated'];
const changeColumns = ['subscription', 'kind', 'changed_on', 'recorded_at', 'mrr_after_cents'];
const contractColumns = ['id', 'company', 'status', 'renewal', 'renewal_months', 'starts_on', 'signed_on', 'ends_on', 'terminated_on'];

/** What runs or ran at these clients. Trials are none yet. */
export async function readSpells(knex: Knex, companies: readonly string[]): Promise<Map<string, Spell[]>> {
	const [subscriptions, changes, contracts] = (await Promise.all([
		knex('subscriptions').whereIn('company', companies).whereNot({ status: 'trial' }).select(subscriptionColumns),
		knex('subscription_changes').whereIn('company', companies).select(changeColumns),
		knex('contracts').whereIn('company', companies).whereIn('type', recurring).whereIn('status', ['signed', 'terminated']).whereNull('subscription').select(contractColumns), // prettier-ignore
	])) as [Row[], Row[], Row[]];
	return spellsOf(subscriptions, changes, contracts);
}

/** Ids of all who ever had a subscription or a recurring contract, or of whom a risk is still told, in order. */
export async function readClients(knex: Knex): Promise<string[]> {
	const [subscribed, contracted, told] = (await Promise.all([
		knex('subscriptions').distinct('company').pluck('company'),
		knex('contracts').distinct('company').whereIn('type', recurring).pluck('company'),
		knex('companies').whereNotNull('churn_at').pluck('id'),
	])) as [string[], string[], string[]];
	return [...new Set([...subscribed, ...contracted, ...told])].toSorted();
}
