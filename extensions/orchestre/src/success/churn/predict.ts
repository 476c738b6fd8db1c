import { numberOrNull } from '../../platform/columns.ts';
import { setImmediate as breathe } from 'node:timers/promises';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, isPostgres, type Knex } from '../../platform/directus.ts';
import { isoOf, toParis } from '../../platform/time/paris.ts';
import { type Row } from '../../predictions/data/rows.ts';
import { readMeans, type Means } from '../../predictions/refresh.ts';
import { churnSubject, type ClientHistory } from '../../predictions/rules/churn.ts';
import { byModel, byRates } from '../../predictions/rules/prediction.ts';
import { readFacts } from './data/read-facts.ts';
import { readClients, readSpells } from './data/read-spells.ts';
import type { ChurnReasons, Thresholds } from './rules/reasons.ts';
import { indexFromSigns, indexOf } from './rules/risk.ts';
import { runningAt, type Spell } from './rules/spells.ts';
import type { Weights } from './rules/signals.ts';
import { readRetention, readWeights } from './settings.ts';
import { writeRisks, type Risk } from './write.ts';

/** Clients that are read, predicted and written at once. */
const partSize = 2000;

/** `clients`: those with something that runs; `written`: rows of companies whose figures changed; `recorded`: rows of the day's history. */
export type Predicted = { clients: number; written: number; recorded: number; model: string | null };

type Ground = { means: Means; weights: Weights; thresholds: Thresholds; now: number };

const versionOf = ({ means }: Ground): string => ('inUse' in means ? means.inUse.version : means.story.version);

/** The index by a model, with its probability. Of a client whose figures stand already, only these. */
function byModelRisks(histories: readonly ClientHistory[], before: ReadonlyMap<string, Row>, ground: Ground): Risk[] {
	if (!('inUse' in ground.means)) return [];
	const { inUse } = ground.means;
	const known = new Map<string, Risk>();
	const thresholds = JSON.stringify(ground.thresholds);
	const predicted = byModel(churnSubject, histories, ground.now, inUse, (index, probability, low, high) => {
		const { id } = histories[index] as ClientHistory;
		const row = before.get(id);
		const isKnown =
			row?.['churn_model_version'] === inUse.version &&
			String(row['reasons_text']).includes(thresholds) &&
			numberOrNull(row['churn_probability']) === probability &&
			numberOrNull(row['churn_risk_low']) === low &&
			numberOrNull(row['churn_risk_high']) === high &&
			numberOrNull(row['churn_risk']) === indexOf(probability / 10_000, inUse.horizonDays);
		if (isKnown) known.set(id, { id, index: numberOrNull(row['churn_risk']), probability, low, high, version: inUse.version, model: inUse.id, reasons: null });
		return isKnown;
	});
	const risks = predicted.flatMap(({ id, prediction }): Risk[] => {
		if (prediction.state !== 'model') return [];
		const { probability, low, high } = prediction;
		const index = indexOf(probability / 10_000, inUse.horizonDays);
		return [
			{
				id,
				index,
				probability,
				low,
				high,
				version: inUse.version,
				model: inUse.id,
				reasons: { state: 'model', index, thresholds: ground.thresholds, prediction },
			},
		];
	});
	return [...known.values(), ...risks];
}

/** The index by the warning signs, and beside it what became of clients like this one, as long as no model may be shown. */
function bySignRisks(histories: readonly ClientHistory[], { means, weights, thresholds, now }: Ground): Risk[] {
	if ('inUse' in means) return [];
	const { story } = means;
	const rates = byRates(churnSubject, histories, now, story);
	return histories.flatMap(({ id, looks }, index): Risk[] => {
		const look = looks.get(now);
		const prediction = rates[index]?.prediction;
		if (!look || !prediction || prediction.state === 'model') return [];
		const { index: risk, signs, capped } = indexFromSigns(look.facts, now, weights);
		const rate = prediction.state === 'rate' ? prediction : null;
		const reasons: ChurnReasons = {
			state: 'signs',
			index: risk,
			thresholds,
			signs,
			capped,
			why: prediction.why,
			rate: rate && { won: rate.won, lost: rate.lost, probability: rate.probability, low: rate.low, high: rate.high, sentence: rate.sentence },
		};
		return [{ id, index: risk, probability: null, low: null, high: null, version: story.version || null, model: null, reasons }];
	});
}

/** A client that has given notice of all that runs: when the last of it stops. Null for who is no client any more. */
function leaving(id: string, spells: readonly Spell[], { now }: Ground): Risk | null {
	const ends = spells.flatMap(({ start, gone, end }) => (start <= now && gone !== null && (end === null || end > now) ? [end] : []));
	if (ends.length === 0) return null;
	const last = ends.includes(null) ? null : Math.max(...(ends as number[]));
	const endsOn = last === null ? null : isoOf(toParis(new Date(last)).day);
	return { id, index: null, probability: null, low: null, high: null, version: null, model: null, reasons: { state: 'leaving', endsOn } };
}

const nothing = (id: string): Risk => ({ id, index: null, probability: null, low: null, high: null, version: null, model: null, reasons: null });

async function judge(knex: Knex, ids: readonly string[], before: ReadonlyMap<string, Row>, ground: Ground): Promise<{ risks: Risk[]; clients: number }> {
	const spells = await readSpells(knex, ids);
	const running = ids.filter((id) => runningAt(spells.get(id) ?? [], ground.now).length > 0);
	const looks = running.map((company) => ({ company, at: ground.now, spells: spells.get(company) ?? [] }));
	const facts = await readFacts(knex, looks);
	const histories = looks.map(({ company, spells: own }, index): ClientHistory => {
		const one = facts[index] as (typeof facts)[number];
		return { id: company, spells: own, looks: new Map([[ground.now, { facts: one, points: 0 }]]) };
	});
	const open = new Set(running);
	const others = ids.filter((id) => !open.has(id)).map((id) => leaving(id, spells.get(id) ?? [], ground) ?? nothing(id));
	return { risks: [...byModelRisks(histories, before, ground), ...bySignRisks(histories, ground), ...others], clients: running.length };
}

/** What companies say of the risk now. */
async function readBefore(knex: Knex, ids: readonly string[]): Promise<Map<string, Row>> {
	const text = isPostgres(knex) ? 'churn_reasons::text' : 'churn_reasons';
	const columns = ['id', 'churn_risk', 'churn_probability', 'churn_risk_low', 'churn_risk_high', 'churn_model_version', 'churn_at'];
	const rows = (await knex('companies')
		.whereIn('id', ids)
		.select(...columns, knex.raw(`${text} as reasons_text`))) as Row[];
	return new Map(rows.map((row) => [String(row['id']), row]));
}

/**
 * The nightly run: the risk of every client that has something running, from what is known now, written where it changed, and into the
 * day's row of the health history. A second run of the same day writes nothing. Each part is statements of its own; cut off, the next
 * run does what is left.
 */
export async function predictChurn(knex: Knex, { signal, now = clockNow() }: { signal?: AbortSignal; now?: Date } = {}): Promise<Predicted> {
	const { from, until } = await readRetention(knex);
	const ground: Ground = {
		means: await readMeans(knex, churnSubject),
		weights: await readWeights(knex),
		thresholds: { from, until },
		now: now.getTime(),
	};
	const done: Predicted = { clients: 0, written: 0, recorded: 0, model: 'inUse' in ground.means ? versionOf(ground) : null };
	for (const ids of chunks(await readClients(knex), partSize)) {
		signal?.throwIfAborted();
		await breathe();
		const before = await readBefore(knex, ids);
		const { risks, clients } = await judge(knex, ids, before, ground);
		const { written, recorded } = await writeRisks(knex, risks, before, now);
		done.clients += clients;
		done.written += written;
		done.recorded += recorded;
	}
	return done;
}
