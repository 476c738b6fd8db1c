import { dayOrNull, numberOrNull } from '../../platform/columns.ts';
import type { DealHistory, Entry } from '../rules/deals.ts';
import { contactOf, groupedBy, momentOf, textOrNull, type Row } from './rows.ts';

/** What a stage is, by id: its rank among the open ones from 1, or null when deals in it are closed. */
export type StageKinds = { byId: ReadonlyMap<string, { position: number | null; isWon: boolean }>; open: number };

/** Stages by order and kind: their names say nothing. */
export function stageKinds(stages: readonly Row[]): StageKinds {
	const isClosed = (stage: Row): boolean => Boolean(stage['is_won']) || Boolean(stage['is_lost']);
	const order = (stage: Row): number => numberOrNull(stage['sort']) ?? Number.MAX_SAFE_INTEGER;
	const open = stages.filter((stage) => !isClosed(stage)).sort((one, two) => order(one) - order(two));
	const positions = new Map(open.map((stage, index) => [stage['id'], index + 1]));
	return {
		byId: new Map(stages.map((stage) => [String(stage['id']), { position: positions.get(stage['id']) ?? null, isWon: Boolean(stage['is_won']) }])),
		open: open.length,
	};
}

/** A date of signature as the end of its day in UTC: only days between count. */
function closeDateOf(value: unknown): number | null {
	const day = dayOrNull(value);
	return day === null ? null : Date.parse(`${day}T00:00:00Z`);
}

/** A row of `stage_changes`, or the deal's own row now. */
export function entryOf(row: Row, stage: unknown, at: number, { byId }: StageKinds): Entry {
	const kind = byId.get(String(stage));
	return {
		at,
		position: kind?.position ?? null,
		isWon: kind?.isWon ?? false,
		amount: numberOrNull(row['amount_cents']),
		closeDate: closeDateOf(row['close_date']),
		probability: numberOrNull(row['probability']),
	};
}

export type DealParts = { deal: Row; changes: readonly Row[]; contacts: readonly Row[]; tasks: readonly Row[]; companyWon: readonly number[]; companyLost: readonly number[] };

/** What is dated about a deal. Changes come in order of time. */
export function dealHistoryOf({ deal, changes, contacts, tasks, companyWon, companyLost }: DealParts, stages: StageKinds): DealHistory {
	const entries = changes.map((row) => entryOf(row, row['to_stage'], momentOf(row['at']), stages));
	return {
		id: String(deal['id']),
		created: momentOf(deal['date_created']),
		kind: String(deal['kind'] ?? ''),
		source: textOrNull(deal['source']),
		isFromLead: deal['lead'] !== null && deal['lead'] !== undefined,
		openStages: stages.open,
		entries,
		contacts: contacts.map(contactOf),
		tasksDone: tasks.map((row) => momentOf(row['done_at'])),
		companyWon,
		companyLost,
	};
}

/** Closed deals by company: when, and how they ended. */
export type CompanyOutcomes = ReadonlyMap<string, readonly { deal: string; at: number; isWon: boolean }[]>;

/** From rows of closed deals with `id`, `company`, `stage` and `closed_at`. */
export function companyOutcomes(closed: readonly Row[], { byId }: StageKinds): CompanyOutcomes {
	const outcomes = new Map<string, { deal: string; at: number; isWon: boolean }[]>();
	for (const [company, deals] of groupedBy(closed, (row) => row['company']))
		outcomes.set(
			company,
			deals.map((row) => ({ deal: String(row['id']), at: momentOf(row['closed_at']), isWon: byId.get(String(row['stage']))?.isWon ?? false })),
		);
	return outcomes;
}

/** What became of the other deals of this deal's company. */
export function outcomesFor(outcomes: CompanyOutcomes, deal: Row): { companyWon: number[]; companyLost: number[] } {
	const others = (outcomes.get(String(deal['company'])) ?? []).filter((one) => one.deal !== deal['id']);
	return { companyWon: others.flatMap(({ at, isWon }) => (isWon ? [at] : [])), companyLost: others.flatMap(({ at, isWon }) => (isWon ? [] : [at])) };
}
