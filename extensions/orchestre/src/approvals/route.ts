import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull } from '../platform/columns.ts';
import { orchestreUserId, type Knex } from '../platform/directus.ts';
import { conflict, notAllowed } from '../platform/errors.ts';
import { tell } from '../platform/notices.ts';
import { addWorkingDays, nextWorkingMoment } from '../platform/time/working-time.ts';
import { writeTrail } from '../platform/trail.ts';
import { readChoice } from './people.ts';
import { askedOf, type Request } from './request.ts';
import { isForManager, ruleText } from './rules/limits.ts';
import type { ApprovalSettings } from './settings.ts';

/** Said where an administrator decides for want of anybody else. */
export const standInText = 'personne d’autre à la direction ne le peut : l’administrateur décide';

/** A request made by hand goes to whom the rules say: the team is the requester's own, whatever was sent. */
export async function route(trx: Knex, request: Request, user: string | null, { limits, decisionDays, calendar }: ApprovalSettings): Promise<void> {
	if (request.status !== 'pending') throw notAllowed('Une demande commence « à décider » : la décision vient ensuite.');
	const isSomebodys = user !== null && user !== orchestreUserId;
	if (isSomebodys && request.requester && request.requester !== user) throw notAllowed('Chacun demande en son propre nom.');
	const requester = isSomebodys ? user : request.requester;
	const own = (await trx('directus_users as u')
		.leftJoin('teams as t', 't.id', 'u.team')
		.where({ 'u.id': requester })
		.first({ team: 't.id', manager: 't.manager' })) as { team: string | null; manager: string | null } | undefined;
	const asked = askedOf(request);
	const { approver, isStandIn } = (await readChoice(trx))({ requester, manager: own?.manager ?? null }, isForManager(asked, limits));
	if (!approver) throw conflict('Personne d’autre que vous ne peut décider de cette demande : il faut d’abord une seconde personne à la direction.');
	const rule = ruleText(asked, limits);
	const change = {
		requester,
		approver,
		team: own?.team ?? null,
		deadline: dateOrNull(request.deadline) ?? addWorkingDays(nextWorkingMoment(clockNow(), calendar), decisionDays, calendar),
		threshold_cents: limits.maxCents,
		rule: isStandIn ? `${rule} ; ${standInText}` : rule,
	};
	await trx('validation').where({ id: request.id }).update(change);
	await writeTrail(trx, {}, [{ action: 'update', collection: 'validation', item: request.id, data: change }]);
	await tell(trx, [
		{ recipients: [approver], subject: `À décider : ${request.title}`, message: request.reason ?? '', collection: 'validation', item: request.id },
	]);
}
