import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../../../platform/clock.ts';
import { dateOrNull, readLocked } from '../../../platform/columns.ts';
import { chunks, orchestreUserId, type Knex } from '../../../platform/directus.ts';
import { conflict, fieldError, notAllowed } from '../../../platform/errors.ts';
import { tell } from '../../../platform/notices.ts';
import { directionRole, managerRole } from '../../../platform/roles.ts';
import { addTaskOnce } from '../../../platform/tasks.ts';
import { frenchMoment } from '../../../platform/time/paris.ts';
import { addWorkingDays, nextWorkingMoment } from '../../../platform/time/working-time.ts';
import { writeTrail } from '../../../platform/trail.ts';
import type { Written } from '../../../platform/written.ts';
import { isForManager, ruleText } from '../rules/incentive.ts';
import { readRetention, type RetentionSettings } from '../settings.ts';
import { readDirection } from './clients.ts';

type Request = {
	id: string;
	title: string;
	status: string;
	kind: string;
	requester: string | null;
	approver: string | null;
	team: string | null;
	deadline: unknown;
	amount_cents: number | string | null;
	reason: string | null;
	comment: string | null;
	decided_at: unknown;
	company: string | null;
};

const decisions = ['approved', 'rejected'];

/** Refuses (403, 409) a decision of somebody who may not take it, of what is decided already, and too late. */
async function refuseUnlessDecidable(trx: Knex, request: Request, user: string | null, { managerMaxCents }: RetentionSettings): Promise<void> {
	if (request.decided_at) throw conflict('Cette demande est déjà décidée.');
	const deadline = dateOrNull(request.deadline);
	if (deadline && deadline < clockNow()) throw conflict(`Le délai de décision est passé depuis le ${frenchMoment(deadline)} : faites une nouvelle demande.`);
	const person = (await trx('directus_users').where({ id: user }).first('role')) as { role: string | null } | undefined;
	if (person?.role && (await isAdministrator(trx, person.role))) return;
	if (!user || user === request.requester) throw notAllowed('Personne ne décide de sa propre demande.');
	if (person?.role === directionRole) return;
	const isManagers = person?.role === managerRole && user === request.approver;
	if (!isManagers) throw notAllowed('Seuls le manager désigné et la direction décident d’un geste commercial.');
	const cents = Number(request.amount_cents ?? 0);
	if (!isForManager(cents, managerMaxCents)) throw notAllowed(`${ruleText(cents, managerMaxCents)}.`);
}

const isAdministrator = async (trx: Knex, role: string): Promise<boolean> =>
	Boolean(await trx('directus_access as a').join('directus_policies as p', 'p.id', 'a.policy').where({ 'a.role': role, 'p.admin_access': true }).first('a.id'));

/** After an agreement: the task to make the offer, once, and a word to whoever asked. */
async function follow(trx: Knex, request: Request, { calendar }: RetentionSettings): Promise<void> {
	const { id, title, requester, company, team, status } = request;
	const now = clockNow();
	const isApproved = status === 'approved';
	if (isApproved)
		await addTaskOnce(trx, {
			id: randomUUID(),
			title: `Proposer le geste commercial accordé – ${title.replace(/^Geste commercial : /, '')}`.slice(0, 255),
			description: [request.reason, request.comment].filter(Boolean).join('\n'),
			status: 'todo',
			kind: 'call',
			priority: 'urgent',
			due_at: addWorkingDays(nextWorkingMoment(now, calendar), 1, calendar),
			assignee: requester,
			team,
			company,
			origin: 'success.incentive',
			origin_key: `incentive:${id}`,
			date_created: now,
			user_created: orchestreUserId,
		});
	if (requester)
		await tell(trx, [{ recipients: [requester], subject: `${isApproved ? 'Accordé' : 'Refusé'} : ${title}`, message: request.comment || 'Sans commentaire.', collection: 'validation', item: id }]); // prettier-ignore
}

async function decide(trx: Knex, request: Request, user: string | null, settings: RetentionSettings): Promise<void> {
	await refuseUnlessDecidable(trx, request, user, settings);
	if (request.status === 'rejected' && !request.comment?.trim())
		throw fieldError({ field: 'comment', message: 'Dites pourquoi ce geste est refusé : la personne qui le demande le lira.', collection: 'validation' });
	const stamp = { decided_at: clockNow(), decided_by: user };
	await trx('validation').where({ id: request.id }).update(stamp);
	await writeTrail(trx, { user }, [{ action: 'update', collection: 'validation', item: request.id, data: stamp }]);
	await follow(trx, request, settings);
}

/** A request made by hand goes to whom the rule says, with the deadline of the settings. */
async function route(trx: Knex, request: Request, settings: RetentionSettings): Promise<void> {
	const { managerMaxCents, decisionDays, calendar } = settings;
	const cents = Number(request.amount_cents ?? 0);
	const team =
		request.team ?? ((await trx('directus_users').where({ id: request.requester }).first('team')) as { team: string | null } | undefined)?.team ?? null;
	const manager = team ? ((await trx('teams').where({ id: team }).first('manager')) as { manager: string | null } | undefined)?.manager : null;
	const approver = (await readDirection(trx))({ owner: request.requester, manager: manager ?? null }, isForManager(cents, managerMaxCents));
	const change = {
		approver,
		team,
		deadline: dateOrNull(request.deadline) ?? addWorkingDays(nextWorkingMoment(clockNow(), calendar), decisionDays, calendar),
		threshold_cents: managerMaxCents,
		rule: ruleText(cents, managerMaxCents),
	};
	await trx('validation').where({ id: request.id }).update(change);
	await writeTrail(trx, {}, [{ action: 'update', collection: 'validation', item: request.id, data: change }]);
	if (approver) await tell(trx, [{ recipients: [approver], subject: `À décider : ${request.title}`, message: request.reason ?? '', collection: 'validation', item: request.id }]); // prettier-ignore
}

/** Incentives that a transaction wrote: new ones find their way, decisions are checked and followed up in the same transaction. */
export async function treatApprovals(trx: Knex, written: readonly Written[]): Promise<void> {
	const settings = await readRetention(trx);
	for (const part of chunks(written, 200)) {
		const rows = (await readLocked(
			trx,
			'validation',
			part.map(({ id }) => id),
		)) as Request[];
		for (const request of rows) {
			const own = part.find(({ id }) => id === request.id);
			if (!own || request.kind !== 'incentive') continue;
			if (own.created) {
				if (request.status !== 'pending') throw notAllowed('Une demande commence « à décider » : la décision vient ensuite.');
				await route(trx, request, settings);
			} else if ('status' in own.set && request.status === 'expired')
				throw notAllowed('Une demande expire d’elle-même, quand son délai est passé : accordez-la, refusez-la ou retirez-la.');
			else if ('status' in own.set && decisions.includes(request.status)) await decide(trx, request, own.user, settings);
		}
	}
}

/** Requests that nobody decided in time lapse; both sides are told. */
export async function expireApprovals(trx: Knex): Promise<number> {
	const now = clockNow();
	const late = (await trx('validation').where({ kind: 'incentive', status: 'pending' }).where('deadline', '<', now).orderBy('id').select('id', 'title', 'requester', 'approver')) as Pick<
		Request,
		'id' | 'title' | 'requester' | 'approver'
	>[]; // prettier-ignore
	const change = { status: 'expired', date_updated: now, user_updated: orchestreUserId };
	for (const part of chunks(late, 500))
		await trx('validation')
			.whereIn(
				'id',
				part.map(({ id }) => id),
			) // prettier-ignore
			.update(change);
	await writeTrail(
		trx,
		{},
		late.map(({ id }) => ({ action: 'update', collection: 'validation', item: id, data: change })),
	);
	await tell(
		trx,
		late.map(({ id, title, requester, approver }) => ({
			recipients: [requester, approver].filter((user) => user !== null),
			subject: `Délai passé : ${title}`,
			message: 'Personne n’a décidé à temps : la demande a expiré. Si le geste est toujours utile, faites-en une nouvelle.',
			collection: 'validation',
			item: id,
		})),
	);
	return late.length;
}
