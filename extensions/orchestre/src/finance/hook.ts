import { defineHook } from '@directus/extensions-sdk';
import { isSystem, type FilterContext } from '../platform/directus.ts';
import { guardInput, treatWritten, type Payload } from '../platform/written.ts';
import { batchOf, isPart, notePart, rememberParents, type Part } from './batch.ts';
import { computedFields } from './fields.ts';
import { noteRefusals } from './refusals.ts';
import { paidStatuses } from './rules/settlement.ts';

type Activity = { action?: string; collection?: string; item?: string };

const byHand = 'Le statut « Payée » suit les règlements : affectez le paiement à la facture.';

/** A status that payments give, set by hand on an invoice that has another. */
async function statusFaults({ status }: Payload, keys: readonly string[] | null, { database, accountability }: FilterContext) {
	if (typeof status !== 'string' || !paidStatuses.includes(status) || isSystem(accountability)) return [];
	const other = keys ? await database('invoices').whereIn('id', keys).whereNot({ status }).first('id') : true;
	return other ? [{ field: 'status', message: byHand }] : [];
}

async function noteActivity({ action, collection, item }: Activity, { database }: FilterContext): Promise<void> {
	if (!item || !action || !['create', 'update', 'delete'].includes(action)) return;
	if (isPart(collection)) await notePart(database, collection, item);
	if (action === 'delete') return;
	if (collection === 'invoices') batchOf(database).settle.add(item);
	if (collection === 'payments') batchOf(database).payments.add(item);
}

/** Wiring of the finance room: amounts follow from lines, what is owed from payments (docs/decisions/090). */
export default defineHook(({ filter }) => {
	for (const [collection, fields] of Object.entries(computedFields))
		guardInput(filter, collection, fields, async (payload, keys, context) =>
			collection === 'invoices' ? { faults: await statusFaults(payload, keys, context) } : {},
		);
	treatWritten(filter, 'quotes', noteRefusals);
	for (const collection of ['line_items', 'payment_allocations'] satisfies Part[]) {
		filter(`${collection}.items.update`, async (_payload, meta, context) =>
			rememberParents((context as FilterContext).database, collection, (meta['keys'] as string[] | undefined) ?? []),
		);
		filter<string[]>(`${collection}.items.delete`, async (ids, _meta, context) => {
			await rememberParents((context as FilterContext).database, collection, ids);
			return ids;
		});
	}
	filter('activity.create', (payload, _meta, context) => noteActivity(payload as Activity, context as FilterContext));
});
