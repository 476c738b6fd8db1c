import { defineHook } from '@directus/extensions-sdk';
import { isSystem } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { useStorage } from './jobs/index.ts';

const frozen = 'Un rapport est figé : ses chiffres ne se modifient pas. Produisez-en un nouveau.';

/** Wiring of the reports (docs/decisions/128): figures that were told are not corrected afterwards, only put away. */
export default defineHook(({ filter }, { env }) => {
	useStorage(env['STORAGE_LOCATIONS']);
	filter('reports.items.create', (_payload, _meta, { accountability }) => {
		if (!isSystem(accountability)) throw new UserError(frozen, { code: 'KEPT_BY_ORCHESTRE', status: 403 });
	});
	filter('reports.items.update', (payload, _meta, { accountability }) => {
		const { status, ...others } = payload as Record<string, unknown>;
		const putsAway = Object.keys(others).length === 0 && (status === 'archived' || status === 'sent');
		if (!isSystem(accountability) && !putsAway) throw new UserError(frozen, { code: 'KEPT_BY_ORCHESTRE', status: 403 });
	});
});
