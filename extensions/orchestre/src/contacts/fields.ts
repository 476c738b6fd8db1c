/** Columns that only the product writes; a value from outside is refused. */
export const computedCompanyFields = [
	'name_key',
	'domain',
	'health_score',
	'health_reasons',
	'health_at',
	'health_band',
	'health_trend',
	'health_override_by',
	'health_override_at',
	'churn_risk',
	'churn_probability',
	'churn_risk_low',
	'churn_risk_high',
	'churn_reasons',
	'churn_at',
	'churn_model_version',
	'enriched_at',
	'enrichment',
	'stripe_customer_id',
	'quickbooks_id',
	'slack_channel',
	'merged_into',
] as const;

export const computedPersonFields = ['name_key', 'anonymised_at', 'enriched_at', 'enrichment', 'mailchimp_id', 'merged_into'] as const;

/** Keys for searching duplicates: no news for a reader of the history. */
export const silentFields = ['name_key', 'domain'] as const;
