import type { CollectionFile, FieldEntry } from '../../scripts/schema/file-format.ts';
import type { LimitedRole } from './words.ts';

/** Kinds whose value the system gives: no right ever lets anybody write them. */
const systemKinds = new Set(['key', 'serial-key', 'date-created', 'user-created', 'date-updated', 'user-updated']);

/**
 * Fields that only the product writes. The schema files say which: whatever is read-only in the form, keys and traces.
 * A new computed field is therefore protected as soon as its file calls it read-only.
 */
export const isComputed = (field: FieldEntry): boolean => field.readonly === true || field.meta?.readonly === true || systemKinds.has(field.kind);

export const computedFields = (file: CollectionFile): string[] => file.fields.filter(isComputed).map(({ field }) => field);

/** Who sees a field, and who of them may write it (nobody else, whatever their rights on the row). */
type Protection = { seen: readonly LimitedRole[]; written: readonly LimitedRole[] };

const sales = ['direction', 'manager', 'commercial'] as const;
const money = ['finance', 'operations'] as const;
const accounts: Protection = { seen: ['direction', 'finance'], written: ['finance'] };
const cost: Protection = { seen: ['direction', ...money], written: money };
const bank: Protection = { seen: ['direction', 'finance'], written: ['direction', 'finance'] };
const proof: Protection = { seen: [...sales, 'success'], written: ['manager', 'commercial', 'success'] };
const leadProof: Protection = { seen: [...sales, 'success', 'reseller', 'api'], written: [...sales, 'success', 'reseller', 'api'] };

/** How a client is doing, and whether it may leave, is for those who look after it; a judgement by hand is for those who answer for it. */
const careful: Protection = { seen: [...sales, 'success'], written: [] };
const judged: Protection = { seen: [...sales, 'success'], written: ['direction', 'manager', 'success'] };

/** What not everybody who sees a row should see of it: what people cost, what we pay, bank details, proofs of consent. */
export const sensitiveFields: Record<string, Protection> = {
	'leads.consent_proof': leadProof,
	'people.email_consent_proof': proof,
	'people.phone_consent_proof': proof,
	'people.day_rate_cents': cost,
	'resources.day_rate_cents': cost,
	'time_tracking.cost_rate_cents': cost,
	'products.cost_cents': cost,
	'products.account': accounts,
	'line_items.account': accounts,
	'companies.health_panel': careful,
	'companies.health_score': careful,
	'companies.health_band': careful,
	'companies.health_trend': careful,
	'companies.health_reasons': careful,
	'companies.health_at': careful,
	'companies.health_override': judged,
	'companies.health_override_reason': judged,
	'companies.health_override_until': judged,
	'companies.health_override_by': careful,
	'companies.health_override_at': careful,
	'companies.churn_panel': careful,
	'companies.churn_risk': careful,
	'companies.churn_probability': careful,
	'companies.churn_risk_low': careful,
	'companies.churn_risk_high': careful,
	'companies.churn_reasons': careful,
	'companies.churn_at': careful,
	'companies.churn_model_version': careful,
	'companies.iban': bank,
	'companies.bic': bank,
	'companies.customer_account': accounts,
	'companies.supplier_account': accounts,
	'subscriptions.sepa_mandate': accounts,
	'company_profile.bank_name': bank,
	'company_profile.account_holder': bank,
	'company_profile.iban': bank,
	'company_profile.bic': bank,
	'company_profile.sepa_creditor_id': bank,
	'directus_users.quota_cents': { seen: ['direction', 'manager'], written: ['direction'] },
};
