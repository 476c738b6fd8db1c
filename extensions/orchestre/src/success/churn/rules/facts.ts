/**
 * What was known of a client at a moment, from rows dated before it. Moments in ms, money in cents, days for lengths; null where there is
 * nothing to say (no answer to any survey, no product usage ever). Nothing here knows Directus.
 */
export type ClientFacts = {
	/** Beginning of the oldest running subscription or contract, a contract that follows others counting from the first of them. */
	since: number;
	/** Running subscriptions, and what they bring a month; null where that was not written down by then. */
	modules: number;
	mrr: number | null;
	/** Share of the revenue of ninety days before: 1 is steady, 0.5 halved; null for who was no client then, and where it is not known. */
	mrrChange: number | null;
	contractions: number;
	/** Days to the next anniversary of a running subscription or the end of a contract. */
	toRenewal: number | null;
	/** Usage of the 30 days before today and, per 30 days, of the 90 before these (the windows of health); users who were seen. */
	usage: number;
	usageBefore: number;
	users: number;
	usersBefore: number;
	lastUsage: number | null;
	/** Tickets of the last 90 days, those of them that went past their deadline by then, and those open then. */
	tickets: number;
	ticketsBurning: number;
	ticketsOpen: number;
	/** Sale invoices past their due date then, the days of the oldest, and how many of the last year's were paid late. */
	overdue: number;
	overdueDays: number;
	paidLate: number;
	/** Exchanges of the last 90 days that came about, and the last one. */
	contacts: number;
	lastContact: number | null;
	/** Latest answer to a survey within a year (NPS, CSAT of 1 to 5, CES of 1 to 7), brought to 0 to 100. */
	satisfaction: number | null;
	/** Milestones past their date, of projects that ran. */
	milestonesLate: number;
	/** Latest health score of the 45 days before today: today’s may be written at any hour. */
	health: number | null;
};

/** How a client uses the product: the groups of which rates are told while there is no model. */
export type UsageState = 'unknown' | 'none' | 'down' | 'steady';

/** Usage under this share of what it was counts as falling. */
export const fallingShare = 0.6;

export function usageState({ usage, usageBefore, lastUsage }: Pick<ClientFacts, 'usage' | 'usageBefore' | 'lastUsage'>): UsageState {
	if (lastUsage === null && usage === 0) return 'unknown';
	if (usage === 0) return 'none';
	return usage < usageBefore * fallingShare ? 'down' : 'steady';
}

/** Share of the usage before that is left, between 0 and any; null when there was none before. */
export const usageChange = ({ usage, usageBefore }: Pick<ClientFacts, 'usage' | 'usageBefore'>): number | null =>
	usageBefore > 0 ? usage / usageBefore : null;
