import type { FieldFault } from '../../../platform/errors.ts';
import { parts, type HealthSettings } from './types.ts';

/** What is wrong with weights and bounds taken together: each alone may be any number of its range. */
export function settingsFaults({ weights, watchBelow, redBelow }: Pick<HealthSettings, 'weights' | 'watchBelow' | 'redBelow'>): FieldFault[] {
	const faults: FieldFault[] = [];
	if (parts.every((part) => weights[part] === 0))
		faults.push({ field: 'client_health_usage', message: 'Un poids au moins doit être supérieur à 0 : sinon aucun client n’aurait de santé.' });
	if (watchBelow <= redBelow)
		faults.push({ field: 'client_health_watch', message: `« À surveiller en dessous de » doit être supérieur à « En danger en dessous de » (${redBelow}).` });
	return faults;
}
