import type { Client, Ground, GrowthSettings, LiftRule, Product, Subscription } from './types.ts';

export const settings: GrowthSettings = {
	enabled: true,
	perClient: 3,
	minSupport: 8,
	minLift: 1.2,
	usageShare: 0.8,
	refusalDays: 120,
	alertCents: 200_000,
	renewalDays: 90,
};

export const product = (id: string, over: Partial<Product> = {}): Product => ({
	id,
	name: id[0]?.toUpperCase() + id.slice(1),
	kind: 'subscription',
	isActive: true,
	priceCents: 1800,
	unit: 'user',
	billingPeriod: 'monthly',
	offer: { with: null, industries: [], sizes: [], reason: null },
	typicalQuantity: null,
	...over,
});

export const subscription = (over: Partial<Subscription> = {}): Subscription => ({
	id: 's1',
	name: 'Pilotage – Durand',
	product: 'pilotage',
	quantity: 20_000,
	unit: 'user',
	mrrCents: 58_000,
	renewalDay: null,
	usage: null,
	...over,
});

export const client = (over: Partial<Client> = {}): Client => ({
	id: 'c1',
	name: 'Durand',
	owner: 'u1',
	team: 't1',
	industry: 'manufacturing',
	size: '10-49',
	blocks: [],
	held: new Set(['pilotage', 'maintenance']),
	inDeals: new Set(),
	refused: new Set(),
	subscriptions: [subscription()],
	...over,
});

export const lift: LiftRule = { has: 'maintenance', offers: 'stock', both: 18, holders: 24, owners: 25, clients: 60, lift: 1.6, low: 1.2, high: 2.1 };

export const ground = (over: Partial<Ground> = {}): Ground => ({
	settings,
	products: new Map(['pilotage', 'maintenance', 'stock', 'quality'].map((id) => [id, product(id)])),
	lifts: [lift],
	odds: new Map([['', { probability: 0.5, low: 0.4, high: 0.6, deals: 40, won: 20 }]]),
	...over,
});
