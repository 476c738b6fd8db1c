import { now as clockNow } from '../../platform/clock.ts';
import type { FilterContext } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import type { Checked, Payload } from '../../platform/written.ts';
import { companyOf, readOwners } from './owners.ts';
import { readEvent, type Fault } from './rules/event.ts';

const refusal = ({ code, message }: Fault): UserError => new UserError(message, { code });

/**
 * Holds an event that comes as a row (/items/usage_events, GraphQL) to the checks of the batch route: same codes, same sentences. A row says
 * its quantity in thousandths.
 */
export async function checkUsageEvent(payload: Payload, keys: readonly string[] | null, { database }: FilterContext): Promise<Checked> {
	if (keys) return {};
	const { id: _id, date_created: _created, quantity, ...rest } = payload;
	const read = readEvent({ ...rest, quantity: typeof quantity === 'number' ? quantity / 1000 : quantity }, clockNow());
	if ('fault' in read) throw refusal(read.fault);
	const company = companyOf(read.value, await readOwners(database, [read.value]));
	if (typeof company !== 'string') throw refusal(company);
	return { values: { company, name: read.value.name, event_id: read.value.event_id } };
}
