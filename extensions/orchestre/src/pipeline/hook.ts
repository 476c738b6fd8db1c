import { defineHook } from '@directus/extensions-sdk';
import { guardInput, keepHistory, treatWritten } from '../platform/written.ts';
import { computedFields } from './fields.ts';
import { judgeWritten } from './health/touch.ts';
import { treatDeals } from './treat.ts';

/** Wiring of the pipeline room: deals keep their own dates, history and probability (docs/decisions/040). */
export default defineHook(({ filter }) => {
	guardInput(filter, 'opportunities', computedFields);
	treatWritten(filter, 'opportunities', async (trx, written) => {
		await treatDeals(trx, written);
		await judgeWritten(trx, written);
	});
	keepHistory(filter, 'stage_changes', 'L’historique des étapes est tenu par Orchestre : il suit les changements d’étape de l’affaire.');
});
