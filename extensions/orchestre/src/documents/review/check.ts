import type { Accountability, Host } from '../../platform/directus.ts';
import { checkFields } from '../checks/index.ts';
import type { Check, Field, FieldName, Understanding } from '../types.ts';
import { now } from '../../platform/clock.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import type { CheckOrder } from './answers.ts';
import { readAllowed } from './open.ts';

const typed = (name: FieldName, value: string | number): Field => ({
	name,
	value,
	page: null,
	box: null,
	confidence: 1,
	source: 'person',
	evidence: {},
	alternatives: [],
});

/** The checks of the reading, run again on what stands in the form. */
export async function checkAgain(host: Host, accountability: Accountability | null, id: string, order: CheckOrder): Promise<Check[]> {
	await readAllowed(host, accountability, id);
	const { class: documentClass, lines, vat } = order;
	const fields = Object.entries(order.fields).flatMap(([name, value]) => (value === null ? [] : [typed(name as FieldName, value)]));
	const understanding: Understanding = { class: documentClass, classConfidence: 1, classes: {}, fields, lines, vat };
	return checkFields(understanding, { today: isoOf(toParis(now()).day) });
}
