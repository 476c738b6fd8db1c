import { cleanFields, refuse, type Cleaned, type FieldShape, type Shape } from '../../platform/input/fields.ts';
import { fieldLabels } from './labels.ts';
import { toMoment } from '../../platform/time/moments.ts';
import { sizeBand } from '../../platform/input/size-band.ts';

export { emailDomain } from '../../platform/input/email.ts';
export { companyKey } from '../../platform/input/name-keys.ts';
export { phoneKind } from '../../platform/input/phone.ts';
export { isValidSiren } from '../../platform/input/siren.ts';
export { emailKind } from './email.ts';
export { displayName } from './names.ts';

type Field = keyof typeof fieldLabels;
const line: Shape = { kind: 'line', max: 255 };
const text: Shape = { kind: 'text', max: 100_000 };
const phone: Shape = { kind: 'phone', extensionGoesTo: 'le besoin exprimé' };
const moment: Shape = { kind: 'custom', clean: cleanMoment };
const consent: Shape = { kind: 'choice', values: ['unknown', 'given', 'refused'] };

/**
 * Choices are open (an administrator may add a source or an industry), except where the rules act on each value:
 * status, consent and size.
 */
const shapes: Record<Field, Shape> = {
	id: { kind: 'reference' },
	status: { kind: 'choice', values: ['new', 'contacted', 'qualified', 'nurturing', 'converted', 'lost'], required: true },
	lost_reason: { kind: 'choice' },
	owner: { kind: 'reference' },
	team: { kind: 'reference' },
	first_name: line,
	last_name: line,
	email: { kind: 'email' },
	phone,
	job_title: line,
	decision_role: { kind: 'choice' },
	language: { kind: 'choice' },
	linkedin: { kind: 'link' },
	person: { kind: 'reference' },
	company_name: line,
	siren: { kind: 'siren' },
	company: { kind: 'reference' },
	website: { kind: 'link' },
	industry: { kind: 'choice' },
	size_band: { kind: 'choice', values: ['1-9', '10-49', '50-249', '250-999', '1000+'] },
	employees: { kind: 'integer' },
	revenue_keur: { kind: 'integer' },
	region: { kind: 'choice' },
	city: line,
	country: { kind: 'country' },
	need: text,
	product: { kind: 'reference' },
	budget_cents: { kind: 'integer' },
	timing: { kind: 'choice' },
	current_solution: line,
	source: { kind: 'choice' },
	campaign: { kind: 'reference' },
	reseller: { kind: 'reference' },
	external_id: line,
	email_consent: consent,
	phone_consent: consent,
	consent_at: moment,
	consent_proof: text,
	pages_viewed: { kind: 'integer' },
	emails_opened: { kind: 'integer' },
	emails_clicked: { kind: 'integer' },
	content_downloads: { kind: 'integer' },
	pricing_viewed_at: moment,
	demo_requested_at: moment,
	trial_started_at: moment,
	webinar_attended_at: moment,
	last_activity_at: moment,
};

function cleanMoment(value: unknown, label: string): string | null {
	if (typeof value === 'string' && value.trim() === '') return null;
	return toMoment(value) ?? refuse(`« ${label} » n’est pas une date valide.`);
}

const fields = Object.fromEntries(Object.entries(shapes).map(([field, shape]) => [field, { ...shape, label: fieldLabels[field as Field] }])) as Record<
	Field,
	FieldShape
>;

/**
 * Cleans the fields of a lead present in a create or update payload (`cleanFields`), moments as ISO UTC, and adds `size_band`
 * when only `employees` was sent.
 *
 * @param country The row's stored country, for phones sent without one.
 */
export function normaliseLeadInput(payload: Record<string, unknown>, country: string | null = null): Cleaned {
	const { values, faults } = cleanFields(payload, fields, country);
	if (typeof values['employees'] === 'number' && values['size_band'] === undefined && !('size_band' in payload))
		values['size_band'] = sizeBand(values['employees']);
	return { values, faults };
}
