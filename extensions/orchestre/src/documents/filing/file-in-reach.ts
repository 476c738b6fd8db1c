import type { FilterContext, Host, SchemaOverview } from '../../platform/directus.ts';
import type { FieldFault } from '../../platform/errors.ts';
import type { Payload } from '../../platform/written.ts';

const idIn = (file: unknown): string | null => {
	const id = typeof file === 'object' && file !== null && 'id' in file ? file.id : file;
	return typeof id === 'string' ? id : null;
};

/**
 * Faults of a document that is given a file which its writer may not open: reading it would show them what is in it. `keys`: the documents
 * that are changed; the file that they have already may be said again.
 */
export async function fileFaults(services: Host['services'], payload: Payload, keys: readonly string[] | null, context: FilterContext): Promise<FieldFault[]> {
	const file = idIn(payload['file']);
	if (!file) return [];
	const { accountability, database, schema } = context;
	const kept = keys?.length ? await database('documents').whereIn('id', [...keys]).where({ file }).pluck('id') : []; // prettier-ignore
	if (keys?.length && kept.length === keys.length) return [];
	const files = new services.ItemsService('directus_files', { accountability, schema: schema as SchemaOverview, knex: database });
	return files.readOne(file, { fields: ['id'] }).then(
		() => [],
		() => [{ field: 'file', message: 'Ce fichier n’existe pas, ou vos droits ne permettent pas de le voir. Choisissez-en un autre, ou envoyez le vôtre.' }],
	);
}
