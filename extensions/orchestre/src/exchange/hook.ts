import { defineHook } from '@directus/extensions-sdk';
import type { FilterContext, Knex } from '../platform/directus.ts';
import { UserError } from '../platform/errors.ts';
import { guardInput, keepHistory, treatWritten, type Payload, type Written } from '../platform/written.ts';
import { defuseExports } from './exports/patch.ts';
import { computedImportFields, decidedFields } from './fields.ts';
import './jobs/index.ts';
import { queueCheck } from './jobs/queue.ts';
import './routes.ts';
import { readImport, updateImport } from './row.ts';

const settled = ['refused', 'failed', 'undone', 'cancelled'];

/** A file can be exchanged while nothing of it is written; else undo first, or a second import would hide the first. */
async function refuseChangingWritten(payload: Payload, keys: readonly string[] | null, { database }: FilterContext): Promise<void> {
	if (!keys || !decidedFields.some((field) => field in payload)) return;
	for (const id of keys) {
		const one = await readImport(database, id);
		if (one && (!settled.includes(one.state) || one.rows_done > 0))
			throw new UserError('Ce fichier est déjà importé ou en cours d’import : défaites d’abord l’import, ou créez-en un autre.', {
				code: 'IMPORT_UNDER_WAY',
				status: 409,
			});
	}
}

async function nameOf(trx: Knex, file: string | null): Promise<string> {
	const row = file
		? ((await trx('directus_files').where({ id: file }).first('filename_download')) as { filename_download: string | null } | undefined)
		: undefined;
	return row?.filename_download ?? 'Import';
}

/** A new import, or another file: the check is queued with it. */
async function treat(trx: Knex, written: readonly Written[]): Promise<void> {
	for (const { id, created, set } of written) {
		if (!created && !decidedFields.some((field) => field in set)) continue;
		const one = await readImport(trx, id);
		if (!one) continue;
		const change = {
			name: one.name ?? (await nameOf(trx, one.file)),
			round: (one.round ?? 0) + 1,
			state: 'checking' as const,
			report: {},
			parts: 0,
			rows_total: 0,
			rows_good: 0,
			rows_bad: 0,
			rows_done: 0,
			rows_kept: 0,
		};
		await updateImport(trx, id, change);
		await queueCheck(trx, { ...one, ...change });
	}
}

/** Wiring of the exchange room: files come in as imports (docs/decisions/080), and exports are safe to open in a spreadsheet. */
export default defineHook(({ filter, init }, context) => {
	guardInput(filter, 'imports', computedImportFields, async (payload, keys, filterContext) => {
		await refuseChangingWritten(payload, keys, filterContext);
		return {};
	});
	treatWritten(filter, 'imports', treat);
	keepHistory(filter, 'import_parts', 'Le détail des imports est tenu par Orchestre.');
	filter<string[]>('imports.items.delete', async (ids, _meta, raw) => {
		const { database } = raw as FilterContext;
		const moving: unknown = await database('imports').whereIn('id', ids).whereIn('state', ['checking', 'running', 'undoing']).first('id');
		if (moving) throw new UserError('Un import en cours ne peut pas être supprimé : annulez-le d’abord.', { code: 'IMPORT_UNDER_WAY', status: 409 });
		return ids;
	});
	init('app.before', () => defuseExports(context.services));
});
