/** What the rules of growth look at. Money in cents, shares in basis points where stored, quantities in thousandths, days as day numbers. */
export type GrowthSettings = {
	enabled: boolean;
	perClient: number;
	minSupport: number;
	/** 1.2: a fifth more often. */
	minLift: number;
	/** 0.8: four fifths of the plan. */
	usageShare: number;
	refusalDays: number;
	alertCents: number;
	renewalDays: number;
};

export type Product = {
	id: string;
	name: string;
	kind: 'good' | 'service' | 'subscription';
	isActive: boolean;
	priceCents: number;
	unit: string;
	billingPeriod: string | null;
	offer: { with: string | null; industries: readonly string[]; sizes: readonly string[]; reason: string | null };
	/** The median quantity of past sales, in thousandths; null when it was never sold. */
	typicalQuantity: number | null;
};

/** What holders of one product also hold. */
export type LiftRule = {
	has: string;
	offers: string;
	/** Clients with both, with `has`, with `offers`, and all of them. */
	both: number;
	holders: number;
	owners: number;
	clients: number;
	/** Shrunken towards 1, with a 99 % interval. */
	lift: number;
	low: number;
	high: number;
};

/** A share with its interval, 0 to 1, and the closed deals behind it. */
export type Odds = { probability: number; low: number; high: number; deals: number; won: number };

export type Ground = {
	settings: GrowthSettings;
	products: ReadonlyMap<string, Product>;
	lifts: readonly LiftRule[];
	/** Chance of winning an upsell by product; under '' for any. Null while no deal has ever been closed. */
	odds: ReadonlyMap<string, Odds> | null;
};

export type Subscription = {
	id: string;
	name: string;
	product: string | null;
	/** Of its first line, in thousandths. */
	quantity: number | null;
	unit: string | null;
	mrrCents: number;
	renewalDay: number | null;
	usage: Usage | null;
};

/** Usage of a plan: what is included and used in the same unit (pieces, not thousandths). */
export type Usage = {
	measure: 'quantity' | 'actors';
	unit: string;
	included: number;
	used: number;
	/** The day on which the trend passes what is included; null when it does not before the horizon. */
	exceededOn: number | null;
	/** Clearly less than in the same span before. */
	isFalling: boolean;
};

export type BlockCode = 'red_health' | 'churn' | 'ticket' | 'invoice' | 'cancelled';
/** Why nothing is proposed to a client. */
export type Block = { code: BlockCode; text: string; collection?: string; item?: string };

export type Client = {
	id: string;
	name: string;
	owner: string | null;
	team: string | null;
	industry: string | null;
	size: string | null;
	blocks: readonly Block[];
	/** Products that the client has or had. */
	held: ReadonlySet<string>;
	/** Products in an open deal with this client. */
	inDeals: ReadonlySet<string>;
	/** Products refused, or lost in a deal, not long enough ago. */
	refused: ReadonlySet<string>;
	subscriptions: readonly Subscription[];
};

export type ProposalSource = 'usage' | 'rule' | 'lift';
/** One sentence of an insight. The offer carries the figures that a deal is made of. */
export type Reason = { code: ProposalSource | 'renewal' | 'odds'; text: string } | ({ code: 'offer'; text: string } & Offer);
export type Offer = { quantity: number; unitPriceCents: number; amountCents: number; mrrCents: number };

export type Proposal = {
	product: string;
	subscription: string | null;
	title: string;
	action: string;
	offer: Offer;
	odds: Odds | null;
	/** Chance of winning × amount of the first year; 0 while there is no chance to go by. */
	expectedCents: number;
	reasons: Reason[];
	dueDay: number;
};
