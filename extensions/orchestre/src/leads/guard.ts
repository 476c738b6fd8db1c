import { isSystem, type FilterContext } from '../platform/directus.ts';
import { refuseFaults, UserError, type FieldFault } from '../platform/errors.ts';
import { computedFields } from './fields.ts';
import { normaliseLeadInput } from './rules/normalise.ts';

type Payload = Record<string, unknown>;

const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null && !Array.isArray(value);

const computedFaults = (payload: Payload): FieldFault[] =>
	computedFields
		.filter((field) => field in payload)
		.map((field) => ({ field, collection: 'leads', message: `« ${field} » est calculé par Orchestre et ne peut pas être fourni.` }));

/**
 * What enters a lead: refuses computed fields from outside and values that make no sense, all faults at once, and returns
 * the payload with the normalised values. Adds no field that the caller did not send: it would be held against their rights.
 */
export function cleanInput(payload: unknown, accountability: FilterContext['accountability']): Payload {
	if (!isObject(payload)) throw new UserError('Un lead est un objet avec des champs.');
	const { values, faults } = normaliseLeadInput(payload);
	refuseFaults([...(isSystem(accountability) ? [] : computedFaults(payload)), ...faults.map((fault) => ({ ...fault, collection: 'leads' }))]);
	return { ...payload, ...values };
}
