import { randomUUID } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { refuseUnlessUpdatable } from '../../platform/access.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { applyReview } from '../filing/review.ts';
import type { DocumentRead, Review, ReviewOutcome } from '../types.ts';
import type { Decided } from './answers.ts';
import { readAsClass } from './as-class.ts';
import { readAllowed } from './open.ts';
import { readQueue } from './queue.ts';
import { classCorrection, correctionsOf } from './rules/corrections.ts';
import { nameOf, readStored, type StoredDocument } from './stored.ts';

const isSettled = ({ status }: StoredDocument): boolean => status === 'filed' || status === 'rejected';

/** Of two who review at once the second is told who was first. */
async function refuseStale(trx: Knex, stored: StoredDocument, version: string): Promise<void> {
	if (isSettled(stored)) {
		const who = (await nameOf(trx, stored.reviewed_by)) ?? 'Orchestre';
		const done = stored.status === 'filed' ? 'a déjà classé' : 'a déjà rejeté';
		throw conflict(`${who} ${done} ce document : rien de votre saisie n’a été enregistré.`);
	}
	if (stored.status !== 'to_review') throw conflict('Ce document est en cours de lecture : attendez qu’il soit prêt à vérifier.');
	if (stored.version !== version) throw conflict('Ce document a changé depuis que vous l’avez ouvert : rechargez-le, rien de votre saisie n’a été enregistré.');
}

/** Keeps what the review teaches; a second review of the same paper (it was taken back) teaches nothing new. */
async function keepCorrections(trx: Knex, document: string, read: DocumentRead, review: Extract<Review, { decision: 'accept' }>): Promise<void> {
	const examples = [classCorrection(read, review.class), ...correctionsOf(read, review)];
	const rows = examples.map(({ field, predicted, final, isRight, confidence, source, evidence }) => ({
		id: randomUUID(),
		document,
		class: review.class,
		field,
		predicted,
		final,
		is_right: isRight,
		confidence: Math.round(confidence * 10_000),
		source,
		evidence: JSON.stringify(evidence),
		date_created: now(),
	}));
	for (const row of rows) await trx('document_corrections').insert(row).onConflict(['document', 'field']).ignore();
}

/**
 * Settles a document with the caller's rights: the corrections, the records and the document's own state in one transaction. 403 without
 * the right to change the document, 409 when somebody else was first or it was read again since `version`.
 */
export async function decideDocument(host: Host, accountability: Accountability | null, id: string, version: string, review: Review): Promise<Decided> {
	const opened = await readAllowed(host, accountability, id);
	await refuseUnlessUpdatable(host, accountability, 'documents', id, 'Vos droits permettent de lire ce document, pas de le classer.');
	const changed = review.decision === 'accept' && opened.read && opened.read.class !== review.class ? review.class : null;
	// What the person had before them was read as the class that they chose.
	const asked = changed ? await readAsClass(host, accountability as Accountability, opened, changed).catch(() => null) : null;
	const outcome = await host.database.transaction(async (trx): Promise<ReviewOutcome> => {
		const stored = await readStored(trx, id, true);
		if (!stored) throw notFound('Ce document n’existe plus.');
		// On SQLite the transaction holds the only connection.
		const inside: Host = { ...host, database: trx, getSchema: (options) => host.getSchema({ ...options, database: trx }) };
		const apply = (): Promise<ReviewOutcome> => applyReview({ host: inside, trx, accountability }, id, review);
		// The same person's answer once more, after a lost reply: it has its outcome already.
		const isSame = stored.status === (review.decision === 'accept' ? 'filed' : 'rejected');
		if (isSame && stored.reviewed_by === accountability?.user) return apply();
		await refuseStale(trx, stored, version);
		const read = stored.read && asked ? { ...stored.read, fields: asked.fields, lines: asked.lines, vat: asked.vat } : stored.read;
		if (asked)
			await trx('documents')
				.where({ id })
				.update({ extracted: JSON.stringify(read) });
		if (review.decision === 'accept' && read) await keepCorrections(trx, id, read, review);
		return apply();
	});
	const { documents, remaining } = await readQueue(host, accountability);
	const row = (await host.database('documents').where({ id }).first('filing_note')) as { filing_note: string | null } | undefined;
	return { ...outcome, note: row?.filing_note ?? null, next: documents[0]?.id ?? null, remaining };
}
