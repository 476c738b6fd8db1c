import { contactFeatures, contactsBy } from './contacts.ts';
import { dayMs } from '../../platform/time/paris.ts';
import { drawn, luck } from './draw.ts';
import type { Contact, Feature, Subject } from './types.ts';

/** A stage that a deal entered, with what the deal was worth then. `position`: rank among the open stages from 1; null when it is closed. */
export type Entry = { at: number; position: number | null; isWon: boolean; amount: number | null; closeDate: number | null; probability: number | null };

/** All that is dated about a deal, and what is settled with its creation. Entries oldest first. */
export type DealHistory = {
	id: string;
	created: number;
	kind: string;
	source: string | null;
	isFromLead: boolean;
	/** How many open stages there are. */
	openStages: number;
	entries: readonly Entry[];
	contacts: readonly Contact[];
	tasksDone: readonly number[];
	/** Moments at which other deals with the same company were won or lost. */
	companyWon: readonly number[];
	companyLost: readonly number[];
};

const entriesBy = ({ entries }: DealHistory, at: number): readonly Entry[] => entries.filter((entry) => entry.at <= at);
const current = (history: DealHistory, at: number): Entry | undefined => entriesBy(history, at).at(-1);

/** How often the date of signature moved later than it had ever been. */
function pushes(history: DealHistory, at: number): number {
	let [latest, count]: [number | null, number] = [null, 0];
	for (const { closeDate, position } of entriesBy(history, at)) {
		if (closeDate === null || position === null) continue;
		if (latest !== null && closeDate > latest) count++;
		latest = latest === null ? closeDate : Math.max(latest, closeDate);
	}
	return count;
}

/** Since when it is in the stage where it stands: changes of amount or date within a stage do not count. */
function stageSince(history: DealHistory, at: number): number | null {
	const entries = entriesBy(history, at);
	let since: number | null = null;
	for (let index = entries.length - 1; index >= 0 && entries[index]?.position === entries.at(-1)?.position; index--) since = entries[index]?.at ?? null;
	return since;
}

function backwards(history: DealHistory, at: number): number {
	const positions = entriesBy(history, at).flatMap(({ position }) => position ?? []);
	return positions.filter((position, index) => index > 0 && position < (positions[index - 1] as number)).length;
}

/** Mean days that the stages before the present one took; missing in the first. */
function pace(history: DealHistory, at: number): number | null {
	const since = stageSince(history, at);
	const left = new Set(entriesBy(history, at).flatMap(({ position }) => position ?? [])).size - 1;
	return since === null || left < 1 ? null : (since - history.created) / dayMs / left;
}

const distinct = (values: readonly (string | null)[]): number => new Set(values.filter((value) => value !== null)).size;

function amountChange(history: DealHistory, at: number): number | null {
	const amounts = entriesBy(history, at).flatMap(({ amount }) => (amount ? [amount] : []));
	const [first, last] = [amounts[0], amounts.at(-1)];
	return first && last ? last / first : null;
}

const daysToClose = (history: DealHistory, at: number): number | null => {
	const date = current(history, at)?.closeDate ?? null;
	return date === null ? null : Math.round((date - at) / dayMs);
};

const features: readonly Feature<DealHistory>[] = [
	{ name: 'stage_position', kind: 'number', of: (history, at) => current(history, at)?.position ?? null },
	{ name: 'stage_since', kind: 'date', of: stageSince },
	{ name: 'age', kind: 'date', of: ({ created }) => created },
	{ name: 'backwards', kind: 'number', of: backwards },
	{ name: 'pace', kind: 'number', of: pace },
	{ name: 'amount', kind: 'number', of: (history, at) => current(history, at)?.amount ?? null },
	{ name: 'amount_change', kind: 'number', of: amountChange },
	{ name: 'days_to_close', kind: 'number', of: daysToClose },
	{ name: 'pushes', kind: 'number', of: pushes },
	{ name: 'deal_kind', kind: 'category', of: ({ kind }) => kind },
	{ name: 'deal_source', kind: 'category', of: ({ source }) => source },
	{ name: 'from_lead', kind: 'category', of: ({ isFromLead }) => (isFromLead ? 'yes' : 'no') },
	{ name: 'people_met', kind: 'number', of: (history, at) => distinct(contactsBy(history, at).map(({ person }) => person)) },
	...contactFeatures,
	{ name: 'company_won', kind: 'number', of: ({ companyWon }, at) => companyWon.filter((moment) => moment < at).length },
	{ name: 'company_lost', kind: 'number', of: ({ companyLost }, at) => companyLost.filter((moment) => moment < at).length },
];

/** Days after the entry into a stage at which a deal is looked at. */
const delays = [
	{ value: 0, weight: 50 },
	{ value: 5, weight: 20 },
	{ value: 14, weight: 20 },
	{ value: 45, weight: 10 },
];

/**
 * Deals: will this one be won within the horizon? Each is learnt from once, after its entry into a stage that is drawn (early stages more
 * often, as more deals are there), and not at all when it never came so far or was closed by then. Stages count by their order and kind.
 */
export const dealSubject: Subject<DealHistory> = {
	target: 'deal_win',
	features,
	cutOffs: (history) => {
		const { created, openStages, entries } = history;
		if (openStages === 0) return [];
		const positions = Array.from({ length: openStages }, (_, index) => ({ value: index + 1, weight: openStages - index }));
		const wanted = drawn(positions, luck(created, 0));
		const entry = entries.find(({ position }) => position !== null && position >= wanted);
		if (!entry) return [];
		const at = entry.at + drawn(delays, luck(created, 1)) * dayMs;
		const position = current(history, at)?.position ?? null;
		return position === null ? [] : [at];
	},
	isWonAt: (history, at) => current(history, at)?.isWon ?? false,
	pointsAt: (history, at) => current(history, at)?.probability ?? 0,
	groupAt: (history, at) => String(current(history, at)?.position ?? ''),
};
