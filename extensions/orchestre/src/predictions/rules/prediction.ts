import type { Model } from '../../learners/model.ts';
import { pick, type Cell } from '../../learners/table.ts';
import { dayMs } from '../../platform/time/paris.ts';
import { basisPoints, explain, intervals, type Explained, type Similar } from './explain.ts';
import { tableOf, type GroupRate } from './training.ts';
import type { Subject, Target } from './types.ts';
import { outcomeWords } from './words.ts';

/**
 * What is kept on a lead or a deal (`probability_reasons`), shares in basis points. model: a trained model's word; rate: what became of
 * those like it, as there is no model that may be shown; points: not even that.
 */
export type Prediction =
	| ({ state: 'model'; probability: number; low: number; high: number; similar: Similar; horizonDays: number } & Explained)
	| { state: 'rate'; group: string; won: number; lost: number; probability: number; low: number; high: number; sentence: string; why: string }
	| { state: 'points'; why: string };

/** A prediction and which training it comes from: `v3`. */
export type Predicted = { id: string; prediction: Prediction; version: string };

export type InUse = { id: string; model: Model; bins: Parameters<typeof intervals>[0]; horizonDays: number; version: string };

/** What people read beside a field: days for dates, as they count back from the moment. */
const shown = (kind: string, cell: Cell, now: number): number | string | null =>
	kind === 'date' && typeof cell === 'number' ? Math.max(0, Math.round((now - cell) / dayMs)) : cell;

/** Whether the figures (basis points) of one of the histories are what is known of it already. */
export type IsKnown = (index: number, probability: number, low: number, high: number) => boolean;

/** Today's predictions by a model, with intervals and reasons; of those whose figures are known already, none. */
export function byModel<History extends { id: string }>(
	subject: Subject<History>,
	histories: readonly History[],
	now: number,
	{ model, bins, horizonDays, version }: Omit<InUse, 'id'>,
	isKnown: IsKnown = () => false,
): Predicted[] {
	const table = tableOf(
		subject,
		histories.map((history) => ({ history, at: now })),
	);
	const probabilities = model.probabilities(table);
	const around = intervals(bins);
	const news = [...histories.keys()].filter((index) => {
		const probability = probabilities[index] as number;
		const { low, high } = around(probability);
		return !isKnown(index, basisPoints(probability), low, high);
	});
	const { base, values } = model.contributions(news.length === table.rows ? table : pick(table, news));
	const columns = new Map(table.fields.map(({ name, kind }, index) => [name, { kind, cells: table.columns[index] as readonly Cell[] }]));
	const width = model.fields.length;
	return news.map((index, row) => {
		const history = histories[index] as History;
		const probability = probabilities[index] as number;
		const explained = explain(model.fields, base, values.subarray(row * width, (row + 1) * width), (feature) => {
			const column = columns.get(feature);
			const detail = subject.detailOf?.(history, now, feature) ?? [];
			return { value: column ? shown(column.kind, column.cells[index] ?? null, now) : null, ...(detail.length > 0 && { detail }) };
		});
		const { low, high, similar } = around(probability);
		return { id: history.id, version, prediction: { state: 'model', probability: basisPoints(probability), low, high, similar, horizonDays, ...explained } };
	});
}

const usageWords: Readonly<Record<string, string>> = {
	unknown: 'Clients sans relevé d’usage',
	none: 'Clients qui n’utilisent plus le produit',
	down: 'Clients dont l’usage baisse',
	steady: 'Clients dont l’usage tient',
};

const groupWords: Readonly<Record<Target, (group: string) => string>> = {
	lead_conversion: (group) => (group === 'all' ? 'Tous les leads' : `Leads notés ${group}`),
	deal_win: (group) => (group === 'all' ? 'Toutes les affaires' : `Affaires passées par l’étape ${group} du pipeline`),
	churn: (group) => usageWords[group] ?? 'Tous les clients',
};

export type Story = { version: string; why: string; rates: Readonly<Record<string, GroupRate>> };

const percent = (share: number): number => Math.round(share * 100);

/** Without a model that may be shown: what became of those like it, drawn towards all, or why there is nothing to say. */
export function byRates<History extends { id: string }>(
	subject: Subject<History>,
	histories: readonly History[],
	now: number,
	{ version, why, rates }: Story,
): Predicted[] {
	return histories.map((history) => {
		const own = subject.groupAt(history, now);
		const group = rates[own] ? own : 'all';
		const rate = rates[group];
		if (!rate) return { id: history.id, version, prediction: { state: 'points', why } };
		const { won, lost, value, low, high } = rate;
		const sentence = `${groupWords[subject.target](group)} : ${outcomeWords(subject.target, won, lost)}, soit ${percent(low)} à ${percent(high)} %`;
		const shares = { probability: basisPoints(value), low: basisPoints(low), high: basisPoints(high) };
		return { id: history.id, version, prediction: { state: 'rate', group, won, lost, ...shares, sentence, why } };
	});
}
