import { slotMinutes } from './agenda.ts';
import type { Agenda } from './agenda.ts';
import type { Calendar } from './calendar.ts';
import { daysBetween, officeMoment, plusDays } from './calendar.ts';
import type { Client } from './clients.ts';
import { troubleOf } from './clients.ts';
import { contacted } from './interactions.ts';
import type { Contacted } from './interactions.ts';
import type { Deal } from './opportunities.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import { member, salespeople } from './team.ts';
import type { Ticket } from './tickets.ts';

/**
 * Contacts over deals: several at each stage while it lives, hardly any once it has stalled (planted: silence comes before a
 * deal dies).
 */
export function dealContacts(deals: readonly Deal[], calendar: Calendar, agenda: Agenda): Contacted[] {
	const random = randomOf('deal contacts');
	return deals.flatMap((deal) => {
		const contacts: Contacted[] = [];
		const end = deal.closedAt ?? calendar.end;
		for (const [index, step] of deal.steps.entries()) {
			if (step.stage.is_won || step.stage.is_lost) continue;
			const until = deal.steps[index + 1]?.at ?? end;
			const lively = Math.min(daysBetween(step.at, until), deal.stalled && index === deal.steps.length - 1 ? 14 : 35);
			const rate = (deal.kind === 'renewal' ? 0.04 : 0.062) * (deal.nextStep ? 1.15 : 0.8);
			for (let more = random.count(lively * rate + 0.25); more > 0; more--) {
				const at = officeMoment(random, plusDays(step.at, random.next() * lively));
				if (at >= step.at && at <= until && at <= calendar.end)
					contacts.push(dealContact(random, deal, at, step.stage.key, until < calendar.end ? until : calendar.end, agenda));
			}
		}
		return contacts;
	});
}

function dealContact(random: Random, deal: Deal, at: Date, stage: string, until: Date, agenda: Agenda): Contacted {
	const contact = random.pick(deal.contacts.length > 0 ? deal.contacts : deal.company.contacts);
	const basis = {
		at,
		owner: deal.owner,
		person: contact.person,
		personId: contact.id,
		company: deal.company,
		deal: deal.id,
		product: deal.lines[0]?.product.name ?? null,
		competitor: deal.competitor,
	};
	const way = random.weighted({ call: 4, out: 3, in: 2, meeting: stage === 'demonstration' || stage === 'discovery' ? 4 : 1.5 });
	const kind = random.chance(0.25) ? 'visit' : 'meeting';
	const slot = way === 'meeting' ? agenda.book([deal.owner.id], at, slotMinutes(kind), until) : null;
	if (slot) return contacted({ ...basis, at: slot, kind, direction: 'outbound', talk: 'deal meeting', outcome: 'reached' });
	if (way === 'call' || way === 'meeting')
		return contacted({ ...basis, kind: 'call', direction: random.chance(0.2) ? 'inbound' : 'outbound', talk: 'deal call', outcome: 'reached' });
	if (way === 'out') return contacted({ ...basis, kind: 'email', direction: 'outbound', talk: 'deal email outbound' });
	return contacted({ ...basis, kind: 'email', direction: 'inbound', talk: 'deal email inbound' });
}

/** Regular contacts with clients; in a crisis they turn into complaints. `wanted` is about how many there shall be. */
export function clientContacts(clients: readonly Client[], calendar: Calendar, wanted: number, agenda: Agenda): Contacted[] {
	const random = randomOf('client contacts');
	const months = clients.flatMap((client) => {
		const from = client.since > calendar.start ? client.since : calendar.start;
		const until = client.leftOn && client.leftOn < calendar.end ? client.leftOn : calendar.end;
		return Array.from({ length: Math.max(0, Math.ceil(daysBetween(from, until) / 30)) }, (_, index) => ({ client, at: plusDays(from, 30 * index) }));
	});
	return months.flatMap(({ client, at }) => {
		const contacts: Contacted[] = [];
		const { company } = client;
		for (let more = random.count(wanted / months.length); more > 0; more--) {
			const moment = officeMoment(random, plusDays(at, random.int(0, 29)));
			if (moment > calendar.end || (client.leftOn && moment > client.leftOn)) continue;
			const contact = random.pick(company.contacts);
			const trouble = random.chance(troubleOf(client, moment));
			const until = client.leftOn && client.leftOn < calendar.end ? client.leftOn : calendar.end;
			const kind = random.chance(0.5) ? 'meeting' : 'visit';
			const owner =
				trouble || random.chance(0.6)
					? member('success')
					: (salespeople.find(({ id, hired }) => id === company.owner?.id && calendar.at(-hired) < moment) ?? member('success'));
			const basis = { at: moment, owner, person: contact.person, personId: contact.id, company };
			const slot = !trouble && random.chance(0.18) ? agenda.book([owner.id], moment, slotMinutes(kind), until) : null;
			if (trouble)
				contacts.push(
					contacted({
						...basis,
						kind: random.chance(0.6) ? 'call' : 'email',
						direction: 'inbound',
						talk: 'client trouble',
						outcome: null,
						sentiment: 'negative',
					}),
				);
			else if (slot)
				contacts.push(
					contacted({
						...basis,
						at: slot,
						kind,
						direction: 'outbound',
						talk: 'client meeting',
						outcome: 'reached',
						sentiment: 'positive',
					}),
				);
			else if (random.chance(0.45))
				contacts.push(
					contacted({
						...basis,
						kind: 'call',
						direction: random.chance(0.3) ? 'inbound' : 'outbound',
						talk: 'client call',
						outcome: 'reached',
						sentiment: 'neutral',
					}),
				);
			else contacts.push(contacted({ ...basis, kind: 'email', direction: random.chance(0.35) ? 'inbound' : 'outbound', talk: 'client email' }));
		}
		return contacts;
	});
}

/** The answer to each ticket. */
export const ticketContacts = (tickets: readonly Ticket[]): Contacted[] =>
	tickets.flatMap(({ id, client, contact, firstResponseAt, priority }) =>
		firstResponseAt
			? [
					contacted({
						at: firstResponseAt,
						owner: member('success'),
						person: contact?.person ?? null,
						personId: contact?.id ?? null,
						company: client.company,
						ticket: id,
						kind: priority === 'urgent' ? 'call' : 'email',
						direction: 'outbound',
						talk: priority === 'urgent' ? 'client call' : 'client email',
						outcome: priority === 'urgent' ? 'reached' : null,
					}),
				]
			: [],
	);
