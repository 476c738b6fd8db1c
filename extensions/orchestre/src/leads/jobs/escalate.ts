import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { now as clockNow } from '../../platform/clock.ts';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { tell } from '../../platform/notices.ts';
import { addTaskOnce } from '../../platform/tasks.ts';
import { writeTrail } from '../../platform/trail.ts';
import { flows } from '../flows.ts';
import type { LeadRow } from '../intake/row.ts';
import { toLeadRow } from '../intake/row.ts';
import { assignWaiting, passOn, treatForgotten } from '../intake/treat.ts';
import { managersOf } from '../managers.ts';
import { workedStatuses } from '../rules/types.ts';
import { addWorkingMinutes, nextWorkingMoment, workingCalendar } from '../../platform/time/working-time.ts';
import { readRules, type Rules } from '../settings.ts';

/** Leads handled in one run; the next run, a quarter of an hour later, takes the rest. */
const limit = 100;

async function overdue(trx: Knex, level: number, before: Date): Promise<LeadRow[]> {
	const rows = (await trx('leads')
		.where({ status: 'new', escalation_level: level })
		.whereNull('first_contact_at')
		.where('sla_due_at', '<', before)
		.orderBy('sla_due_at')
		.limit(limit)) as Record<string, unknown>[];
	return rows.map(toLeadRow);
}

/** The automatic task that is already there becomes urgent; only where none is left a new one is made. */
async function urge(trx: Knex, lead: LeadRow, now: Date): Promise<void> {
	const open = (await trx('tasks')
		.where({ lead: lead.id, origin: 'leads.follow_up' })
		.whereIn('status', ['todo', 'in_progress'])
		.orderBy('due_at')
		.first('id')) as { id: string } | undefined;
	if (open) {
		const change = { priority: 'urgent', date_updated: now, user_updated: orchestreUserId };
		await trx('tasks').where({ id: open.id }).update(change);
		await writeTrail(trx, {}, [{ action: 'update', collection: 'tasks', item: open.id, data: change }]);
		return;
	}
	await addTaskOnce(trx, {
		id: randomUUID(),
		title: `Contacter ${lead.display_name} : délai dépassé`,
		status: 'todo',
		kind: 'call',
		priority: 'urgent',
		due_at: now,
		assignee: lead.owner,
		team: lead.team,
		lead: lead.id,
		origin: 'leads.escalate',
		origin_key: `lead:${lead.id}:escalate:1`,
		date_created: now,
		user_created: orchestreUserId,
	});
}

/** First the owner is reminded. */
async function remind(trx: Knex, lead: LeadRow, now: Date): Promise<void> {
	await urge(trx, lead, now);
	await trx('leads').where({ id: lead.id }).update({ escalation_level: 1 });
	const recipients = lead.owner ? [lead.owner] : await managersOf(trx, lead.team);
	await tell(trx, [
		{
			recipients,
			collection: 'leads',
			item: lead.id,
			subject: `Délai dépassé : ${lead.display_name}`,
			message: `Ce lead ${lead.grade ?? ''} attend son premier contact. Sans contact, il sera confié à quelqu’un d’autre.`,
		},
	]);
}

/** Then it goes to the next best, and the managers know. */
async function handOn(trx: Knex, lead: LeadRow, rules: Rules): Promise<void> {
	const after = await passOn(trx, lead.id, rules);
	const recipients = [...(await managersOf(trx, lead.team)), ...(lead.owner ? [lead.owner] : [])];
	const message = after.owner === lead.owner ? 'Personne d’autre ne peut le prendre pour l’instant.' : (after.assignment?.sentence ?? '');
	await tell(trx, [{ recipients, collection: 'leads', item: lead.id, subject: `Lead sans contact réattribué : ${lead.display_name}`, message }]);
}

const idsOf = async (query: Knex.QueryBuilder): Promise<string[]> => ((await query.limit(limit).select('id')) as { id: string }[]).map(({ id }) => id);

/**
 * Every quarter of an hour: leads that came in past the hook are treated, leads without an owner get one as soon as somebody is
 * free, and in working hours leads whose first contact is late are recalled to their owner, later passed on.
 */
defineJob({
	kind: 'leads.escalate',
	flow: flows.escalate,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx }) => {
		const now = clockNow();
		const rules = await readRules(trx);
		const forgotten = await idsOf(trx('leads').whereNull('treated_status'));
		if (forgotten.length > 0) await treatForgotten(trx, forgotten);
		const waiting = rules.settings.assignment_enabled
			? await idsOf(
					trx('leads')
						.whereNull('owner')
						.whereIn('status', [...workedStatuses])
						.orderBy('date_created'),
				)
			: [];
		if (waiting.length > 0) await assignWaiting(trx, waiting);
		const calendar = workingCalendar(rules.settings);
		if (nextWorkingMoment(now, calendar) > now) return { treated: forgotten.length, waiting: waiting.length, reminded: 0, handedOn: 0 };

		const late = await overdue(trx, 0, now);
		for (const lead of late) await remind(trx, lead, now);
		const isOver = ({ sla_due_at: due }: LeadRow): boolean => due !== null && addWorkingMinutes(due, rules.settings.escalation_grace, calendar) < now;
		const reminded = (await overdue(trx, 1, now)).filter((lead) => isOver(lead) && !late.some(({ id }) => id === lead.id));
		for (const lead of reminded) await handOn(trx, lead, rules);
		return { treated: forgotten.length, waiting: waiting.length, reminded: late.length, handedOn: reminded.length };
	},
});
