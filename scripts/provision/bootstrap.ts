import type { Knex } from 'knex';
import { accessId, policyIds, roleIds } from '../../seeds/ids.ts';

/**
 * Directus's own tables and migrations, and the first administrator, each only where it is missing: what
 * `directus bootstrap` does, in this process, and with the ids that the seeds know.
 */
export async function bootstrap(database: Knex): Promise<void> {
	const { isInstalled } = await import('@directus/api/database/index');
	const { default: install } = await import('@directus/api/database/seeds/run');
	if (!(await isInstalled())) await install(database);
	await migrate(database, 'none');
	if (!(await database('directus_users').first('id'))) await createAdministrator();
}

/**
 * extensions/migrations: what the schema files cannot say (composite indexes, checks). They need the collections, hence after
 * the schema, while Directus's own migrations come before it.
 */
export async function migrateOurs(database: Knex): Promise<void> {
	await migrate(database, process.env.MIGRATIONS_PATH ?? 'none');
}

/** Directus's own migrations and those of `ours`; a folder that does not exist holds none. */
async function migrate(database: Knex, ours: string): Promise<void> {
	const { useEnv } = await import('@directus/env');
	const { default: run } = await import('@directus/api/database/migrations/run');
	const env = useEnv();
	const configured = env.MIGRATIONS_PATH;
	env.MIGRATIONS_PATH = ours;
	try {
		await run(database, 'latest', false);
	} finally {
		env.MIGRATIONS_PATH = configured;
	}
}

async function createAdministrator(): Promise<void> {
	const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password, ADMIN_TOKEN: token } = process.env;
	if (!email || !password) throw new Error('ADMIN_EMAIL and ADMIN_PASSWORD must be set: they are the first administrator.');
	const { getSchema } = await import('@directus/api/utils/get-schema');
	const { AccessService, PoliciesService, RolesService, UsersService } = await import('@directus/api/services/index');
	const schema = await getSchema();
	const [role, policy] = [roleIds.administrator, policyIds.administrator];
	await new RolesService({ schema }).createOne({ id: role, name: 'Administrateur', icon: 'verified' });
	await new PoliciesService({ schema }).createOne({ id: policy, name: 'Administrateur', icon: 'verified', admin_access: true, app_access: true });
	await new AccessService({ schema }).createOne({ id: accessId('administrator', 'administrator'), role, policy });
	await new UsersService({ schema }).createOne({ first_name: 'Admin', last_name: 'Orchestre', email, password, token: token ?? null, role, status: 'active' });
}
