import type { FieldFault } from '../../platform/errors.ts';
import { dayMs } from '../../platform/time/paris.ts';

const kinds = ['discount', 'expense', 'purchase_invoice', 'credit_note', 'incentive', 'contract', 'budget', 'commission', 'other'];
const statuses = ['pending', 'approved', 'rejected', 'expired', 'cancelled'];

/** What may change once a request is sent; anything else would change what was asked for under the eyes of who decides. */
const changeable = ['id', 'status', 'comment', 'approver', 'deadline'];

/** What a request consists of, beside who decides and the path it takes. */
export const computedFields = ['decided_at', 'decided_by', 'threshold_cents', 'rule', 'current_step', 'steps', 'escalated_at', 'escalated_from', 'request_key'];

const mostCents = 2_147_483_647;
const mostRate = 10_000;
/** A decision that may wait longer is none. */
const longestDays = 60;

const isWhole = (value: unknown, most: number): boolean => {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= most;
};

function isInTime(value: unknown, now: Date): boolean {
	const at = value instanceof Date || typeof value === 'string' || typeof value === 'number' ? new Date(value).getTime() : Number.NaN;
	return at > now.getTime() && at <= now.getTime() + longestDays * dayMs;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** What is wrong with what somebody sends, whoever it is: a new request or a change of one. */
export function inputFaults(payload: Readonly<Record<string, unknown>>, isNew: boolean, now: Date): FieldFault[] {
	const { kind, status, amount_cents: cents, discount_rate: rate, deadline } = payload;
	const faults: FieldFault[] = [];
	const fault = (field: string, message: string): void => void faults.push({ field, message });
	if ('status' in payload && !statuses.includes(String(status))) fault('status', 'Ce statut n’existe pas.');
	if ('kind' in payload && !kinds.includes(String(kind))) fault('kind', 'Cette nature de demande n’existe pas.');
	if (isGiven(cents) && !isWhole(cents, mostCents)) fault('amount_cents', 'Le montant est supérieur à 0 € et tient en 21 millions d’euros.');
	if (isGiven(rate) && !isWhole(rate, mostRate)) fault('discount_rate', 'La remise va de 0,01 % à 100 %.');
	if (isNew && isGiven(kind) && kind !== 'other' && !isGiven(cents)) fault('amount_cents', 'Dites le montant en jeu : il dit qui décide.');
	if ((isNew ? isGiven(deadline) : 'deadline' in payload) && !isInTime(deadline, now))
		fault('deadline', `Le délai de décision est à venir, dans les ${longestDays} jours au plus.`);
	if (!isNew)
		for (const field of Object.keys(payload))
			if (!changeable.includes(field) && !computedFields.includes(field))
				fault(field, 'Une demande envoyée ne se modifie pas : retirez-la et faites-en une nouvelle.');
	return faults;
}
