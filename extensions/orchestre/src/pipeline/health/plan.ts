import { randomUUID } from 'node:crypto';
import { addWorkingDays, nextWorkingMoment } from '../../platform/time/working-time.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { refuseUnlessCreatable, refuseUnlessUpdatable } from '../../platform/access.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { parseJson, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { writeTrail } from '../../platform/trail.ts';
import { judgeNow } from './touch.ts';
import type { StoredReasons } from './judge.ts';
import { readGround } from './settings.ts';

/** `already`: the same advice was planned before, and the task is still open. */
export type Planned = { task: string; title: string; dueAt: string; already: boolean };

type DealRow = { id: string; owner: string | null; team: string | null; closed_at: unknown; health: string | null; health_reasons: unknown };

const openStates = ['todo', 'in_progress'];

async function openTask(trx: Knex, deal: string): Promise<Planned | null> {
	const row = (await trx('tasks').where({ opportunity: deal, origin: 'pipeline.health' }).whereIn('status', openStates).first('id', 'title', 'due_at')) as
		{ id: string; title: string; due_at: Date | number | null } | undefined;
	return row ? { task: row.id, title: row.title, dueAt: new Date(row.due_at ?? clockNow()).toISOString(), already: true } : null;
}

/**
 * Makes the one action that is recommended for a deal a task of its owner, due in working time, and judges the deal anew: what is
 * planned counts at once. Pressed twice, the first task is answered. For whoever may change the deal and create tasks (403).
 */
export async function planAction(host: Host, accountability: Accountability | null, id: string): Promise<Planned> {
	const denied = 'Vous n’avez pas le droit de planifier la suite de cette affaire.';
	await refuseUnlessUpdatable(host, accountability, 'opportunities', id, denied);
	await refuseUnlessCreatable(host, accountability, ['tasks'], denied);
	return host.database.transaction(async (trx) => {
		const deal = (await trx('opportunities').where({ id }).first('id', 'owner', 'team', 'closed_at', 'health', 'health_reasons')) as DealRow | undefined;
		if (!deal) throw notFound('Cette affaire n’existe pas.');
		if (deal.closed_at) throw conflict('Cette affaire est close : il n’y a plus rien à planifier.');
		const known = await openTask(trx, id);
		if (known) return known;
		const action = parseJson<StoredReasons | null>(deal.health_reasons ?? null)?.action;
		if (!action) throw conflict('Cette affaire va bien : aucune action n’est conseillée.');
		const { calendar } = await readGround(trx);
		const now = clockNow();
		const dueAt = addWorkingDays(nextWorkingMoment(now, calendar), action.days, calendar);
		const task = {
			id: randomUUID(),
			title: action.title.slice(0, 255),
			description: action.text,
			status: 'todo',
			kind: action.kind,
			priority: deal.health === 'bad' ? 'high' : 'normal',
			due_at: dueAt,
			assignee: deal.owner ?? accountability?.user ?? null,
			team: deal.team,
			opportunity: id,
			origin: 'pipeline.health',
			origin_key: `deal:${id}:health:${isoOf(toParis(now).day)}:${now.getTime()}`,
			date_created: now,
			user_created: accountability?.user ?? null,
		};
		await trx('tasks').insert(task);
		await writeTrail(trx, accountability ?? {}, [{ action: 'create', collection: 'tasks', item: task.id, data: task }]);
		await trx('alerts').where({ opportunity: id, state: 'open' }).whereNull('task').update({ task: task.id });
		await judgeNow(trx, [id]);
		return { task: task.id, title: task.title, dueAt: dueAt.toISOString(), already: false };
	});
}
