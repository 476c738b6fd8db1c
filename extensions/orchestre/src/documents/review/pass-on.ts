import { refuseUnlessUpdatable } from '../../platform/access.ts';
import { now } from '../../platform/clock.ts';
import type { Accountability, Host } from '../../platform/directus.ts';
import { conflict, notFound, UserError } from '../../platform/errors.ts';
import { withoutIbans } from '../../platform/input/iban.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import { tell } from '../../platform/notices.ts';
import { plainLine, shorten } from '../../platform/text.ts';
import { frenchDate } from '../../platform/time/paris.ts';
import { Writer } from '../../platform/writer.ts';
import { readerFor } from '../../timeline/reader.ts';
import { systemWriter } from '../filing/context.ts';
import { madeBy } from '../filing/review.ts';
import { staffFor, type Member } from '../filing/reviewers.ts';
import { lockDocument } from '../filing/rows.ts';
import { readDocumentSettings } from '../filing/settings.ts';
import { classWords, kindOf, typeOf } from '../filing/types.ts';
import type { DocumentClass } from '../types.ts';
import type { PassedOn, Recipient } from './answers.ts';
import { readAllowed } from './open.ts';
import { readQueue } from './queue.ts';
import { nameOf } from './stored.ts';

/** `to`: a person, or null for whoever may accept such a paper and is the freest. `note`: a word to them. */
export type PassOn = { class: DocumentClass; to: string | null; note: string };

/** Refuses (403) whoever may not decide on this document, and answers who else may accept it as a paper of this class. */
async function othersFor(host: Host, accountability: Accountability | null, id: string, documentClass: DocumentClass): Promise<Member[]> {
	await readAllowed(host, accountability, id);
	await refuseUnlessUpdatable(host, accountability, 'documents', id, 'Vos droits permettent de lire ce document, pas de le transmettre.');
	const staff = await staffFor(host.database, await readDocumentSettings(host.database), kindOf[documentClass], madeBy[documentClass]);
	return staff.filter((one) => one.id !== accountability?.user);
}

/** Who may be handed a document, by name, as far as the caller may see these people. */
export async function recipientsFor(host: Host, accountability: Accountability | null, id: string, documentClass: DocumentClass): Promise<Recipient[]> {
	const others = await othersFor(host, accountability, id, documentClass);
	const reader = await readerFor(host, accountability as Accountability, ['directus_users']);
	const filter = { id: { _in: others.map((one) => one.id) } };
	const fields = ['first_name', 'last_name', 'title'];
	const rows = await reader.rows('directus_users', { needs: ['id'], fields, filter, sort: ['last_name', 'first_name'], limit: -1 });
	return rows.map((row) => ({
		id: String(row['id']),
		name: [row['first_name'], row['last_name']].filter(Boolean).join(' '),
		title: row['title'] ? String(row['title']) : null,
	}));
}

/**
 * Hands a document that waits to somebody who may accept it: it is theirs, with the task, a notice and a line on who passed it on, as its
 * history has it. Handed to the same person again, nothing changes. 403 without the right to decide on it, 409 once it is settled.
 */
export async function passOn(host: Host, accountability: Accountability | null, id: string, order: PassOn): Promise<PassedOn> {
	const others = await othersFor(host, accountability, id, order.class);
	const caller = accountability as Accountability;
	const actions = new LaterActions();
	const to = await host.database.transaction(async (trx) => {
		const row = await lockDocument(trx, id);
		if (!row) throw notFound('Ce document n’existe plus.');
		if (row.status !== 'to_review') throw conflict('Ce document n’attend plus de vérification.');
		const keeper = order.to === null ? others.find((one) => one.id === row.owner) : undefined;
		const chosen = keeper ?? (order.to === null ? others[0] : others.find((one) => one.id === order.to));
		if (!chosen)
			throw new UserError(order.to === null ? 'Personne d’autre ne peut classer ce document.' : 'Cette personne ne peut pas classer ce document : choisissez-en une autre.'); // prettier-ignore
		const name = (await nameOf(trx, chosen.id)) ?? '';
		if (chosen.id === row.owner) return name;
		const who = (await nameOf(trx, caller.user ?? null)) ?? '';
		const word = withoutIbans(plainLine(order.note));
		const said = `Transmis par ${who} à ${name} le ${frenchDate(now())}, comme ${classWords[order.class]}${word ? ` : ${word}` : '.'}`;
		// Who passed it on stands in its history; the note and the tasks are the product's.
		const own = new Writer(host, trx, caller, actions);
		await own.update('documents', [id], { owner: chosen.id, team: chosen.team, ...(row.type !== typeOf[order.class] && { type: typeOf[order.class] }) });
		const product = systemWriter(host, trx, actions);
		await product.update('documents', [id], { filing_note: [said, ...(row.filing_note ? [row.filing_note] : [])].join('\n') });
		const tasks = (await trx('tasks').where({ document: id, origin: 'documents.review' }).whereIn('status', ['todo', 'in_progress']).pluck('id')) as string[];
		await product.update('tasks', tasks, { assignee: chosen.id, team: chosen.team });
		const message = word ? `${who} vous le confie : ${word}` : `${who} vous le confie : c’est ${classWords[order.class]}.`;
		await tell(trx, [{ recipients: [chosen.id], subject: shorten(`Document à vérifier : ${row.title}`, 255), message, collection: 'documents', item: id }]);
		return name;
	});
	actions.emit();
	const { documents } = await readQueue(host, accountability);
	return { to, next: documents.find((one) => one.id !== id)?.id ?? null };
}
