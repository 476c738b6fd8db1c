import type { FactName } from '../../leads/rules/facts.ts';
import { closedStatuses, type LeadStatus } from '../../leads/rules/types.ts';
import { contactFeatures, contactsBy } from './contacts.ts';
import { dayMs } from '../../platform/time/paris.ts';
import { drawn, luck } from './draw.ts';
import type { Contact, Feature, Subject } from './types.ts';

/** What the criteria on one fact gave together, and their names. */
export type Met = { points: number; names: string[] };

/** A score as it stood from `at` on; `met` by fact, for facts that met a criterion. */
export type ScoreThen = { at: number; points: number; fit: number; engagement: number; grade: string; met: Readonly<Record<string, Met>> };

/** All that is dated about a lead. Scores and statuses oldest first; the first status is that of its creation. */
export type LeadHistory = {
	id: string;
	created: number;
	scores: readonly ScoreThen[];
	statuses: readonly { at: number; to: LeadStatus }[];
	contacts: readonly Contact[];
	tasksDone: readonly number[];
};

/**
 * Facts of which the points are learnt from, one by one, through the history of scores: criteria know what a value is worth, and outcomes
 * tell whether that is too much or too little (decision 101 compares). Never language or country: they say where somebody comes from.
 */
export const learntFacts = [
	'account_kind',
	'budget',
	'decision_role',
	'demo_requested_at',
	'industry',
	'job_title',
	'pages_viewed',
	'pricing_viewed_at',
	'size_band',
	'source',
	'timing',
	'trial_started_at',
] as const satisfies readonly FactName[];

function lastBy<T extends { at: number }>(rows: readonly T[], at: number): T | undefined {
	for (let index = rows.length - 1; index >= 0; index--) if ((rows[index] as T).at <= at) return rows[index];
	return undefined;
}

const scoreAt = ({ scores }: LeadHistory, at: number): ScoreThen | undefined => lastBy(scores, at);
const statusAt = ({ statuses }: LeadHistory, at: number): LeadStatus | null => lastBy(statuses, at)?.to ?? null;

/** Nothing met is no points; a lead that was never scored has none to speak of. */
const pointsOf = (score: ScoreThen | undefined, fact: string): number | null => (score ? (score.met[fact]?.points ?? 0) : null);

/** Hours from the creation until somebody wrote, called or met; missing as long as nobody has. */
function responseHours(history: LeadHistory, at: number): number | null {
	const first = contactsBy(history, at)
		.filter(({ isInbound, isMeeting, at: moment }) => (!isInbound || isMeeting) && moment >= history.created)
		.reduce<number | null>((earliest, contact) => (earliest === null || contact.at < earliest ? contact.at : earliest), null);
	return first === null ? null : (first - history.created) / 3_600_000;
}

const features: readonly Feature<LeadHistory>[] = [
	{ name: 'fit_points', kind: 'number', of: (history, at) => scoreAt(history, at)?.fit ?? null },
	{ name: 'engagement_points', kind: 'number', of: (history, at) => scoreAt(history, at)?.engagement ?? null },
	{ name: 'age', kind: 'date', of: ({ created }) => created },
	{ name: 'status', kind: 'category', of: statusAt },
	{ name: 'status_since', kind: 'date', of: ({ statuses }, at) => lastBy(statuses, at)?.at ?? null },
	{ name: 'response_hours', kind: 'number', of: responseHours },
	...contactFeatures,
	...learntFacts.map((fact): Feature<LeadHistory> => ({
		name: `criterion.${fact}`,
		kind: 'number',
		of: (history, at) => pointsOf(scoreAt(history, at), fact),
	})),
];

/** Days after its creation at which a lead is looked at: most decisions about leads are made in the first days. */
const ages = [
	{ value: 0, weight: 50 },
	{ value: 2, weight: 20 },
	{ value: 5, weight: 12 },
	{ value: 10, weight: 10 },
	{ value: 21, weight: 5 },
	{ value: 45, weight: 3 },
];

/** A lead is created, scored and perhaps answered within its first minute. */
const settledMs = 60_000;

/**
 * Leads: will this one be converted within the horizon? Each is learnt from once, at an age that is drawn from the moment of its creation,
 * and not at all when it was closed by then: so no lead counts twice, and every age is a fair sample of the leads open at that age.
 */
export const leadSubject: Subject<LeadHistory> = {
	target: 'lead_conversion',
	features,
	cutOffs: (history) => {
		const at = history.created + settledMs + drawn(ages, luck(history.created, 0)) * dayMs;
		const status = statusAt(history, at);
		return status !== null && !closedStatuses.includes(status) ? [at] : [];
	},
	isWonAt: (history, at) => statusAt(history, at) === 'converted',
	pointsAt: (history, at) => scoreAt(history, at)?.points ?? 0,
	groupAt: (history, at) => scoreAt(history, at)?.grade.slice(0, 1) ?? '',
	detailOf: (history, at, feature) => (feature.startsWith('criterion.') ? (scoreAt(history, at)?.met[feature.slice(10)]?.names ?? []) : []),
};
