import { setImmediate as breathe } from 'node:timers/promises';
import { now as clockNow } from '../platform/clock.ts';
import { isPostgres, type Knex } from '../platform/directus.ts';
import { closedStatuses } from '../leads/rules/types.ts';
import { dealsNow, readStageKinds } from './data/read-deals.ts';
import { leadsNow, readFactOfRule } from './data/read-leads.ts';
import { numberOrNull, type Row } from './data/rows.ts';
import { dealSubject } from './rules/deals.ts';
import { leadSubject } from './rules/leads.ts';
import { byModel, byRates, type InUse, type Predicted, type Story } from './rules/prediction.ts';
import type { Subject, Target } from './rules/types.ts';
import { readChampion, readLatest, versionName } from './store.ts';
import { writeChanges, type Change } from './write.ts';

/** Rows that are read, predicted and written at once: some ten milliseconds of work, then others have their turn. */
const partSize = 2000;

export type Refreshed = { rows: number; written: number; model: string | null };

/** How things are predicted today: by the model in use, or by the rates of the latest training. */
type Means = { inUse: InUse } | { story: Story };

const nothingYet: Story = { version: '', why: 'Aucun modèle n’a encore été entraîné : les points restent seuls.', rates: {} };

export async function readMeans<History>(knex: Knex, subject: Subject<History>): Promise<Means> {
	const champion = await readChampion(knex, subject);
	if (champion.state === 'usable') {
		const { version, artifact, model } = champion.usable;
		return { inUse: { model, bins: artifact.bins, horizonDays: artifact.horizonDays, version: versionName(version) } };
	}
	const latest = await readLatest(knex, subject.target);
	if (!latest) return { story: nothingYet };
	const why = champion.state === 'unusable' ? `Modèle v${champion.version} refusé : ${champion.why}` : latest.verdict;
	return { story: { version: versionName(latest.version), why, rates: latest.rates } };
}

const predict = <History extends { id: string }>(subject: Subject<History>, histories: readonly History[], now: number, means: Means): Predicted[] =>
	'inUse' in means ? byModel(subject, histories, now, means.inUse) : byRates(subject, histories, now, means.story);

/** The columns that a prediction sets. Without a model a lead has no probability, and a deal that of its stage. */
function changeOf({ id, prediction, version }: Predicted, row: Row): Change {
	const isTyped = row['probability_source'] === 'person';
	if (prediction.state !== 'model')
		return {
			id,
			probability: numberOrNull(row['stage_probability']),
			low: null,
			high: null,
			version,
			source: isTyped ? 'person' : 'stage',
			reasons: prediction,
		};
	const { probability, low, high } = prediction;
	if (isTyped) return { id, probability: numberOrNull(row['probability']), low: null, high: null, version: null, source: 'person', reasons: prediction };
	return { id, probability, low, high, version, source: 'model', reasons: prediction };
}

const same = (change: Change, row: Row, isDeal: boolean): boolean =>
	change.probability === numberOrNull(row['probability']) &&
	change.low === numberOrNull(row['probability_low']) &&
	change.high === numberOrNull(row['probability_high']) &&
	(change.version ?? null) === (row['model_version'] ?? null) &&
	(!isDeal || change.source === (row['probability_source'] ?? null)) &&
	// A model's reasons follow its figures; texts are compared only where there are none.
	((change.low !== null && row['reasons_text'] !== null) || JSON.stringify(change.reasons) === row['reasons_text']);

const written = ['probability', 'probability_low', 'probability_high', 'model_version'];
const reasonsText = (knex: Knex, table: string): Knex.Raw =>
	knex.raw(isPostgres(knex) ? `${table}.probability_reasons::text as reasons_text` : `${table}.probability_reasons as reasons_text`);

const openLeads = (knex: Knex): Knex.QueryBuilder =>
	knex('leads')
		.whereNotIn('status', [...closedStatuses])
		.select(
			'id',
			'status',
			'status_since',
			'date_created',
			'grade',
			'points',
			'fit_points',
			'engagement_points',
			'reasons',
			...written,
			reasonsText(knex, 'leads'),
		);

const openDeals = (knex: Knex): Knex.QueryBuilder =>
	knex('opportunities as opportunities')
		.join('stages', 'stages.id', 'opportunities.stage')
		.whereNull('opportunities.closed_at')
		.where({ 'stages.is_won': false, 'stages.is_lost': false })
		.select(
			'opportunities.id',
			'company',
			'kind',
			'source',
			'lead',
			'stage',
			'stage_since',
			'opportunities.date_created',
			'amount_cents',
			'close_date',
			'probability_source',
		)
		.select(...written.map((column) => `opportunities.${column}`), 'stages.probability as stage_probability', reasonsText(knex, 'opportunities'));

type Kind = {
	table: 'leads' | 'opportunities';
	open: (knex: Knex) => Knex.QueryBuilder;
	predict: (knex: Knex, rows: readonly Row[], now: number, means: Means) => Promise<Predicted[]>;
	means: (knex: Knex) => Promise<Means>;
};

const kinds: Readonly<Record<Target, Kind>> = {
	lead_conversion: {
		table: 'leads',
		open: openLeads,
		means: (knex) => readMeans(knex, leadSubject),
		predict: async (knex, rows, now, means) => predict(leadSubject, await leadsNow(knex, rows, await readFactOfRule(knex)), now, means),
	},
	deal_win: {
		table: 'opportunities',
		open: openDeals,
		means: (knex) => readMeans(knex, dealSubject),
		predict: async (knex, rows, now, means) => predict(dealSubject, await dealsNow(knex, rows, await readStageKinds(knex), now), now, means),
	},
};

async function refreshPart(knex: Knex, kind: Kind, rows: readonly Row[], means: Means): Promise<number> {
	const predicted = await kind.predict(knex, rows, clockNow().getTime(), means);
	const changes = predicted.flatMap((one, index): Change[] => {
		const row = rows[index] as Row;
		const change = changeOf(one, row);
		return same(change, row, kind.table === 'opportunities') ? [] : [change];
	});
	await writeChanges(knex, kind.table, changes);
	return changes.length;
}

/**
 * Predicts what is open anew: all of it, or these rows. Rows whose figures stay are not written, so a second run changes nothing. Each
 * part is a statement of its own; cut off, the next run does what is left.
 */
export async function refresh(knex: Knex, target: Target, { ids, signal }: { ids?: readonly string[]; signal?: AbortSignal } = {}): Promise<Refreshed> {
	const kind = kinds[target];
	const means = await kind.means(knex);
	const done: Refreshed = { rows: 0, written: 0, model: 'inUse' in means ? means.inUse.version : null };
	for (let after = ''; ;) {
		signal?.throwIfAborted();
		const query = kind.open(knex).orderBy(`${kind.table}.id`).limit(partSize);
		if (ids) void query.whereIn(`${kind.table}.id`, ids);
		if (after) void query.where(`${kind.table}.id`, '>', after);
		const rows = (await query) as Row[];
		if (rows.length > 0) done.written += await refreshPart(knex, kind, rows, means);
		done.rows += rows.length;
		if (rows.length < partSize) return done;
		after = String(rows.at(-1)?.['id']);
		await breathe();
	}
}
