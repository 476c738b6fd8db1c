import { refuseUnlessUpdatable } from '../platform/access.ts';
import type { Accountability, Host } from '../platform/directus.ts';
import { notAllowed, UserError } from '../platform/errors.ts';
import { isUuid } from '../platform/input/fields.ts';
import { isValidSiren } from '../platform/input/siren.ts';
import { runToEnd } from '../platform/jobs/index.ts';
import { counted } from '../platform/text.ts';
import { queueEnrichment } from './job.ts';
import { enrichmentOf } from './record.ts';
import type { EnrichmentView } from './rules/panel.ts';
import type { Enriched } from './rules/types.ts';
import { whyNot } from './search.ts';

const refusal = 'Vous ne pouvez enrichir que les fiches que vous pouvez modifier.';

/** What a form shows; the caller must be able to read the row. */
export async function enrichmentView(host: Host, accountability: Accountability | null, collection: Enriched, id: string): Promise<EnrichmentView> {
	if (!accountability?.user) throw notAllowed('Connectez-vous.');
	const schema = await host.getSchema();
	try {
		await new host.services.ItemsService(collection, { schema, knex: host.database, accountability }).readOne(id, {
			fields: ['id', collection === 'companies' ? 'siren' : 'email'],
		});
	} catch {
		throw notAllowed('Votre rôle ne permet pas de voir cette fiche.');
	}
	const row = (await host.database(collection).where({ id }).first('enrichment')) as Record<string, unknown>;
	const enrichment = enrichmentOf(row);
	const last = (await host.database('jobs').where({ kind: 'enrichment.record', item: id }).orderBy('date_created', 'desc').first('state', 'error')) as
		EnrichmentView['job'] | undefined;
	const { update } = await new host.services.PermissionsService({ accountability, schema, knex: host.database }).getItemPermissions(collection, id);
	return { enrichment, choices: enrichment?.choices ?? [], job: last && last.state !== 'done' ? last : null, off: whyNot(collection), mayAct: update.access };
}

/** A look-up takes longer than this only while a vendor asks for patience. */
const longestWaitMs = 20_000;

/** Looks rows up now, in the caller's name. One is answered at once, several are left to the queue. French; `filled` counts the fields. */
export async function enrichNow(
	host: Host,
	accountability: Accountability | null,
	collection: Enriched,
	ids: readonly string[],
	siren: unknown = null,
): Promise<{ summary: string; filled: number }> {
	if (ids.length === 0 || ids.length > 200 || !ids.every(isUuid)) throw new UserError('Choisissez de 1 à 200 fiches.');
	for (const id of ids) await refuseUnlessUpdatable(host, accountability, collection, id, refusal);
	const why = whyNot(collection);
	if (why) throw new UserError(why);
	if (siren !== null && siren !== undefined && (typeof siren !== 'string' || !isValidSiren(siren))) throw new UserError('Ce SIREN n’est pas valable.');
	const jobs = await host.database.transaction((trx) => queueEnrichment(trx, collection, ids, accountability?.user ?? null, (siren as string | null) ?? null));
	if (ids.length > 1) return { summary: `${counted(jobs.length, 'fiche sera enrichie', 'fiches seront enrichies')} dans les minutes qui viennent.`, filled: 0 };
	const [ended] = await runToEnd(host, jobs, longestWaitMs);
	if (!ended) return { summary: 'Une recherche est déjà en cours pour cette fiche.', filled: 0 };
	const { state, error } = ended;
	if (state === 'waiting') throw new UserError(`${error ?? ''} Une nouvelle tentative est prévue.`.trim(), { code: 'UNAVAILABLE', status: 503 });
	if (state === 'failed') throw new UserError(error ?? 'La recherche a échoué.', { code: 'UNAVAILABLE', status: 503 });
	const { note, filled } = (ended.result ?? {}) as { note?: string; filled?: number };
	return { summary: note ?? error ?? '', filled: filled ?? 0 };
}
