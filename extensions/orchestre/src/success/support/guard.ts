import { closeAlerts, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { updateMany } from '../../platform/json-rows.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import { frenchMoment } from '../../platform/time/paris.ts';
import { workingMinutesBetween } from '../../platform/time/working-time.ts';
import { directionOf, managersByTeam, namesOf } from '../../pipeline/health/recipients.ts';
import { stateOf } from './rules/deadline.ts';
import type { SlaState, SupportLevel } from './rules/types.ts';
import { readSlaSettings, ticketOf } from './tickets.ts';
import { alertKind } from './treat.ts';

type Row = Record<string, unknown> & { id: string; subject: string; owner: string | null; team: string | null; company: string | null };
type Threatened = { row: Row; state: 'at_risk' | 'breached'; dueAt: Date };

export type Guarded = { tickets: number; changed: number; warned: number; breached: number; escalated: number };

const openStatuses = ['new', 'in_progress', 'waiting_client'];
const priorities: Readonly<Record<string, string>> = { urgent: 'urgente', high: 'haute', normal: 'normale', low: 'basse' };

const readOpen = (trx: Knex): Promise<Row[]> =>
	trx('tickets as t')
		.leftJoin('companies as c', 'c.id', 't.company')
		.whereIn('t.status', openStatuses)
		.where((either) => void either.whereNull('t.archived').orWhere({ 't.archived': false }))
		.orderBy('t.id')
		.select('t.*', 'c.name as company_name', 'c.support_level', 'c.team as company_team') as unknown as Promise<Row[]>;

function alertOf({ row, state, dueAt }: Threatened): NewAlert {
	const isLate = state === 'breached';
	const client = row['company_name'] ? ` de ${String(row['company_name'])}` : '';
	return {
		key: `${alertKind}:${row.id}:${dueAt.getTime()}:${state}`,
		kind: alertKind,
		severity: isLate ? 'critical' : 'warning',
		title: `${isLate ? 'Délai dépassé' : 'Délai bientôt dépassé'} : ${row.subject}`,
		reason: `Le ticket${client} (priorité ${priorities[String(row['priority'])] ?? ''}) ${isLate ? 'devait être résolu avant le' : 'est à résoudre avant le'} ${frenchMoment(dueAt)}.`,
		action: isLate
			? 'Appelez le client : dites où en est le ticket et quand il sera résolu.'
			: 'Traitez ce ticket maintenant, ou confiez-le à qui peut le faire.',
		assignee: row.owner,
		team: row.team,
		subject: { ticket: row.id },
	};
}

/** Who answers for a ticket beyond its owner: its team’s manager, else the client’s, else Direction. */
async function responsibleOf(trx: Knex): Promise<(row: Row) => string[]> {
	const managers = await managersByTeam(trx);
	const direction = await directionOf(trx);
	return ({ team, company_team: companyTeam }) => {
		const manager = managers.get(team ?? '') ?? managers.get(String(companyTeam ?? ''));
		return manager ? [manager] : direction;
	};
}

/** Alerts of what is threatened or late, once for each deadline; owners are told, and where there is none whoever answers for it. */
async function announce(trx: Knex, threatened: readonly Threatened[], responsible: (row: Row) => string[]): Promise<Set<string>> {
	const alerts = threatened.map(alertOf);
	const raised = await raiseAlerts(trx, alerts);
	await tell(
		trx,
		threatened.flatMap((one, index): Notice[] => {
			const alert = alerts[index];
			if (!alert || !raised.has(alert.key)) return [];
			const recipients = one.row.owner ? [one.row.owner] : responsible(one.row);
			return [{ recipients, collection: 'tickets', item: one.row.id, subject: alert.title, message: `${alert.reason}\n\n${alert.action ?? ''}` }];
		}),
	);
	return raised;
}

/** Breaches that are still there a while later go to the manager, each once: how far an alert has gone stands on it. */
async function escalate(trx: Knex, late: readonly Threatened[], isDue: (dueAt: Date) => boolean, responsible: (row: Row) => string[]): Promise<number> {
	const byTicket = new Map(late.filter(({ dueAt }) => isDue(dueAt)).map((one) => [one.row.id, one]));
	let escalated = 0;
	for (const part of chunks([...byTicket.keys()], 500)) {
		const alerts = (await trx('alerts')
			.whereIn('ticket', part)
			.where({ kind: alertKind, severity: 'critical' })
			.whereIn('state', ['open', 'snoozed'])
			.where((either) => void either.whereNull('escalation_level').orWhere('escalation_level', '<', 1))
			.select('id', 'ticket', 'title', 'reason')) as { id: string; ticket: string; title: string; reason: string }[];
		if (alerts.length === 0) continue;
		const nameOf = await namesOf(trx, alerts.map(({ ticket }) => byTicket.get(ticket)?.row.owner ?? null)); // prettier-ignore
		await tell(
			trx,
			alerts.map(({ ticket, title, reason }): Notice => {
				const row = byTicket.get(ticket)?.row;
				const recipients = row ? responsible(row).filter((user) => user !== row.owner) : [];
				return { recipients, collection: 'tickets', item: ticket, subject: `Toujours pas résolu · ${title}`, message: `Responsable : ${nameOf(row?.owner ?? null)}.\n\n${reason}` };
			}), // prettier-ignore
		);
		await trx('alerts').whereIn('id', alerts.map(({ id }) => id)).update({ escalation_level: 1 }); // prettier-ignore
		escalated += alerts.length;
	}
	return escalated;
}

/**
 * Looks at every open ticket: writes how it stands where that changed, warns before a deadline, alerts once it is passed, and tells the
 * manager when it stays so. Run twice at one moment it changes nothing.
 */
export async function guardTickets(trx: Knex): Promise<Guarded> {
	const now = clockNow();
	const { settings, calendar } = await readSlaSettings(trx);
	const rows = await readOpen(trx);
	const found = rows.map((row) => {
		const ticket = ticketOf(row, row['support_level'] as SupportLevel | null);
		return { row, dueAt: ticket.kept.dueAt, before: ticket.kept.state, state: stateOf(ticket, { settings, calendar, now }) };
	});
	const changed = found.filter(({ before, state }) => before !== state);
	for (const part of chunks(changed, 1000))
		await updateMany(
			trx,
			'tickets',
			{ sla_state: 'text' },
			part.map(({ row, state }) => ({ id: row.id, sla_state: state })),
		);
	const isOf = (states: readonly SlaState[]) => ({ state }: { state: SlaState | null }) => state !== null && states.includes(state); // prettier-ignore
	await closeAlerts(trx, [alertKind], 'ticket', changed.filter(({ before }) => before === 'at_risk' || before === 'breached').filter(isOf(['running', 'paused'])).map(({ row }) => row.id), 'Le délai ne court plus, ou a changé.'); // prettier-ignore
	const threatened = found.filter(isOf(['at_risk', 'breached'])) as unknown as Threatened[];
	if (threatened.length === 0) return { tickets: rows.length, changed: changed.length, warned: 0, breached: 0, escalated: 0 };
	const passed = changed.filter(isOf(['breached'])).map(({ row }) => row.id);
	await closeAlerts(trx, [alertKind], 'ticket', passed, 'Le délai est dépassé : une nouvelle alerte la remplace.');
	const responsible = await responsibleOf(trx);
	const raised = await announce(trx, threatened, responsible);
	const late = threatened.filter(isOf(['breached']));
	const escalated = await escalate(trx, late, (dueAt) => workingMinutesBetween(dueAt, now, calendar) >= settings.escalationMinutes, responsible);
	const count = (state: SlaState): number => threatened.filter((one) => one.state === state && raised.has(alertOf(one).key)).length;
	return { tickets: rows.length, changed: changed.length, warned: count('at_risk'), breached: count('breached'), escalated };
}
