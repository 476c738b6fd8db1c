import { workingCalendar, workingMinutesBetween } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import type { Rules } from '../../extensions/orchestre/src/leads/settings.ts';
import { firstBasket } from './baskets.ts';
import { slotMinutes } from './agenda.ts';
import type { Agenda } from './agenda.ts';
import type { Calendar } from './calendar.ts';
import { anyMoment, businessDay, daysBetween, lastWorkday, notAfter, officeMoment, plusDays, plusMinutes, replyMoment } from './calendar.ts';
import { addContact, openCompany } from './companies.ts';
import type { Company } from './companies.ts';
import { contacted } from './interactions.ts';
import { Desk, Duplicates } from './lead-desk.ts';
import { draftLead, planted } from './lead-facts.ts';
import { beginStory, playEvents, treatNew, contextOf } from './lead-story.ts';
import type { LeadEvent, LeadStory } from './lead-story.ts';
import { playDeal } from './opportunities.ts';
import type { Deal } from './opportunities.ts';
import type { Taken } from './organisations.ts';
import { personOf } from './persons.ts';
import { product } from './products.ts';
import { logistic, randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { salespeople, teamOf } from './team.ts';
import type { Member } from './team.ts';

export const leadCount = 1200;

/** Working minutes until somebody gets round to a lead, by letter of its grade. */
const reactionMinutes: Record<string, number> = { A: 45, B: 170, C: 480, D: 1100 };

const lostReasons = { no_budget: 3, no_need: 4, competitor: 3, timing: 3, unreachable: 4, not_target: 2.5 } as const;

export type LeadWorld = { calendar: Calendar; rules: Rules; taken: Taken; companies: Company[]; absences: readonly Row[]; agenda: Agenda };

/** Plays all leads in the order in which they came in. Accounts and deals that come of them are added to the world. */
export function tellLeads(world: LeadWorld): { stories: LeadStory[]; deals: Deal[] } {
	const { calendar, rules, taken, companies } = world;
	const random = randomOf('leads');
	const desk = new Desk(calendar, world.absences, rules.settings);
	const duplicates = new Duplicates();
	const luck = fairLuck(random);
	const working = workingCalendar(rules.settings);
	const resellers = companies.filter(({ kind }) => kind === 'reseller');
	const dates = Array.from({ length: leadCount }, (_, index) => {
		// Some came in since the last working day began, so that there is something to do on the first morning.
		if (index < 9)
			return notAfter(
				anyMoment(random, plusDays(lastWorkday(calendar.end), random.next() * daysBetween(lastWorkday(calendar.end), calendar.end))),
				calendar.end,
			);
		return notAfter(anyMoment(random, businessDay(random, calendar.start, calendar.end)), calendar.end);
	});
	const stories: LeadStory[] = [];
	const deals: Deal[] = [];
	for (const [index, created] of dates.toSorted((a, b) => a.getTime() - b.getTime()).entries()) {
		const accounts = companies.filter(({ kind, created: since }) => kind === 'account' && since < created);
		const sellers = salespeople.filter(({ hired }) => calendar.at(-hired) <= created);
		const again = stories.length > 20 && random.chance(0.028) ? random.pick(stories.slice(-60)).draft : null;
		const story = beginStory(draftLead(random, taken, calendar, { index, created, accounts, resellers, sellers, again }));
		const { row } = story;
		const twin = duplicates.check(row);
		row.duplicate_of = twin?.of ?? null;
		row.duplicate_reason = twin?.reason ?? null;
		treatNew(story, rules);
		const decision = desk.choose(row, contextOf(story, created).accountOwner, story.draft.requestedOwner?.id ?? null);
		story.owner = desk.memberOf(decision.owner);
		Object.assign(row, {
			assignment: decision,
			owner: decision.owner,
			assigned_at: decision.owner ? created : null,
			team: story.owner ? teamOf(story.owner) : null,
		});
		const events = story.owner ? eventsOf(random, story, story.owner, { world, desk, working, deals, index, luck }) : [];
		playEvents(story, events, rules, calendar);
		stories.push(story);
	}
	return { stories, deals };
}

type Scene = { world: LeadWorld; desk: Desk; working: ReturnType<typeof workingCalendar>; deals: Deal[]; index: number; luck: (source: string) => number };

/**
 * Luck that is fair to each source: numbers in [0, 1) that fill the range evenly (multiples of the golden ratio). With
 * independent draws, fifty leads of one source could all fail on an unlucky day, and what was planted could not be seen.
 */
function fairLuck(random: Random): Scene['luck'] {
	const last = new Map<string, number>();
	return (source) => {
		const next = ((last.get(source) ?? random.next()) + 0.6180339887) % 1;
		last.set(source, next);
		return next;
	};
}

/** Decides what becomes of a lead and writes it down as events; the loads of its owner are booked ahead. */
function eventsOf(random: Random, story: LeadStory, owner: Member, scene: Scene): LeadEvent[] {
	const { row, draft } = story;
	const { desk, working, world } = scene;
	const letter = row.grade?.slice(0, 1) ?? 'D';
	const delay = (reactionMinutes[letter] ?? 1100) * owner.pace * Math.exp(random.normal(0, 0.9));
	const first = desk.reaction(owner.id, row.date_created, Math.round(Math.min(delay, 4000)), working);
	const hours = workingMinutesBetween(row.date_created, first, working) / 60;
	const evidence = draft.evidence + owner.skill + planted.response * Math.log((hours + 0.25) / 4) + random.normal(0, planted.noise);
	const converts = !row.duplicate_of && scene.luck(row.source ?? 'other') < logistic(evidence);
	const events: LeadEvent[] = draft.later.map(({ at, change }) => ({ at, change }));
	const talk = talkWith(random, story, owner);
	let at = first;
	for (let missed = random.chance(0.35) ? random.int(1, 2) : 0; missed > 0; missed--) {
		events.push({
			at,
			contact: talk('lead call missed', at, { kind: 'call', outcome: random.pick(['no_answer', 'message_left']) }),
			...(at === first && { status: 'contacted' as const }),
		});
		at = officeMoment(random, plusDays(at, random.int(1, 4)));
	}
	const byMail = !row.phone || random.chance(0.25);
	events.push({
		at,
		contact: byMail ? talk('lead email outbound', at, { kind: 'email' }) : talk('lead call reached', at, { kind: 'call', outcome: 'reached' }),
		...(at === first && { status: 'contacted' as const }),
	});
	if (random.chance(logistic(-0.9 + 0.9 * draft.interest + (converts ? 0.7 : 0)))) {
		const reply = replyMoment(random, plusMinutes(at, random.int(60, 4000)));
		events.push({ at: reply, contact: talk('lead email inbound', reply, { kind: 'email', direction: 'inbound' }), change: { last_activity_at: reply } });
	}
	const qualified = converts || random.chance(0.3);
	if (qualified) {
		at = officeMoment(random, plusDays(at, random.int(2, 9)));
		const meets = random.chance(converts ? 0.7 : 0.45);
		const kind = random.chance(0.8) ? 'meeting' : 'visit';
		if (meets) at = world.agenda.book([owner.id], at, slotMinutes(kind), plusDays(at, 30)) ?? at;
		events.push({
			at,
			status: 'qualified',
			contact: meets ? talk('lead meeting', at, { kind, outcome: 'reached' }) : talk('lead call reached', at, { kind: 'call', outcome: 'reached' }),
		});
	}
	return [...events, ...ending(random, story, owner, { converts, qualified, at }, scene, world)];
}

const talkWith =
	(random: Random, { row, draft }: LeadStory, owner: Member) =>
	(words: string, at: Date, extra: Partial<Parameters<typeof contacted>[0]> & { kind: 'call' | 'email' | 'meeting' | 'visit' }): ReturnType<typeof contacted> =>
		contacted({
			direction: 'outbound',
			...extra,
			at,
			talk: words,
			owner,
			person: draft.person,
			lead: row.id,
			product: product(draft.wanted).name,
			sentiment: extra.outcome === 'reached' ? (draft.interest + random.normal() > 0.8 ? 'positive' : 'neutral') : null,
		});

function ending(
	random: Random,
	story: LeadStory,
	owner: Member,
	{ converts, qualified, at }: { converts: boolean; qualified: boolean; at: Date },
	{ desk, deals, index }: Scene,
	world: LeadWorld,
): LeadEvent[] {
	const { timing } = story.row;
	if (converts) {
		const closed = officeMoment(random, plusDays(at, Math.max(1, Math.exp(random.normal(1.6, 0.7)))));
		desk.book(owner.id, closed, 'openLeads', -1);
		desk.book(owner.id, closed, 'convertedLeads', 1);
		return [{ at: closed, status: 'converted', apply: (told) => convert(random, told, owner, closed, index, world, deals) }];
	}
	const ripens = !story.row.duplicate_of && (timing === 'year' || timing === 'later' || timing === 'half_year') && random.chance(0.4);
	const settled = officeMoment(random, plusDays(at, story.row.duplicate_of ? 1 : Math.max(2, Math.exp(random.normal(qualified ? 2.9 : 2.5, 0.7)))));
	desk.book(owner.id, settled, 'openLeads', -1);
	const lost = ripens ? officeMoment(random, plusDays(settled, random.int(70, 220))) : settled;
	desk.book(owner.id, lost, 'lostLeads', 1);
	const reason = story.row.duplicate_of ? 'duplicate' : ripens ? 'timing' : random.weighted(lostReasons);
	const end: LeadEvent = { at: lost, status: 'lost', apply: (told) => (told.lostReason = reason) };
	return ripens ? [{ at: settled, status: 'nurturing' }, end] : [end];
}

/** Opens the account (or finds it), its contact and the deal. */
function convert(random: Random, story: LeadStory, owner: Member, at: Date, index: number, { calendar, taken, companies }: LeadWorld, deals: Deal[]): void {
	const { row, draft } = story;
	const known = companies.find(({ org }) => org === draft.org);
	const company =
		known ?? openCompany(random, taken, { key: `lead-${index}`, org: draft.org, created: at, creator: owner, owner, source: row.source ?? 'other' });
	if (!known) companies.push(company);
	const contact = company.contacts.find(({ person }) => person === draft.person) ?? addContact(company, draft.person, at);
	if (!known)
		for (let more = random.int(0, 3); more > 0; more--) addContact(company, personOf(random, taken, draft.org.domain), plusDays(at, random.int(1, 50)));
	const deal = playDeal(
		random,
		{
			key: `lead-${index}`,
			kind: company.clientSince && company.clientSince <= at ? 'upsell' : 'new',
			company,
			owner,
			created: at,
			lines: firstBasket(random, company, draft.wanted),
			contacts: [contact, ...company.contacts.filter((other) => other !== contact)],
			leadId: row.id,
			source: row.source ?? 'other',
			campaignId: row.campaign,
			resellerId: row.reseller,
			subscription: null,
			name: `${company.org.name} – ${product(draft.wanted).name}`,
		},
		calendar,
	);
	deals.push(deal);
	if (deal.outcome === 'won' && deal.closedAt && (!company.clientSince || deal.closedAt < company.clientSince)) company.clientSince = deal.closedAt;
	story.account = company;
	story.deal = deal.id;
	row.company = company.id;
	row.person = contact.id;
}
