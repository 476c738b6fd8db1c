import { numberOrNull } from '../platform/columns.ts';
import { setImmediate as breathe } from 'node:timers/promises';
import { now as clockNow } from '../platform/clock.ts';
import { isPostgres, type Knex } from '../platform/directus.ts';
import { closedStatuses } from '../leads/rules/types.ts';
import { dealsNow, readStageKinds } from './data/read-deals.ts';
import { leadsNow, readFactOfRule } from './data/read-leads.ts';
import { type Row } from './data/rows.ts';
import { dealSubject } from './rules/deals.ts';
import { leadSubject } from './rules/leads.ts';
import { byModel, byRates, type InUse, type IsKnown, type Predicted, type Story } from './rules/prediction.ts';
import type { RecordTarget, Subject } from './rules/types.ts';
import { readChampion, readLatest, versionName } from './store.ts';
import { writeChanges, type Change } from './write.ts';

/** Rows that are read, predicted and written at once: some ten milliseconds of work, then others have their turn. */
const partSize = 2000;

export type Refreshed = { rows: number; written: number; model: string | null };

/** How things are predicted today: by the model in use, or by the rates of the latest training. */
export type Means = { inUse: InUse } | { story: Story };

const nothingYet: Story = { version: '', why: 'Aucun modèle n’a encore été entraîné.', rates: {} };

export async function readMeans<History>(knex: Knex, subject: Subject<History>): Promise<Means> {
	const champion = await readChampion(knex, subject);
	if (champion.state === 'usable') {
		const { id, version, artifact, model } = champion.usable;
		return { inUse: { id, model, bins: artifact.bins, horizonDays: artifact.horizonDays, version: versionName(version) } };
	}
	const latest = await readLatest(knex, subject.target);
	if (!latest) return { story: nothingYet };
	const why = champion.state === 'unusable' ? `Modèle v${champion.version} refusé : ${champion.why}` : latest.verdict;
	return { story: { version: versionName(latest.version), why, rates: latest.rates } };
}

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

/** Whether a row says this already. A model's reasons follow its figures; texts are compared only where there are none. */
const isSame = (change: Change, row: Row, isDeal: boolean): boolean =>
	change.probability === numberOrNull(row['probability']) &&
	change.low === numberOrNull(row['probability_low']) &&
	change.high === numberOrNull(row['probability_high']) &&
	(change.version ?? null) === (row['model_version'] ?? null) &&
	(!isDeal || change.source === (row['probability_source'] ?? null)) &&
	JSON.stringify(change.reasons) === row['reasons_text'];

/** Figures that a model has written on this row before, and that stand. */
const isKnownOf =
	(rows: readonly Row[], version: string): IsKnown =>
	(index, probability, low, high) => {
		const row = rows[index] as Row;
		return (
			row['model_version'] === version &&
			row['probability_source'] !== 'person' &&
			probability === numberOrNull(row['probability']) &&
			low === numberOrNull(row['probability_low']) &&
			high === numberOrNull(row['probability_high']) &&
			row['reasons_text'] !== null
		);
	};

const predict = <History extends { id: string }>(subject: Subject<History>, histories: readonly History[], rows: readonly Row[], means: Means): Predicted[] => {
	const now = clockNow().getTime();
	if ('inUse' in means) return byModel(subject, histories, now, means.inUse, isKnownOf(rows, means.inUse.version));
	return byRates(subject, histories, now, means.story);
};

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

/** Reads what a part needs, and answers how it is predicted: the reading waits for the database, the predicting for the processor. */
type Look = (knex: Knex, rows: readonly Row[]) => Promise<(means: Means) => Predicted[]>;
type Kind = { table: 'leads' | 'opportunities'; open: (knex: Knex) => Knex.QueryBuilder; look: Look; means: (knex: Knex) => Promise<Means> };

const kinds: Readonly<Record<RecordTarget, Kind>> = {
	lead_conversion: {
		table: 'leads',
		open: openLeads,
		means: (knex) => readMeans(knex, leadSubject),
		look: async (knex, rows) => {
			const histories = await leadsNow(knex, rows, await readFactOfRule(knex));
			return (means) => predict(leadSubject, histories, rows, means);
		},
	},
	deal_win: {
		table: 'opportunities',
		open: openDeals,
		means: (knex) => readMeans(knex, dealSubject),
		look: async (knex, rows) => {
			const histories = await dealsNow(knex, rows, await readStageKinds(knex), clockNow().getTime());
			return (means) => predict(dealSubject, histories, rows, means);
		},
	},
};

type Part = { rows: readonly Row[]; predicted: (means: Means) => Predicted[] };

async function readPart(knex: Knex, kind: Kind, after: string, ids: readonly string[] | undefined): Promise<Part> {
	const query = kind.open(knex).orderBy(`${kind.table}.id`).limit(partSize);
	if (ids) void query.whereIn(`${kind.table}.id`, ids);
	if (after) void query.where(`${kind.table}.id`, '>', after);
	const rows = (await query) as Row[];
	return { rows, predicted: await kind.look(knex, rows) };
}

/** Predicts and writes one part; answers how many rows were written. */
async function writePart(knex: Knex, kind: Kind, { rows, predicted }: Part, means: Means): Promise<number> {
	const byId = new Map(rows.map((row) => [row['id'], row]));
	const changes = predicted(means).flatMap((one): Change[] => {
		const row = byId.get(one.id) as Row;
		const change = changeOf(one, row);
		return isSame(change, row, kind.table === 'opportunities') ? [] : [change];
	});
	await writeChanges(knex, kind.table, changes);
	return changes.length;
}

/**
 * Predicts what is open anew: all of it, or these rows. Rows whose figures stay are not written, so a second run changes nothing. Each
 * part is a statement of its own; cut off, the next run does what is left. While one part is predicted, the next is read.
 */
export async function refresh(knex: Knex, target: RecordTarget, { ids, signal }: { ids?: readonly string[]; signal?: AbortSignal } = {}): Promise<Refreshed> {
	const kind = kinds[target];
	const means = await kind.means(knex);
	const done: Refreshed = { rows: 0, written: 0, model: 'inUse' in means ? means.inUse.version : null };
	let part: Promise<Part> | null = readPart(knex, kind, '', ids);
	while (part) {
		signal?.throwIfAborted();
		const current: Part = await part;
		const { rows } = current;
		part = rows.length < partSize ? null : readPart(knex, kind, String(rows.at(-1)?.['id']), ids);
		// Should this part fail, nobody waits for the next one any more.
		part?.catch(() => undefined);
		await breathe();
		done.written += await writePart(knex, kind, current, means);
		done.rows += rows.length;
	}
	return done;
}
