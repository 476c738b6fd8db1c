/** Columns of `tickets` that only the product writes. */
export const computedFields = [
	'sla_due_at',
	'sla_state',
	'first_response_at',
	'resolved_at',
	'closed_at',
	'first_response_minutes',
	'resolution_minutes',
	'sla_paused_at',
	'sla_paused_minutes',
	'sla_basis',
	'treated_status',
	'sentiment',
] as const;

/** Kept for the treatment itself: no news for a reader of the history. */
export const silentFields = ['sla_paused_at', 'sla_paused_minutes', 'sla_basis', 'treated_status'] as const;
