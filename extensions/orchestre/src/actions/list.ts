import { now as clockNow } from '../platform/clock.ts';
import type { Accountability, Host } from '../platform/directus.ts';
import { notAllowed } from '../platform/errors.ts';
import { fromParis, isoOf, toParis } from '../platform/time/paris.ts';
import { isWorkingDayNumber, workingDaysFrom } from '../platform/time/working-time.ts';
import { readerFor, type Reader } from '../timeline/reader.ts';
import type { Row } from '../timeline/rules/types.ts';
import { reachableBy, type Colleague } from './reach.ts';
import { readPeople } from './read/people.ts';
import type { Day, Standing } from './rules/types.ts';
import { readActionSettings } from './settings.ts';

/** The list of one person's day, with the rows that the reader may see. */
export type DayList = Day<Row>;

const linked = {
	leads: 'lead',
	opportunities: 'opportunity',
	companies: 'company',
	people: 'person',
	invoices: 'invoice',
	quotes: 'quote',
	tickets: 'ticket',
	projects: 'project',
	tasks: 'task',
	validation: 'approval',
} as const;

const shown = ['id', 'title', 'state', 'topic', 'recommended_action', 'action_kind', 'expected_value_cents', 'minutes', 'priority', 'reasons', 'due_on', 'snoozed_until', 'refusal_reason', 'decided_at', 'owner', 'computed_at']; // prettier-ignore
const names = ['lead.display_name', 'lead.company_name', 'lead.phone', 'lead.grade', 'opportunity.name', 'opportunity.amount_cents', 'opportunity.stage.name', 'company.name', 'company.phone', 'person.first_name', 'person.last_name', 'person.phone', 'invoice.number', 'quote.number', 'ticket.subject', 'project.name', 'basis']; // prettier-ignore
const most = 500;

/** A link out of the reader's rights is left out; its id stays where that may be read. */
const fieldsFor = (reader: Reader): string[] => [
	...shown,
	...Object.values(linked).flatMap((column) => (reader.readable('insights', column) ? [`${column}.id`] : [])),
	...names,
];

async function readRows(reader: Reader, owners: readonly string[], dayStart: Date, now: Date): Promise<Row[]> {
	return reader.rows('insights', {
		needs: ['kind', 'owner', 'state', 'hold_out', 'decided_at', 'priority', 'snoozed_until'],
		fields: fieldsFor(reader),
		filter: {
			_and: [
				{ kind: { _eq: 'next_action' } },
				{ owner: { _in: [...owners] } },
				{ _or: [{ hold_out: { _eq: false } }, { hold_out: { _null: true } }] },
				{
					_or: [
						{ state: { _eq: 'open' } },
						// Put off until now: back before the next run has seen it.
						{ _and: [{ state: { _eq: 'snoozed' } }, { snoozed_until: { _lte: now.toISOString() } }] },
						{ _and: [{ state: { _in: ['done', 'refused'] } }, { decided_at: { _gte: dayStart.toISOString() } }] },
					],
				},
			],
		} as never,
		sort: ['-priority', '-expected_value_cents', 'minutes', 'topic', 'id'],
		limit: most,
	});
}

const isOpen = ({ state }: Row): boolean => state === 'open' || state === 'snoozed';

/** The list of the day of `user`, or of the caller; `alone`: without how far the others are. 403 for whoever may not see it. */
export async function readDay(host: Host, accountability: Accountability | null, user: string | null, alone = false): Promise<DayList> {
	const { me, others } = await reachableBy(host, accountability);
	const person = user === null || user === me.id ? me : others.find(({ id }) => id === user);
	if (!person) throw notAllowed('Vous ne pouvez voir que votre liste et celles de votre équipe.');
	const [{ settings, calendar }, reader] = await Promise.all([
		readActionSettings(host.database),
		readerFor(host, accountability as Accountability, ['insights', 'stages', ...Object.keys(linked)]),
	]);
	const now = clockNow();
	const today = toParis(now).day;
	const day = workingDaysFrom(today, 1, calendar)[0] ?? today;
	const owners = alone ? [person.id] : [...new Set([person.id, me.id, ...others.map(({ id }) => id)])];
	const [people, rows] = await Promise.all([readPeople(host.database, day), readRows(reader, owners, fromParis(today, 0), now)]);
	const byOwner = Map.groupBy(rows, (row) => String(row['owner']));
	const mine = byOwner.get(person.id) ?? [];
	const standing = (one: Colleague): Standing => {
		const own = byOwner.get(one.id) ?? [];
		const left = own.filter(isOpen);
		return {
			...one,
			open: left.length,
			done: own.filter(({ state }) => state === 'done').length,
			cents: left.reduce((sum, row) => sum + Number(row['expected_value_cents'] ?? 0), 0),
			isAway: !people.get(one.id)?.isThere,
		};
	};
	const ever = mine.length > 0 || (await host.database('insights').where({ kind: 'next_action' }).first('id')) !== undefined;
	return {
		person: { id: person.id, name: person.name, isMe: person.id === me.id },
		day: isoOf(day),
		isToday: isWorkingDayNumber(today, calendar),
		isOn: settings.enabled,
		isAway: !people.get(person.id)?.isThere,
		isReady: ever,
		perDay: settings.perDay,
		actions: mine.filter(isOpen),
		answered: mine.filter((row) => !isOpen(row)),
		team: others.length > 0 && !alone ? [me, ...others].map(standing) : [],
	};
}
