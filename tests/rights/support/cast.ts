import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { policyIds, roleIds } from '../../../seeds/ids.ts';
import { roles } from '../../../seeds/roles.ts';
import { signToken } from '../../../scripts/support/directus.ts';
import type { LimitedRole } from '../../../seeds/rights/words.ts';
import type { TestDirectus } from '../../support/directus.ts';
import type { Me } from './evaluate.ts';

/** Somebody in whose name the matrix asks. `roles` are the tables' lines that hold for them: several, or none (public). */
export type Actor = { label: string; roles: LimitedRole[]; me: Me; id: string | null; token: string | null };

/** `bare`: without a team and without a reseller company. `also`: a second role's policy, given to the person. */
export type Part = { label: string; role: LimitedRole | null; bare?: boolean; also?: LimitedRole };

/** Whom and what planted rows can belong to. */
export type Cast = { actors: Actor[]; colleague: string; stranger: string; team: { mine: string; other: string }; company: { mine: string; other: string } };

/** Hires who plays in this file: all in one team and for one reseller, beside a colleague and a stranger of another team. */
export async function hireCast({ database, hire }: TestDirectus, parts: readonly Part[]): Promise<Cast> {
	const insert = async (table: string, row: Record<string, unknown>): Promise<string> => {
		const id = randomUUID();
		await database(table).insert({ id, ...row });
		return id;
	};
	const team = {
		mine: await insert('teams', { name: 'Notre équipe', kind: 'sales' }),
		other: await insert('teams', { name: 'Une autre équipe', kind: 'sales' }),
	};
	const company = { mine: await insert('companies', { name: 'Notre revendeur' }), other: await insert('companies', { name: 'Un autre revendeur' }) };
	const colleague = await hire(roles.commercial.name, { team: team.mine, last_name: 'Collègue' });
	const stranger = await hire(roles.commercial.name, { team: team.other, last_name: 'Étranger' });
	const actors: Actor[] = [];
	for (const part of parts) actors.push(await hireActor(database, hire, part, team.mine, company.mine));
	return { actors, colleague: colleague.id, stranger: stranger.id, team, company };
}

async function hireActor(database: Knex, hire: TestDirectus['hire'], { label, role, bare, also }: Part, team: string, company: string): Promise<Actor> {
	if (!role) return { label, roles: [], me: null, id: null, token: null };
	const { id } = await hire(roles[role].name, bare ? {} : { team, reseller_company: company });
	if (also) await database('directus_access').insert({ id: randomUUID(), user: id, policy: policyIds[also], role: null, sort: 1 });
	const me = (await database('directus_users').where({ id }).first()) as Me;
	return { label, roles: also ? [role, also] : [role], me, id, token: signToken({ id, role: roleIds[role] }) };
}
