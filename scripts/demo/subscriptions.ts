import type { Calendar } from './calendar.ts';
import { isoDate, plusDays, plusMonths } from './calendar.ts';
import type { Company } from './companies.ts';
import { demoId } from './ids.ts';
import type { Deal } from './opportunities.ts';
import type { Product } from './products.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamOf } from './team.ts';

type Change = {
	kind: 'new' | 'expansion' | 'contraction' | 'renewal' | 'cancellation' | 'end';
	on: Date;
	recorded: Date;
	before: string | null;
	after: string;
	mrrBefore: number;
	mrrAfter: number;
	reason: string | null;
};

export const periodMonths = { month: 1, quarter: 3, year: 12 } as const;

/** One module at one client. Amounts in cents a month. */
export type Subscription = {
	id: string;
	company: Company;
	product: Product;
	users: number;
	period: keyof typeof periodMonths;
	startedOn: Date;
	/** When the client gave notice. */
	cancelledOn: Date | null;
	/** When the service stops. */
	endsOn: Date | null;
	reason: string | null;
	deal: Deal | null;
	changes: Change[];
	renew: (on: Date, users: number, calendar: Calendar) => void;
	cancel: (random: Random, on: Date, reason: string, calendar: Calendar) => void;
};

const mrrOf = ({ product, users }: Subscription): number => product.price * users;

export function beginSubscription(company: Company, product: Product, users: number, at: Date, deal: Deal | null): Subscription {
	const startedOn = new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000);
	const subscription: Subscription = {
		id: demoId('subscriptions', `${company.key} ${product.key} ${isoDate(startedOn)}`),
		company,
		product,
		users,
		startedOn,
		deal,
		cancelledOn: null,
		endsOn: null,
		reason: null,
		changes: [],
		period: company.billing,
		renew: (on, next, calendar) => {
			if (subscription.cancelledOn || on > calendar.today) return;
			const before = mrrOf(subscription);
			subscription.users = next;
			const after = mrrOf(subscription);
			const base = { on, recorded: plusDays(on, -1), before: 'active', after: 'active', reason: null };
			subscription.changes.push({ ...base, kind: 'renewal', mrrBefore: before, mrrAfter: before });
			if (after !== before) subscription.changes.push({ ...base, kind: after > before ? 'expansion' : 'contraction', mrrBefore: before, mrrAfter: after });
		},
		cancel: (dice, on, reason, calendar) => {
			if (subscription.cancelledOn || on > calendar.end || on < startedOn) return;
			// What was told of later days, before the notice was, did not come about.
			subscription.changes = subscription.changes.filter((change) => change.on <= on);
			const mrr = mrrAt(subscription, on);
			subscription.cancelledOn = on;
			subscription.reason = reason;
			subscription.endsOn = plusDays(new Date(Math.floor(on.getTime() / 86_400_000) * 86_400_000), dice.int(25, 60));
			subscription.changes.push({ kind: 'cancellation', on, recorded: on, before: 'active', after: 'cancelled', mrrBefore: mrr, mrrAfter: mrr, reason });
			if (subscription.endsOn < calendar.today)
				subscription.changes.push({
					kind: 'end',
					on: subscription.endsOn,
					recorded: subscription.endsOn,
					before: 'cancelled',
					after: 'ended',
					mrrBefore: mrr,
					mrrAfter: 0,
					reason,
				});
		},
	};
	subscription.changes.push({
		kind: 'new',
		on: startedOn,
		recorded: startedOn,
		before: null,
		after: 'active',
		mrrBefore: 0,
		mrrAfter: mrrOf(subscription),
		reason: null,
	});
	return subscription;
}

/** Users at the client on a day, from the changes. */
export const mrrAt = ({ changes }: Subscription, at: Date): number => changes.reduce((mrr, change) => (change.on <= at ? change.mrrAfter : mrr), 0);

const statusOf = ({ cancelledOn, endsOn }: Subscription, calendar: Calendar): string =>
	!cancelledOn ? 'active' : endsOn && endsOn < calendar.today ? 'ended' : 'cancelled';

/** First day of the billing period that has not been billed by today. */
export function nextInvoice({ startedOn, period, endsOn }: Subscription, calendar: Calendar): Date | null {
	let next = startedOn;
	for (let periods = 1; next < calendar.today; periods++) next = plusMonths(startedOn, periods * periodMonths[period]);
	return endsOn && next >= endsOn ? null : next;
}

/** The next anniversary of the start, from today on. */
function renewalOf({ startedOn }: Subscription, calendar: Calendar): Date {
	let next = plusMonths(startedOn, 12);
	for (let years = 2; next < calendar.today; years++) next = plusMonths(startedOn, 12 * years);
	return next;
}

export function subscriptionRow(subscription: Subscription, number: string, calendar: Calendar): Row {
	const { company, product, period, startedOn, cancelledOn, endsOn, deal } = subscription;
	const owner = company.owner ?? member('success');
	const renewal = endsOn ? null : renewalOf(subscription, calendar);
	const next = nextInvoice(subscription, calendar);
	const mrr = endsOn && endsOn < calendar.today ? 0 : mrrOf(subscription);
	return {
		id: subscription.id,
		name: `${product.name} – ${company.org.name}`,
		reference: number,
		status: statusOf(subscription, calendar),
		company: company.id,
		contact: company.contacts[0]?.id ?? null,
		owner: owner.id,
		team: teamOf(owner),
		mrr_cents: mrr,
		period_net_cents: mrrOf(subscription) * periodMonths[period],
		currency: 'EUR',
		period,
		usage_limit: subscription.users * 1000,
		usage_unit: 'utilisateurs',
		usage_measure: 'actors',
		started_on: isoDate(startedOn),
		committed_until: isoDate(plusMonths(startedOn, 12)),
		renewal_on: renewal ? isoDate(renewal) : null,
		auto_renew: !cancelledOn,
		notice_days: 30,
		ends_on: endsOn ? isoDate(endsOn) : null,
		cancelled_on: cancelledOn ? isoDate(cancelledOn) : null,
		cancellation_reason: subscription.reason,
		cancelled_by: cancelledOn ? 'client' : null,
		next_invoice_on: next ? isoDate(next) : null,
		billing_timing: 'advance',
		payment_terms_days: company.terms,
		payment_method: period === 'month' ? 'direct_debit' : 'transfer',
		opportunity: deal?.id ?? null,
		...traces(startedOn, owner.id, cancelledOn ?? startedOn),
	};
}

export const changeRows = ({ id, company, changes }: Subscription): Row[] =>
	changes.map(({ kind, on, recorded, before, after, mrrBefore, mrrAfter, reason }, index) => ({
		id: demoId('subscription_changes', `${id} ${index}`),
		subscription: id,
		company: company.id,
		kind,
		changed_on: isoDate(on),
		recorded_at: recorded.toISOString(),
		status_before: before,
		status_after: after,
		mrr_before_cents: mrrBefore,
		mrr_after_cents: mrrAfter,
		reason,
		...traces(recorded, (company.owner ?? member('success')).id),
	}));
