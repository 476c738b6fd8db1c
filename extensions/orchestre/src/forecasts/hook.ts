import { defineHook } from '@directus/extensions-sdk';
import { keepHistory } from '../platform/written.ts';
import './job.ts';

/** Wiring of the forecasts room (docs/decisions/107): what was forecast is not corrected afterwards. */
export default defineHook(({ filter }) => {
	keepHistory(filter, 'forecasts', 'Les prévisions figées ne se modifient pas : elles servent à mesurer leur erreur.');
});
