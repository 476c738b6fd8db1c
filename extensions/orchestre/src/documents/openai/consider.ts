import { readFile } from 'node:fs/promises';
import { askOpenAi, openAiConfigured, type SentFile } from '../../openai/index.ts';
import { now } from '../../platform/clock.ts';
import { formatAmount } from '../../platform/amount.ts';
import type { Host, Knex } from '../../platform/directus.ts';
import { kindOf as kindOfError } from '../../platform/errors.ts';
import { forLog, roomLogger } from '../../platform/log.ts';
import { counted } from '../../platform/text.ts';
import { frenchMoment, fromParis, isoOf, toParis } from '../../platform/time/paris.ts';
import { writeTrail } from '../../platform/trail.ts';
import { doubtsOf, isHopeless } from '../filing/rules/decide.ts';
import { readDocumentSettings, readOwnCompany, type DocumentSettings } from '../filing/settings.ts';
import type { Copy } from '../filing/store.ts';
import { kindOf, type DocumentRow } from '../filing/types.ts';
import type { DocumentRead } from '../types.ts';
import { merged } from './merge.ts';
import { readPrecision } from './precision.ts';
import { largestFile, longestText, questionOn } from './question.ts';

const pictures: Readonly<Record<string, SentFile['type']>> = {
	png: 'image/png',
	jpg: 'image/jpeg',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	pdf: 'application/pdf',
};

/** Spent on documents today, in millionths of a euro. */
async function spentToday(knex: Knex): Promise<number> {
	const since = fromParis(toParis(now()).day, 0);
	const row = (await knex('documents').where('ai_sent_at', '>=', since).sum({ n: 'ai_cost_micros' }).first()) as { n: number | string | null } | undefined;
	return Number(row?.n ?? 0);
}

/** Whether this document may be sent: its type is ticked, there is a key, it would go to a person, and this content was not sent before. */
function mayAsk(settings: DocumentSettings, row: DocumentRow, copy: Copy, read: DocumentRead): boolean {
	const { refusal, einvoice, class: kind } = read;
	if (einvoice || (refusal && isHopeless(refusal.code)) || read.method === 'xml') return false;
	if (!settings.openai.types.has(refusal ? 'other' : kindOf[kind]) || !openAiConfigured()) return false;
	if (row.ai_sent_at && row.sha256 === copy.sha256) return false;
	return doubtsOf(read, settings.demands).length > 0;
}

async function fileOf({ path, filename, size }: Copy): Promise<SentFile | null> {
	const type = pictures[path.split('.').at(-1) ?? ''];
	if (!type || size > largestFile) return null;
	return { name: filename, type, base64: (await readFile(path)).toString('base64') };
}

async function note(knex: Knex, id: string, columns: Record<string, unknown>): Promise<void> {
	await knex.transaction(async (trx) => {
		await trx('documents').where({ id }).update(columns);
		await writeTrail(trx, {}, [{ action: 'update', collection: 'documents', item: id, data: columns }]);
	});
}

const euros = (micros: number): string => (micros < 10_000 ? 'moins d’un centime' : formatAmount(Math.ceil(micros / 10_000), 'eur', 'fr'));

/**
 * The reading, made better by OpenAI where the settings let this type leave the company and a person would have to look anyway. What was sent, when
 * and at what cost stands on the document. Whatever goes wrong there, the local reading goes on.
 */
export async function considerOpenAi(host: Host, row: DocumentRow, copy: Copy, read: DocumentRead): Promise<DocumentRead> {
	const { database } = host;
	const settings = await readDocumentSettings(database);
	if (!mayAsk(settings, row, copy, read)) return read;
	if ((await spentToday(database)) >= settings.openai.budgetCents * 10_000) {
		await note(database, row.id, { ai_note: 'Pas envoyé : la dépense prévue par jour pour les documents est atteinte.' });
		return read;
	}
	const file = await fileOf(copy);
	const what = [...(file ? ['le fichier entier'] : []), `le texte lu (${counted(Math.min(read.text.length, longestText), 'caractère', 'caractères')})`].join(
		' et ',
	);
	let micros = 0;
	const at = now();
	const said = (outcome: string): Record<string, unknown> => ({
		ai_note: `Envoyé à OpenAI le ${frenchMoment(at)} : ${what}. Coût : ${euros(micros)}. ${outcome}`,
		ai_sent_at: at,
		ai_cost_micros: micros,
	});
	// Said before it leaves: what becomes of this process meanwhile, the document tells it.
	await note(database, row.id, { ai_note: `Envoi à OpenAI le ${frenchMoment(at)} : ${what}. Réponse attendue.` });
	try {
		const own = await readOwnCompany(database);
		const answer = await askOpenAi(database, questionOn(read.text, own.name, file ? [file] : [], (cost) => void (micros = cost))); // prettier-ignore
		await note(database, row.id, said('Sa réponse a passé les mêmes contrôles que la lecture locale.'));
		return merged(read, answer, isoOf(toParis(at).day), await readPrecision(database));
	} catch (error) {
		const isOperational = kindOfError(error) === 'operational';
		if (!isOperational) roomLogger(host.logger, 'documents').error({ document: row.id, err: forLog(error) }, 'OpenAI could not be asked');
		const reason = isOperational ? (error as Error).message : 'Erreur imprévue.';
		// Nothing may have left, or all of it: the note says what is known.
		await note(
			database,
			row.id,
			micros > 0
				? said(`Réponse inutilisable : ${reason}`)
				: { ai_note: `Envoi à OpenAI tenté le ${frenchMoment(at)} (${what}), sans réponse : ${reason} La lecture locale est gardée.` },
		);
		return read;
	}
}
