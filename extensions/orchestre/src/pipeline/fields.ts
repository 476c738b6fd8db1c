/** Columns of `opportunities` that only the product writes; a value from outside is refused. */
export const computedFields = [
	'close_date_pushes',
	'stage_since',
	'closed_at',
	'probability_low',
	'probability_high',
	'probability_source',
	'probability_reasons',
	'model_version',
	'health',
	'health_reasons',
	'at_risk_cents',
	'health_at',
	'stalled_since',
	'treated_stage',
	'treated_close_date',
] as const;

/** Kept for the treatment itself: no news for a reader of the history. */
export const silentFields = ['treated_stage', 'treated_close_date'] as const;
