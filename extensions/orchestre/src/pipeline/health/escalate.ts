import { isWorkingDayNumber } from '../../platform/time/working-time.ts';
import { toParis } from '../../platform/time/paris.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, toDate, type Knex } from '../../platform/directus.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import { stateKind } from './judge.ts';
import { directionOf, managersByTeam, namesOf } from './recipients.ts';
import { levelDue, type Level } from './rules/escalation.ts';
import type { Ground } from './settings.ts';

type AlertRow = {
	id: string;
	opportunity: string;
	title: string;
	assignee: string | null;
	team: string | null;
	value_cents: number | null;
	reason: string | null;
	recommended_action: string | null;
	escalation_level: number | null;
	date_created: Date | number | string;
};

/** Working days after the first of these Paris days, up to the other one. Remembered: many alerts were raised on one day. */
function workingDaysCounter(until: number, { calendar }: Ground): (from: number) => number {
	const known = new Map<number, number>();
	return (from) => {
		let count = known.get(from);
		if (count === undefined) {
			count = 0;
			for (let day = from + 1; day <= until; day++) if (isWorkingDayNumber(day, calendar)) count += 1;
			known.set(from, count);
		}
		return count;
	};
}

/**
 * Alerts of deals in danger that nobody has reacted to: to the team's manager after one term, to Direction after two. Each step once:
 * how far an alert has gone stands on it. Returns how many went how far.
 */
export async function escalateAlerts(trx: Knex, ground: Ground): Promise<{ managers: number; direction: number }> {
	const rows = (await trx('alerts')
		.where({ kind: stateKind, severity: 'critical', state: 'open' })
		.where((either) => void either.whereNull('escalation_level').orWhere('escalation_level', '<', 2))
		.orderBy('id')
		.select('id', 'opportunity', 'title', 'assignee', 'team', 'value_cents', 'reason', 'recommended_action', 'escalation_level', 'date_created')) as AlertRow[];
	const workingDays = workingDaysCounter(toParis(clockNow()).day, ground);
	const due = rows
		.map((row) => ({ row, level: levelDue(workingDays(toParis(toDate(row.date_created)).day), row.value_cents ?? 0, ground.settings) }))
		.filter(({ row, level }) => level > (row.escalation_level ?? 0));
	if (due.length === 0) return { managers: 0, direction: 0 };
	const managers = await managersByTeam(trx);
	const direction = due.some(({ level }) => level === 2) ? await directionOf(trx) : [];
	const nameOf = await namesOf(
		trx,
		due.map(({ row }) => row.assignee),
	);
	const recipientsOf = ({ team }: AlertRow, level: Level): string[] => {
		const manager = managers.get(team ?? '');
		const ofTeam = manager ? [manager] : team ? [] : [...managers.values()];
		return level === 2 ? [...direction, ...ofTeam] : ofTeam;
	};
	await tell(
		trx,
		due.map(({ row, level }): Notice => ({
			recipients: recipientsOf(row, level).filter((user) => user !== row.assignee),
			collection: 'opportunities',
			item: row.opportunity,
			subject: `Toujours sans suite · ${row.title}`,
			message: `Responsable : ${nameOf(row.assignee)}.\n\n${row.reason ?? ''}\n\n${row.recommended_action ?? ''}`,
		})),
	);
	for (const level of [1, 2] as const)
		for (const part of chunks(
			due.filter((one) => one.level === level).map(({ row }) => row.id),
			500,
		))
			await trx('alerts').whereIn('id', part).update({ escalation_level: level });
	return { managers: due.filter(({ level }) => level === 1).length, direction: due.filter(({ level }) => level === 2).length };
}
