import type { Filter } from '@directus/types';
import { parseFilter, validatePayload } from '@directus/utils';
import { isBranch, type Branch } from './types.ts';

/** An operation of a flow as Directus keeps it. */
export type Operation = {
	id: string;
	flow: string;
	key: string;
	type: string;
	options: Readonly<Record<string, unknown>> | null;
	resolve: string | null;
	reject: string | null;
};
/** A flow: whether it is on, and where it begins. */
export type Flow = { id: string; name: string; isActive: boolean; entry: string | null };

/** Facts of one deal, as the first operation of the flow hands them to the conditions that follow. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** What the flow, as it is drawn now, lets happen for these facts. */
export type Route = { plan: boolean; branches: Branch[] };

/** Own operations: `choose` reads the facts, `plan` makes the plan, `branch` does one of the branches. */
const ownType = 'orchestre-onboarding';

/** As Directus's own condition: fails where a field that it asks for is missing. */
function holds(filter: unknown, data: Record<string, unknown>): boolean {
	try {
		const parsed = parseFilter(filter as Filter, null, undefined, true);
		return !parsed || validatePayload(parsed, data, { requireAll: true }).length === 0;
	} catch {
		return false;
	}
}

/**
 * Follows the flow from its entry for one deal: conditions are weighed on its facts, other operations count as done, and flows that
 * it triggers are followed too. The drawing therefore is the switch, also for work that a crash cut off from its flow: what no line
 * leads to any more does not happen. Conditions on results of foreign operations are not known here and count as failed.
 */
export function routeOf(entry: string, flows: readonly Flow[], operations: readonly Operation[], facts: Facts): Route {
	const byId = new Map(operations.map((one) => [one.id, one]));
	const data: Record<string, unknown> = {};
	const route: Route = { plan: false, branches: [] };
	const seen = new Set<string>();
	const follow = (flowId: string): void => {
		const flow = flows.find(({ id }) => id === flowId);
		let at = flow?.isActive ? flow.entry : null;
		while (at && !seen.has(at)) {
			seen.add(at);
			const operation = byId.get(at);
			if (!operation) return;
			const { type, key, options } = operation;
			if (type === 'condition') {
				at = holds(options?.['filter'], data) ? operation.resolve : operation.reject;
				continue;
			}
			if (type === ownType) {
				const { action, branch } = options ?? {};
				if (action === 'choose') data[key] = data['$last'] = facts;
				if (action === 'plan') route.plan = true;
				if (action === 'branch' && isBranch(branch) && !route.branches.includes(branch)) route.branches.push(branch);
			}
			if (type === 'trigger') follow(String(options?.['flow'] ?? ''));
			at = operation.resolve;
		}
	};
	follow(entry);
	return route;
}
