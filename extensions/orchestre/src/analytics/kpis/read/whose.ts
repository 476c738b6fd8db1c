import type { Accountability, Knex } from '../../../platform/directus.ts';
import { UserError } from '../../../platform/errors.ts';
import { directionRole, financeRole, managerRole } from '../../../platform/roles.ts';
import type { KpiDefinition, Scope } from '../types.ts';
import type { Asked } from './asked.ts';

/** Whose figure it is; `name` for sentences. */
export type Whose = { scope: Scope; key: string; name: string };

/** Whoever sees all looks at the company first, a manager at the team, everybody else at themself; as near to it as the KPI goes. */
function usual({ role, admin }: Accountability, { scopes }: KpiDefinition): Scope {
	const widest: Scope = admin || role === directionRole || role === financeRole ? 'company' : role === managerRole ? 'team' : 'person';
	return scopes.includes(widest) ? widest : 'company';
}

const teamOf = async (knex: Knex, user: string | null): Promise<string | null> =>
	((await knex('directus_users').where({ id: user }).first('team')) as { team: string | null } | undefined)?.team ?? null;

/** Names of teams, people and clients by id; what is in no team, or nobody's, has a name, too. */
export async function namesOf(knex: Knex, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
	const names = new Map([['none', scope === 'team' ? 'Sans équipe' : 'Sans responsable'], ['company', 'Entreprise']]);
	if (scope === 'company' || ids.length === 0) return names;
	const table = { team: 'teams', person: 'directus_users', client: 'companies' }[scope];
	const columns = scope === 'person' ? ['id', 'first_name', 'last_name'] : ['id', 'name'];
	const rows = (await knex(table).whereIn('id', ids.filter((id) => id !== 'none')).select(columns)) as Record<string, string | null>[]; // prettier-ignore
	for (const row of rows) names.set(String(row['id']), [row['name'], row['first_name'], row['last_name']].filter(Boolean).join(' '));
	return names;
} // prettier-ignore

/** Whose figure a request is about: what it says, else what suits the caller. Rights are the reader's matter. */
export async function whoseOf(knex: Knex, asked: Pick<Asked, 'scope' | 'key'>, definition: KpiDefinition, accountability: Accountability): Promise<Whose> {
	const scope = asked.scope ?? usual(accountability, definition);
	if (scope === 'company') return { scope, key: 'company', name: 'Entreprise' };
	const key = asked.key ?? (scope === 'team' ? await teamOf(knex, accountability.user) : accountability.user);
	if (!key) throw new UserError('Vous n’êtes dans aucune équipe : dites laquelle avec scope_key.');
	const name = scope === 'client' ? '' : ((await namesOf(knex, scope, [key])).get(key) ?? '');
	return { scope, key, name };
}
