import { isoOf } from '../../../platform/time/paris.ts';
import type { KpiDefinition, Scope } from '../types.ts';
import type { Period } from './periods.ts';

/** A row of `targets`; `key`: as in `performance.scope_key`. */
export type Target = { kpi: string; kind: string; start: string; scope: Scope; key: string; value: number };

const keyOf = (kpi: string, kind: string, start: string, scope: Scope, key: string): string => [kpi, kind, start, scope, key].join('|');

/**
 * Finds the target of a figure. One's own comes first; a rate or an average without one is held to the team's, then to the company's, for
 * they mean the same for everybody. A sum's is nobody else's: the company's million is no goal for one person.
 */
export function targetFinder(targets: readonly Target[]): (kpi: string, definition: KpiDefinition, period: Period, scope: Scope, key: string, team: string | null) => number | null {
	const byKey = new Map(targets.map((one) => [keyOf(one.kpi, one.kind, one.start, one.scope, one.key), one.value]));
	return (kpi, { aggregation }, { kind, start }, scope, key, team) => {
		const at = (where: Scope, whose: string): number | undefined => byKey.get(keyOf(kpi, kind, isoOf(start), where, whose));
		const own = at(scope, key);
		if (own !== undefined || aggregation === 'sum' || aggregation === 'last' || scope === 'client') return own ?? null;
		const ofTeam = scope === 'person' && team ? at('team', team) : undefined;
		return ofTeam ?? at('company', 'company') ?? null;
	};
} // prettier-ignore
