import { defineHook } from '@directus/extensions-sdk';
import { guardInput, treatWritten } from '../platform/written.ts';
import { mirrorAbsences } from './team-absences.ts';
import { checkTask, computedFields, treatTasks } from './tasks.ts';

/** Wiring of the operations room: tasks know when they were done, whose team's they are, and what they are about (docs/decisions/040). */
export default defineHook(({ filter }) => {
	guardInput(filter, 'tasks', computedFields, checkTask);
	treatWritten(filter, 'tasks', treatTasks);
	mirrorAbsences(filter);
});
