/** The six things that a client's health is made of, in the order in which they are shown. */
export const parts = ['usage', 'support', 'payment', 'contact', 'satisfaction', 'plan'] as const;
export type Part = (typeof parts)[number];

/** From the best to the worst (the choices of `companies.health_band` and `health_history.band`). */
export const bands = ['good', 'watch', 'red'] as const;
export type Band = (typeof bands)[number];

/** What is known of a client, whole Paris days. A count is 0 where there is nothing; null where nothing was ever measured. */
export type ClientFacts = {
	/** Events: the last 30 days, the 90 before them; days since the first (of 13 months) and since the last. */
	usage: { recent: number; before: number; firstDays: number | null; lastDays: number | null };
	/** Tickets of a year: `year` all, `month` of 30 days; open ones by how bad they are; `negative` by their tone in 90 days. */
	tickets: { year: number; month: number; urgent: number; high: number; late: number; negative: number };
	/** Sales that fell due or were paid in a year; `paid` and `lateDays` (days late in all) of 180 days. */
	invoices: { year: number; overdue: number; overdueCents: number; oldestDays: number; disputed: number; paid: number; lateDays: number };
	/** Days since the last exchange that came about. */
	contactDays: number | null;
	/** Answers on a scale of 0 to 100: of 90 days, and of the nine months before. */
	answers: { recent: number; recentSum: number; older: number; olderSum: number };
	/** Milestones: `open` of running projects, `late` of them with the days of the oldest; reached in 180 days, with days late in all. */
	milestones: { open: number; late: number; oldestDays: number; reached: number; lateDays: number };
};

/** How well one part is, and the French fact behind it. No score: nothing to measure, and the text says so. */
export type Measure = { score: number | null; text: string };

/** From `settings`: weights of the parts (any scale), days for which a contact is recent, bounds of the bands in points, season as a ratio. */
export type HealthSettings = { weights: Readonly<Record<Part, number>>; contactDays: number; watchBelow: number; redBelow: number; season: number };

/** A part of a score: what it is worth here (per cent, together 100) and what it cost (whole points, 0 or below; together score − 100). */
export type Reason = { part: Part; score: number | null; weight: number; points: number; text: string };

export type Verdict = { score: number; band: Band; reasons: Reason[] };
