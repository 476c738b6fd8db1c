import type { Accountability, Host } from '../../platform/directus.ts';
import type { Check } from '../types.ts';
import { now } from '../../platform/clock.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import type { CheckOrder } from './answers.ts';
import { readAllowed } from './open.ts';
import { recheck } from './rules/recheck.ts';

/** The checks of the reading, with those run again that what stands in the form concerns. 403 out of reach. */
export async function checkAgain(host: Host, accountability: Accountability | null, id: string, order: CheckOrder): Promise<Check[]> {
	const { read } = await readAllowed(host, accountability, id);
	return recheck(read, order, isoOf(toParis(now()).day));
}
