import type { Calendar } from './calendar.ts';
import { officeMoment, plusDays, seasonOf } from './calendar.ts';
import type { BasketLine } from './baskets.ts';
import { monthlyCents, worthCents } from './baskets.ts';
import type { Company, Contact } from './companies.ts';
import { demoId } from './ids.ts';
import { clamp, logistic } from './random.ts';
import type { Random } from './random.ts';
import { lostStage, openStages, wonStage } from './stages.ts';
import type { Stage } from './stages.ts';
import type { Member } from './team.ts';
import { competitors } from './words/needs.ts';

export type StageStep = { stage: Stage; at: Date; amount: number; closeDate: Date };

/** A deal from its opening to its end, as it is known at the end of the demo's history. */
export type Deal = {
	id: string;
	key: string;
	kind: 'new' | 'upsell' | 'renewal';
	company: Company;
	owner: Member;
	created: Date;
	lines: BasketLine[];
	amount: number;
	mrr: number;
	/** Stages entered so far, oldest first. */
	steps: StageStep[];
	closedAt: Date | null;
	outcome: 'won' | 'lost' | null;
	contacts: Contact[];
	pushes: number;
	closeDate: Date;
	nextStep: boolean;
	/** No contact any more, though nobody has closed it. */
	stalled: boolean;
	competitor: string | null;
	lostReason: string | null;
	leadId: string | null;
	source: string;
	campaignId: string | null;
	resellerId: string | null;
	/** Key of the subscription that a renewal is about. */
	subscription: string | null;
	name: string;
};

export type DealOpening = Pick<
	Deal,
	'key' | 'kind' | 'company' | 'owner' | 'created' | 'lines' | 'contacts' | 'leadId' | 'source' | 'campaignId' | 'resellerId' | 'subscription' | 'name'
>;

const lostReasons = { price: 4, no_budget: 3, competitor: 4, no_decision: 4, timing: 2, missing_feature: 2, unreachable: 2 } as const;

/** Days that a stage takes when things go well; renewals are quick, large deals slow. */
const pace = (kind: Deal['kind'], amount: number): number =>
	(kind === 'renewal' ? 0.4 : kind === 'upsell' ? 0.6 : 1) * clamp((amount / 2_500_000) ** 0.22, 0.7, 1.9);

/**
 * Plays a deal to its end. Planted: `momentum` is hidden; what can be seen of it are the number of contacts, whether there is a
 * next step, how often the date was pushed, and how long stages take. All of these, the owner's skill, a competitor and the
 * amount decide between won and lost, with noise; unless `end` says what the rest of the story needs.
 */
export function playDeal(random: Random, opening: DealOpening, calendar: Calendar, end: 'won' | 'lost' | null = null): Deal {
	const { kind, owner, created } = opening;
	const amount = worthCents(opening.lines);
	const momentum = random.normal();
	const contacts = opening.contacts.slice(0, Math.max(1, Math.round(1.6 + 0.8 * momentum + random.normal(0, 0.5))));
	const competitor = random.chance(kind === 'new' ? 0.38 : 0.12) ? random.pick(competitors) : null;
	const pushes = random.count(Math.exp(-0.5 - 0.6 * momentum));
	const nextStep = random.chance(logistic(1.1 + 1.3 * momentum));
	const evidence =
		{ new: -0.08, upsell: 0.7, renewal: 3.3 }[kind] +
		0.55 * momentum +
		owner.skill +
		(contacts.length >= 2 ? 0.35 : -0.55) +
		(nextStep ? 0.35 : -0.8) -
		0.45 * Math.min(pushes, 4) -
		(competitor ? 0.75 : 0) +
		(opening.source === 'referral' || opening.source === 'partner' ? 0.35 : 0) -
		0.25 * Math.log(Math.max(0.2, amount / 2_000_000));
	const won = random.chance(logistic(evidence)) ? end !== 'lost' : end === 'won';
	const stalls = !won && random.chance(logistic(-1 - 0.9 * momentum));
	const deal: Deal = {
		...opening,
		id: demoId('opportunities', opening.key),
		amount,
		mrr: opening.lines.reduce((sum, line) => sum + monthlyCents(line), 0),
		steps: [],
		closedAt: null,
		outcome: null,
		contacts,
		pushes: 0,
		closeDate: created,
		nextStep,
		stalled: false,
		competitor,
		lostReason: null,
	};
	return walk(random, deal, { won, stalls, pushes, speed: pace(kind, amount) * Math.exp(-0.25 * momentum) }, calendar);
}

function walk(random: Random, deal: Deal, fate: { won: boolean; stalls: boolean; pushes: number; speed: number }, calendar: Calendar): Deal {
	const first = deal.kind === 'new' ? 0 : deal.kind === 'upsell' ? 1 : 3;
	const path = openStages.slice(first);
	const reached = fate.won ? path.length : random.int(1, path.length);
	let at = deal.created;
	deal.closeDate = officeMoment(random, plusDays(deal.created, path.reduce((sum, stage) => sum + (stage.target_days ?? 10), 0) * fate.speed * 1.1));
	const pushedAt = Array.from({ length: fate.pushes }, () => random.int(0, Math.max(0, reached - 1)));
	for (const [index, stage] of path.slice(0, reached).entries()) {
		if (at > calendar.end) return deal;
		for (const push of pushedAt) {
			if (push !== index) continue;
			deal.closeDate = officeMoment(random, plusDays(deal.closeDate, random.int(14, 45)));
			deal.pushes++;
		}
		// Nobody knows the price on the first day.
		const amount = index === 0 && deal.kind === 'new' ? Math.round((deal.amount * random.normal(1, 0.2)) / 100_000) * 100_000 : deal.amount;
		deal.steps.push({ stage, at, amount: Math.max(100_000, amount), closeDate: deal.closeDate });
		const dwell = (stage.target_days ?? 10) * fate.speed * Math.exp(random.normal(0, 0.45)) * (fate.won ? 0.9 : 1.25);
		// August and Christmas hold everything up.
		at = officeMoment(random, plusDays(at, Math.max(1, dwell + (seasonOf(plusDays(at, dwell)) < 0.5 ? 14 : 0))));
	}
	if (fate.stalls) {
		at = plusDays(at, random.int(110, 330));
		deal.stalled = true;
	}
	if (at > calendar.end) return deal;
	deal.stalled = false;
	deal.closedAt = at;
	deal.outcome = fate.won ? 'won' : 'lost';
	deal.closeDate = at;
	deal.steps.push({ stage: fate.won ? wonStage : lostStage, at, amount: deal.amount, closeDate: at });
	if (!fate.won)
		deal.lostReason =
			deal.competitor && random.chance(0.5) ? 'competitor' : fate.stalls ? random.pick(['no_decision', 'unreachable']) : random.weighted(lostReasons);
	return deal;
}
