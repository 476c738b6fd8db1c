import type { Query } from '@directus/types';
import { parseFilter } from '@directus/utils';
import { ipInNetworks } from '@directus/utils/node';
import type { Accountability, FilterContext, Host, Knex, SchemaOverview } from '../directus.ts';
import { isCondition, type Condition, type RowRule } from './filter.ts';

type Services = Host['services'];
/** A permission; those that come with the app (`system`) belong to no policy. */
type Permission = { policy?: string | null; collection: string; permissions: Condition | null; system?: boolean };

/** Rows of `directus_access` (alias `a`) that give the caller a policy. */
export const heldBy =
	({ user, roles }: Accountability) =>
	(either: Knex.QueryBuilder): void => {
		if (roles.length > 0) void either.whereIn('a.role', roles);
		else void either.where((nobody) => void nobody.whereNull('a.role').whereNull('a.user'));
		if (user) void either.orWhere('a.user', user);
	};

/** Whether a policy bound to these addresses (`ip_access`) holds where the caller is. */
export const holdsHere = (from: string | null, { ip }: Accountability): boolean => !from || (ip !== null && ipInNetworks(ip, from.split(',')));

/** The policies that hold for the caller, where they are: by Directus's own reckoning (`fetchPolicies`), which no extension can ask. */
export async function policiesOf(database: Knex, accountability: Accountability): Promise<Set<string>> {
	const rows = (await database('directus_access as a')
		.join('directus_policies as p', 'p.id', 'a.policy')
		.where(heldBy(accountability))
		.select('p.id', 'p.ip_access')) as { id: string; ip_access: string | null }[];
	return new Set(rows.filter(({ ip_access: from }) => holdsHere(from, accountability)).map(({ id }) => id));
}

const valuesIn = (rule: unknown): string[] => {
	if (typeof rule === 'string') return [rule];
	return typeof rule === 'object' && rule !== null ? Object.values(rule).flatMap(valuesIn) : [];
};

/** What rules compare with of the caller: `$CURRENT_USER.team` needs the team. */
async function callersOwn(
	services: Services,
	context: FilterContext,
	policies: ReadonlySet<string>,
	rules: readonly Condition[],
): Promise<Record<string, unknown>> {
	const { user, role } = context.accountability as Accountability;
	const options = { schema: context.schema as SchemaOverview, knex: context.database };
	const values = valuesIn(rules);
	const fieldsOf = (variable: string): string[] => [
		...new Set(values.filter((value) => value.startsWith(`${variable}.`)).map((value) => value.slice(variable.length + 1))),
	];
	const [ofUser, ofRole] = [fieldsOf('$CURRENT_USER'), fieldsOf('$CURRENT_ROLE')];
	return {
		$CURRENT_POLICIES: [...policies].map((id) => ({ id })),
		...(user && ofUser.length > 0 && { $CURRENT_USER: await new services.UsersService(options).readOne(user, { fields: ofUser }) }),
		...(role && ofRole.length > 0 && { $CURRENT_ROLE: await new services.RolesService(options).readOne(role, { fields: ofRole }) }),
	};
}

export const isOpen = (rule: Condition | null): boolean => !rule || Object.keys(rule).length === 0;
/** `_some` and `_none` cannot be moved below a path: such a rule lets nobody look through the relation. */
const isQuantified = (rule: unknown): boolean =>
	typeof rule === 'object' && rule !== null && Object.entries(rule).some(([key, value]) => key === '_some' || key === '_none' || isQuantified(value));

/** Which rows the caller sees of each collection, with the caller's own values filled in. Through a shared link nothing is looked at. */
export async function readRules(services: Services, context: FilterContext, collections: readonly string[]): Promise<Map<string, RowRule>> {
	const accountability = context.accountability as Accountability;
	if (accountability.share) return new Map();
	const policies = await policiesOf(context.database, accountability);
	const all = new services.PermissionsService({
		accountability: { ...accountability, admin: true },
		schema: context.schema as SchemaOverview,
		knex: context.database,
	});
	const asked: Query = { filter: { _and: [{ action: { _eq: 'read' } }, { collection: { _in: [...collections] } }] }, limit: -1 };
	const rows = ((await all.readByQuery(asked, { emitEvents: false })) as Permission[]).filter(
		({ policy, system }) => system === true || policies.has(policy ?? ''),
	);
	const own = await callersOwn(
		services,
		context,
		policies,
		rows.map(({ permissions }) => permissions).filter((rule) => rule !== null),
	);
	return new Map(
		collections.map((collection): [string, RowRule] => {
			const rules = rows.filter((row) => row.collection === collection).map(({ permissions }) => permissions);
			if (rules.length === 0 || rules.some(isQuantified)) return [collection, 'none'];
			if (rules.some(isOpen)) return [collection, 'all'];
			const parsed = rules.map((rule) => parseFilter(rule as Parameters<typeof parseFilter>[0], accountability, own)).filter(isCondition);
			return [collection, parsed.length === 1 ? (parsed[0] as Condition) : { _or: parsed }];
		}),
	);
}
