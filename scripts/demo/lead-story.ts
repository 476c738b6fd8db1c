import type { LeadRow } from '../../extensions/orchestre/src/leads/intake/row.ts';
import type { Context } from '../../extensions/orchestre/src/leads/intake/surroundings.ts';
import { counterOf, derive, followStatus, followUp, score } from '../../extensions/orchestre/src/leads/intake/treat-one.ts';
import type { Lead, LeadStatus, PlannedTask, Reason } from '../../extensions/orchestre/src/leads/rules/types.ts';
import { closedStatuses } from '../../extensions/orchestre/src/leads/rules/types.ts';
import type { Rules } from '../../extensions/orchestre/src/leads/settings.ts';
import type { Calendar } from './calendar.ts';
import { plusMinutes } from './calendar.ts';
import type { Company } from './companies.ts';
import type { Contacted } from './interactions.ts';
import type { LeadDraft } from './lead-facts.ts';
import type { Member } from './team.ts';

export type ScoreEntry = {
	at: Date;
	fit: number;
	engagement: number;
	points: number;
	grade: string;
	previous: string | null;
	cause: 'created' | 'updated' | 'decay';
	reasons: Reason[];
	rulesVersion: number;
};
export type StatusEntry = { from: LeadStatus; to: LeadStatus; at: Date; owner: string | null };

/** What happens to a lead on a date; `apply` may also open an account. */
export type LeadEvent = { at: Date; change?: Partial<Lead>; contact?: Contacted; status?: LeadStatus; apply?: (story: LeadStory) => void };

/** A lead with its history, treated step by step by the product's own functions. */
export type LeadStory = {
	draft: LeadDraft;
	row: LeadRow;
	account: Company | null;
	owner: Member | null;
	scores: ScoreEntry[];
	statuses: StatusEntry[];
	contacts: Contacted[];
	tasks: PlannedTask[];
	updated: Date;
	lostReason: string | null;
	deal: string | null;
};

const untreated = {
	owner: null,
	team: null,
	display_name: null,
	company_key: null,
	email_domain: null,
	duplicate_of: null,
	duplicate_reason: null,
	fit_points: null,
	engagement_points: null,
	points: null,
	grade: null,
	reasons: null,
	scored_at: null,
	rules_version: null,
	assignment: null,
	assigned_at: null,
	sla_due_at: null,
	first_contact_at: null,
	status_since: null,
	closed_at: null,
	escalation_level: 0,
	treated_status: null,
	counted: null,
} satisfies Partial<LeadRow>;

export function beginStory(draft: LeadDraft): LeadStory {
	const row: LeadRow = { ...draft.lead, ...untreated };
	derive(row);
	return {
		draft,
		row,
		account: draft.account,
		owner: null,
		scores: [],
		statuses: [],
		contacts: [],
		tasks: [],
		updated: draft.lead.date_created,
		lostReason: null,
		deal: null,
	};
}

function accountKind(account: Company | null, at: Date): Context['surroundings']['account'] {
	if (!account || account.created > at) return 'none';
	if (account.clientSince && account.clientSince <= at && !account.churnedOn) return 'client';
	return account.kind === 'partner' || account.kind === 'reseller' ? 'partner' : 'prospect';
}

/** The hook finds the account by the lead's link or SIREN only. */
const knownAccount = ({ row, account }: LeadStory): Company | null =>
	account && (row.company === account.id || row.siren === account.org.siren) ? account : null;

const latest = (contacts: readonly Contacted[]): Date | null => contacts.reduce<Date | null>((last, { at }) => (last && last > at ? last : at), null);
const isMeeting = ({ kind }: Contacted): boolean => kind === 'meeting' || kind === 'visit';

/** What the hook would read beside the row at this moment. */
export function contextOf(story: LeadStory, at: Date): Context {
	const inbound = story.contacts.filter(({ direction }) => direction === 'inbound');
	const meetings = story.contacts.filter(isMeeting);
	const account = knownAccount(story);
	return {
		surroundings: {
			account: accountKind(account, at),
			interactions: { inbound: inbound.length, meetings: meetings.length, lastInboundAt: latest(inbound), lastMeetingAt: latest(meetings) },
		},
		accountOwner: account && account.created <= at ? (account.owner?.id ?? null) : null,
		firstOutboundAt: story.contacts.find((contact) => contact.direction === 'outbound' || isMeeting(contact))?.at ?? null,
	};
}

function scoreNow(story: LeadStory, at: Date, cause: ScoreEntry['cause'], rules: Rules): void {
	const { row } = story;
	const previous = row.grade;
	if (!score(row, contextOf(story, at), rules, at)) return;
	story.scores.push({
		at,
		fit: row.fit_points ?? 0,
		engagement: row.engagement_points ?? 0,
		points: row.points ?? 0,
		grade: row.grade ?? 'D4',
		previous,
		cause,
		reasons: row.reasons ?? [],
		rulesVersion: rules.settings.rules_version,
	});
}

/** What the hook does with a new lead, apart from choosing its owner: status, score, delay and first tasks. */
export function treatNew(story: LeadStory, rules: Rules): void {
	const at = story.row.date_created;
	followStatus(story.row, null, at);
	scoreNow(story, at, 'created', rules);
	story.tasks = followUp(story.row, rules, at);
}

/** Plays the events up to the end of the demo's history, treating the row after each. */
export function playEvents(story: LeadStory, events: readonly LeadEvent[], rules: Rules, calendar: Calendar): void {
	const { row } = story;
	for (const event of events.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
		const { at } = event;
		if (at > calendar.end || closedStatuses.includes(row.status)) break;
		Object.assign(row, event.change);
		if (event.contact) story.contacts.push(event.contact);
		if (event.status) row.status = event.status;
		event.apply?.(story);
		const before = followStatus(row, contextOf(story, at).firstOutboundAt, at) as LeadStatus | null;
		if (before) story.statuses.push({ from: before, to: row.status, at, owner: row.owner });
		scoreNow(story, at, 'updated', rules);
		story.updated = at;
	}
	row.counted = counterOf(row);
}

/** Last night's round over the open leads: points fade, and accounts may have changed since. */
export function fadeLastNight(story: LeadStory, rules: Rules, calendar: Calendar): void {
	if (!closedStatuses.includes(story.row.status)) scoreNow(story, plusMinutes(calendar.end, 90), 'decay', rules);
}
