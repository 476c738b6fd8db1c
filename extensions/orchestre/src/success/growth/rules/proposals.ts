import { proposalsOfUsage } from './from-usage.ts';
import { offerText, liftText, noOddsText, oddsText, renewalText, ruleText } from './words.ts';
import type { Client, Ground, LiftRule, Odds, Offer, Product, Proposal, Reason } from './types.ts';

/** Days until an advice without a date of its own should have been followed. */
const defaultDays = 14;
/** An offer is made so long before the renewal that it can still be decided with it. */
const renewalLeadDays = 30;

const perYear: Readonly<Record<string, number>> = { monthly: 12, quarterly: 4, yearly: 1 };

/** What would be sold: to the client's users where it is sold by user, else as much as is usual. Amount of the first year. */
export function offerOf(product: Product, client: Pick<Client, 'subscriptions'>): Offer {
	const users = Math.max(0, ...client.subscriptions.map(({ unit, quantity }) => (unit === 'user' ? (quantity ?? 0) : 0)));
	const quantity = (product.unit === 'user' && users) || product.typicalQuantity || 1000;
	const times = product.kind === 'subscription' ? (perYear[product.billingPeriod ?? 'monthly'] ?? 12) : 1;
	const onePeriod = Math.round((quantity * product.priceCents) / 1000);
	const mrrCents = product.kind === 'subscription' ? Math.round((onePeriod * times) / 12) : 0;
	return { quantity, unitPriceCents: product.priceCents, amountCents: onePeriod * times, mrrCents };
}

const oddsFor = ({ odds }: Ground, product: string): Odds | null => odds?.get(product) ?? odds?.get('') ?? null;

function meets(product: Product, client: Client): boolean {
	const { with: needed, industries, sizes } = product.offer;
	if (!needed && industries.length === 0 && sizes.length === 0) return false;
	return (
		(!needed || client.held.has(needed)) &&
		(industries.length === 0 || industries.includes(client.industry ?? '')) &&
		(sizes.length === 0 || sizes.includes(client.size ?? ''))
	);
}

/** The next renewal within the window, if there is one. */
export function renewalOf({ subscriptions }: Pick<Client, 'subscriptions'>, { renewalDays }: { renewalDays: number }, today: number): number | null {
	const days = subscriptions.flatMap(({ renewalDay }) => (renewalDay !== null && renewalDay >= today && renewalDay <= today + renewalDays ? [renewalDay] : []));
	return days.length > 0 ? Math.min(...days) : null;
}

type Draft = Pick<Proposal, 'product' | 'subscription' | 'title' | 'action' | 'offer'> & { reasons: Reason[]; bySource: number; dueDay?: number | null };

function fromCatalogue(client: Client, ground: Ground, lifts: ReadonlyMap<string, readonly LiftRule[]>): Draft[] {
	const drafts: Draft[] = [];
	for (const product of ground.products.values()) {
		if (!product.isActive || product.priceCents <= 0 || client.held.has(product.id)) continue;
		const reasons: Reason[] = [];
		const nameOf = (id: string | null): string => ground.products.get(id ?? '')?.name ?? '';
		if (meets(product, client)) reasons.push({ code: 'rule', text: ruleText(product, product.offer.with && nameOf(product.offer.with)) });
		const lift = lifts.get(product.id)?.find(({ has }) => client.held.has(has));
		if (lift) reasons.push({ code: 'lift', text: liftText(lift, nameOf(lift.has), product.name) });
		if (reasons.length === 0) continue;
		const offer = offerOf(product, client);
		drafts.push({
			product: product.id,
			subscription: null,
			title: `Proposer ${product.name} à ${client.name}`.slice(0, 255),
			action: `Présentez ${product.name} à votre contact, avec un exemple de son métier, et proposez un essai ou un devis.`,
			offer,
			reasons: [...reasons, { code: 'offer', text: offerText(offer, product), ...offer }],
			bySource: 1,
		});
	}
	return drafts;
}

const complete = (draft: Draft, ground: Ground, renewal: number | null, today: number): Proposal => {
	const odds = oddsFor(ground, draft.product);
	const reasons = [...draft.reasons];
	if (renewal !== null) reasons.push({ code: 'renewal', text: renewalText(renewal) });
	reasons.push({ code: 'odds', text: odds ? oddsText(odds) : noOddsText });
	const before = [draft.dueDay ?? Infinity, renewal === null ? Infinity : renewal - renewalLeadDays].map((day) => Math.max(today, day));
	const first = Math.min(...before);
	const { product, subscription, title, action, offer } = draft;
	return {
		product,
		subscription,
		title,
		action,
		offer,
		reasons,
		odds,
		expectedCents: odds ? Math.min(2_147_483_647, Math.round(odds.probability * offer.amountCents)) : 0,
		dueDay: Number.isFinite(first) ? first : today + defaultDays,
	};
};

/** Links between products by what they offer, strongest first. Made once for many clients. */
export const liftsByOffer = ({ lifts }: Ground): Map<string, LiftRule[]> => Map.groupBy(lifts, ({ offers }) => offers);

/**
 * What to propose to a client, the most valuable first, at most `perClient`; nothing while something stands against it. One proposal a
 * product, with all of its reasons. The same facts give the same proposals in the same order.
 */
export function proposalsFor(client: Client, ground: Ground, lifts: ReadonlyMap<string, readonly LiftRule[]>, today: number): Proposal[] {
	if (client.blocks.length > 0) return [];
	const renewal = renewalOf(client, ground.settings, today);
	const drafts = new Map<string, Draft>();
	for (const draft of [...proposalsOfUsage(client, ground), ...fromCatalogue(client, ground, lifts)]) {
		if (client.inDeals.has(draft.product) || client.refused.has(draft.product) || drafts.has(draft.product)) continue;
		drafts.set(draft.product, draft);
	}
	const value = (one: { proposal: Proposal }): number => one.proposal.expectedCents || one.proposal.offer.amountCents / 1e6;
	return [...drafts.values()]
		.map((draft) => ({ proposal: complete(draft, ground, renewal, today), bySource: draft.bySource }))
		.toSorted((a, b) => value(b) - value(a) || a.bySource - b.bySource || (a.proposal.product < b.proposal.product ? -1 : 1))
		.slice(0, ground.settings.perClient)
		.map(({ proposal }) => proposal);
}
