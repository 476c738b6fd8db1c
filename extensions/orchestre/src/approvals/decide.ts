import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull } from '../platform/columns.ts';
import { orchestreUserId, type Knex } from '../platform/directus.ts';
import { conflict, fieldError, notAllowed } from '../platform/errors.ts';
import { tell } from '../platform/notices.ts';
import { addTaskOnce } from '../platform/tasks.ts';
import { frenchMoment } from '../platform/time/paris.ts';
import { addWorkingDays, nextWorkingMoment } from '../platform/time/working-time.ts';
import { writeTrail } from '../platform/trail.ts';
import { readPerson } from './people.ts';
import { askedOf, type Request } from './request.ts';
import { isForManager, ruleText } from './rules/limits.ts';
import type { ApprovalSettings } from './settings.ts';

/** Refuses (409) what comes after the decision or the deadline. */
export function refuseUnlessOpen({ decided_at, deadline }: Request): void {
	if (decided_at) throw conflict('Cette demande est déjà décidée.');
	const until = dateOrNull(deadline);
	if (until && until < clockNow()) throw conflict(`Le délai de décision est passé depuis le ${frenchMoment(until)} : faites une nouvelle demande.`);
}

/** Refuses (403) a decision of somebody who may not take it: whoever asked, whoever was not named, and a manager above the limits. */
export async function refuseUnlessDecider(trx: Knex, request: Request, user: string | null, { limits }: ApprovalSettings): Promise<void> {
	if (!user || user === request.requester) throw notAllowed('Personne ne décide de sa propre demande.');
	const person = await readPerson(trx, user);
	if (person?.isDirection) return;
	if (!person || user !== request.approver) throw notAllowed('Seules la personne désignée et la direction décident de cette demande.');
	const asked = askedOf(request);
	if (!isForManager(asked, limits) && !person.isAdministrator) throw notAllowed(`${ruleText(asked, limits)}.`);
}

async function stamp(trx: Knex, id: string, user: string | null): Promise<void> {
	const data = { decided_at: clockNow(), decided_by: user };
	await trx('validation').where({ id }).update(data);
	await writeTrail(trx, { user }, [{ action: 'update', collection: 'validation', item: id, data }]);
}

/** After an agreement to an incentive: the task to make the offer, once. */
const offerTask = (trx: Knex, { id, title, requester, company, team, reason, comment }: Request, { calendar }: ApprovalSettings): Promise<boolean> =>
	addTaskOnce(trx, {
		id: randomUUID(),
		title: `Proposer le geste commercial accordé – ${title.replace(/^Geste commercial : /, '')}`.slice(0, 255),
		description: [reason, comment].filter(Boolean).join('\n'),
		status: 'todo',
		kind: 'call',
		priority: 'urgent',
		due_at: addWorkingDays(nextWorkingMoment(clockNow(), calendar), 1, calendar),
		assignee: requester,
		team,
		company,
		origin: 'success.incentive',
		origin_key: `incentive:${id}`,
		date_created: clockNow(),
		user_created: orchestreUserId,
	});

/** An agreement or a refusal: checked, stamped, followed up and told. */
export async function decide(trx: Knex, request: Request, user: string | null, settings: ApprovalSettings): Promise<void> {
	const { id, title, status, kind, requester, comment } = request;
	await refuseUnlessDecider(trx, request, user, settings);
	if (status === 'rejected' && !comment?.trim())
		throw fieldError({ field: 'comment', message: 'Dites pourquoi vous refusez : la personne qui le demande le lira.', collection: 'validation' });
	await stamp(trx, id, user);
	const isApproved = status === 'approved';
	if (isApproved && kind === 'incentive') await offerTask(trx, request, settings);
	if (requester)
		await tell(trx, [{ recipients: [requester], subject: `${isApproved ? 'Accordé' : 'Refusé'} : ${title}`, message: comment || 'Sans commentaire.', collection: 'validation', item: id }]); // prettier-ignore
}

/** Whoever asked takes it back, and nobody else; whoever was to decide is told. */
export async function withdraw(trx: Knex, { id, title, requester, approver, comment }: Request, user: string | null): Promise<void> {
	if (!user || user !== requester) throw notAllowed('Seule la personne qui a fait la demande la retire.');
	await stamp(trx, id, user);
	if (approver)
		await tell(trx, [{ recipients: [approver], subject: `Demande retirée : ${title}`, message: comment || 'Il n’y a plus rien à décider.', collection: 'validation', item: id }]); // prettier-ignore
}

/** Another approver or deadline: by Direction or an administrator who did not ask, to somebody who may decide. */
export async function handOn(trx: Knex, request: Request, user: string | null, isNewApprover: boolean, { limits }: ApprovalSettings): Promise<void> {
	const by = await readPerson(trx, user);
	if (!by || user === request.requester || !(by.isDirection || by.isAdministrator)) throw notAllowed('Seule la direction confie une demande à quelqu’un d’autre ou en change le délai, jamais la sienne.'); // prettier-ignore
	if (!isNewApprover) return;
	const { approver, requester, title, reason, id } = request;
	const person = approver === requester ? null : await readPerson(trx, approver);
	const isFit = person?.isStaff && (person.isDirection || person.isAdministrator || isForManager(askedOf(request), limits));
	if (!approver || !isFit) throw fieldError({ field: 'approver', message: 'Cette personne ne peut pas décider de cette demande.', collection: 'validation' });
	await tell(trx, [{ recipients: [approver], subject: `À décider : ${title}`, message: reason ?? '', collection: 'validation', item: id }]);
}
