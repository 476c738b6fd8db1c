import { extraUnits, isTight } from './usage.ts';
import type { Client, Ground, Offer, Proposal, Reason, Subscription, Usage } from './types.ts';
import { cappedText, offerText, usageText } from './words.ts';

type UsageDraft = Pick<Proposal, 'product' | 'subscription' | 'title' | 'action' | 'offer'> & { reasons: Reason[]; bySource: number; dueDay: number | null };

/** A larger plan at the price of today's: what one unit of it brings a month, times the units that are missing. */
function largerPlan({ mrrCents }: Subscription, usage: Usage): (Offer & { isCapped: boolean }) | null {
	const { units, isCapped } = extraUnits(usage);
	const unitPriceCents = Math.round(mrrCents / usage.included);
	if (unitPriceCents <= 0) return null;
	const monthly = units * unitPriceCents;
	return { quantity: units * 1000, unitPriceCents, amountCents: monthly * 12, mrrCents: monthly, isCapped };
}

/** Plans that are about to be too small; of two for one product the fuller one. */
export function proposalsOfUsage(client: Client, { settings, products }: Ground): UsageDraft[] {
	const fullness = ({ usage }: Subscription): number => (usage ? usage.used / usage.included : 0);
	return client.subscriptions
		.toSorted((a, b) => fullness(b) - fullness(a) || (a.id < b.id ? -1 : 1))
		.flatMap((subscription): UsageDraft[] => {
			const { usage } = subscription;
			const product = products.get(subscription.product ?? '');
			if (!usage || !product || !isTight(usage, settings.usageShare)) return [];
			const larger = largerPlan(subscription, usage);
			if (!larger) return [];
			const { isCapped, ...offer } = larger;
			return [
				{
					product: product.id,
					subscription: subscription.id,
					title: `Augmenter le forfait ${product.name} de ${client.name}`.slice(0, 255),
					action: 'Montrez au client son usage, avant qu’il ne soit bloqué, et proposez le forfait supérieur.',
					offer,
					reasons: [
						{ code: 'usage', text: usageText(usage, subscription) },
						{ code: 'offer', text: isCapped ? `${offerText(offer, product)} ${cappedText}` : offerText(offer, product), ...offer },
					],
					bySource: 0,
					dueDay: usage.exceededOn,
				},
			];
		});
}
