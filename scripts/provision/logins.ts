import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Knex } from 'knex';
import { roleIds, roleKeys } from '../../seeds/ids.ts';
import { call } from '../support/client.ts';
import type { Client } from '../support/client.ts';
import { isDemoId } from '../demo/ids.ts';

/** One person per role with whom a visitor of the demo signs in; the password is of this installation alone. */
export type Login = { role: string; name: string; email: string; password: string };

type User = { id: string; first_name: string; last_name: string; email: string; role: string };

/**
 * Gives one person of the demo per role a random password and keeps it in `file` (0600), from which the start prints it.
 * A login that the file has already stays as it is.
 */
export async function giveLogins(admin: Client, database: Knex, file: string): Promise<Login[]> {
	const users = (await database('directus_users')
		.where({ status: 'active' })
		.whereNotNull('email')
		.orderBy('last_name')
		.select('id', 'first_name', 'last_name', 'email', 'role')) as User[];
	const roles = new Map(((await database('directus_roles').select('id', 'name')) as { id: string; name: string }[]).map(({ id, name }) => [id, name]));
	const known = new Map((readLogins(file) ?? []).map((login) => [login.email, login]));
	const logins: Login[] = [];
	for (const key of roleKeys) {
		const user = users.find(({ id, role }) => role === roleIds[key] && isDemoId(id));
		if (!user) continue;
		const existing = known.get(user.email);
		const login = existing ?? {
			role: roles.get(user.role) ?? key,
			name: `${user.first_name} ${user.last_name}`,
			email: user.email,
			password: randomBytes(9).toString('base64url'),
		};
		if (!existing) await call(admin, 'PATCH', `/users/${user.id}`, { password: login.password });
		logins.push(login);
	}
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify(logins, null, '\t')}\n`, { mode: 0o600 });
	return logins;
}

export const readLogins = (file: string): Login[] | null => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Login[]) : null);
