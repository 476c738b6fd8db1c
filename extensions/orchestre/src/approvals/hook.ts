import { defineHook } from '@directus/extensions-sdk';
import { now as clockNow } from '../platform/clock.ts';
import { isSystem } from '../platform/directus.ts';
import { guardInput, treatWritten } from '../platform/written.ts';
import { computedFields, inputFaults } from './rules/input.ts';
import { treatApprovals } from './treat.ts';

/** Wiring of approvals: who decides on what, whatever its kind (docs/decisions/117). */
export default defineHook(({ filter }) => {
	guardInput(filter, 'validation', computedFields, (payload, keys, { accountability }) =>
		isSystem(accountability) ? {} : { faults: inputFaults(payload, keys === null, clockNow()) },
	);
	treatWritten(filter, 'validation', treatApprovals);
});
