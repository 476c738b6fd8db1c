import type { Accountability, Host } from '../directus.ts';
import { kindOf, notAllowed, notFound, UserError } from '../errors.ts';
import { connectorOf } from './registry.ts';
import { noteConfiguration, noteTest } from './state.ts';
import { accessOf, notConfigured } from './through.ts';

/**
 * Tests a connection for an administrator: one call without effect. Answers, and keeps on its row, a French sentence of what it reached;
 * throws a UserError (503) with the reason otherwise. The state is kept as after any call.
 */
export async function tryConnection({ database }: Host, accountability: Accountability | null, id: string): Promise<string> {
	if (!accountability?.admin) throw notAllowed('Seul un administrateur peut tester une connexion.');
	const row = (await database('integrations').where({ id }).first('key', 'name')) as { key: string; name: string } | undefined;
	if (!row) throw notFound('Cette connexion n’existe pas.');
	const connector = connectorOf(row.key);
	if (!connector?.test) throw new UserError(`La connexion « ${row.name} » ne se teste pas encore.`);
	const access = accessOf(connector);
	await noteConfiguration(database, connector, access);
	try {
		if (!access) throw new UserError(`${notConfigured(connector)} Sa clé ou son adresse manque dans l’environnement du serveur (.env).`);
		const sentence = await connector.test(database);
		await noteTest(database, connector, sentence);
		return sentence;
	} catch (error) {
		if (kindOf(error) === 'unexpected') throw error;
		const { message } = error as Error;
		await noteTest(database, connector, message);
		throw new UserError(message, { code: 'UNAVAILABLE', status: 503 });
	}
}
