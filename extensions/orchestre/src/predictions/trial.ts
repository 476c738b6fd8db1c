import { contest, type Contest } from '../learners/assess/champion.ts';
import { gateLimits } from '../learners/assess/gates.ts';
import type { Card, Developed, Order, Sample } from '../learners/develop.ts';
import { modelFromJSON, type Model } from '../learners/model.ts';
import { splitByTime } from '../learners/sample.ts';
import { NotLearnable, pick } from '../learners/table.ts';
import { fallbackWords, inPeoplesWords, outcomeWords } from './rules/words.ts';
import { dayMs } from '../platform/time/paris.ts';
import { looksOf, ratesOf, sampleOf, type GroupRate } from './rules/training.ts';
import type { Subject, Target } from './rules/types.ts';
import type { Artifact, Usable } from './artifact.ts';

/** What becomes of what was learnt: states of `models`. */
export type TrialStatus = 'champion' | 'candidate' | 'shadow' | 'refused';

export type Importance = { name: string; importance: number };

/** The whole story of one training. `rows` are the cases with a known outcome; `from` and `until` their oldest and newest moments. */
export type Trial = {
	status: TrialStatus;
	verdict: string;
	rows: number;
	positives: number;
	from: number | null;
	until: number | null;
	rates: Record<string, GroupRate>;
	card: Card | null;
	features: Importance[];
	contest: Contest | null;
	artifact: Artifact | null;
};

export type Circumstances = { now: number; horizonDays: number; champion: Usable | null; run: (order: Order) => Promise<Developed> };

/** New cases with a known outcome that a comparison with the model in use needs. */
export const leastToCompare = 30;

const pickSample = ({ table, labels, points }: Sample, rows: readonly number[]): Sample => ({
	table: pick(table, rows),
	labels: rows.map((row) => labels[row] as number),
	points: points && rows.map((row) => points[row] as number),
});

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);

/** Mean strength of each field on rows that were not learnt from, in log-odds, strongest first. */
function importances(model: Model, { table }: Sample): Importance[] {
	const { values } = model.contributions(table);
	const { fields } = model;
	return fields
		.map((name, index) => ({
			name,
			importance:
				Array.from({ length: table.rows }, (_, row) => Math.abs(values[row * fields.length + index] as number)).reduce((a, b) => a + b, 0) / table.rows,
		}))
		.sort((one, two) => two.importance - one.importance);
}

/** The model in use against the new one, on cases that neither has learnt from; null when those are too few to tell. */
function compareWith(champion: Usable, challenger: Model, test: Sample): Contest | null {
	const rows = (test.table.at ?? []).flatMap((at, row) => (at > champion.artifact.until ? [row] : []));
	const fresh = pickSample(test, rows);
	const won = sum(fresh.labels);
	if (rows.length < leastToCompare || won === 0 || won === rows.length) return null;
	return contest(champion.model.probabilities(fresh.table), challenger.probabilities(fresh.table), fresh.labels);
}

const notEnough = (target: Subject<unknown>['target'], rarer: number, won: number, lost: number): string =>
	`Pas encore de modèle : l’historique compte ${outcomeWords(target, won, lost)}, soit ${rarer} cas pour l’issue la plus rare ; il en faut ${gateLimits.rarerForShadow} pour commencer à apprendre. ${fallbackWords[target]}`;

/** What was learnt and measured on later rows, judged: whether it may be shown, and whether it takes the place of the model in use. */
async function judged(
	target: Target,
	sample: Sample,
	parts: { train: number[]; test: number[] },
	circumstances: Circumstances,
): Promise<Pick<Trial, 'status' | 'verdict' | 'card' | 'features' | 'contest'> & { model: unknown }> {
	const { champion, run } = circumstances;
	const gapMs = circumstances.horizonDays * dayMs;
	const [train, test] = [pickSample(sample, parts.train), pickSample(sample, parts.test)];
	const { card, model: learnt } = await run({ train, test, gapMs });
	const model = modelFromJSON(learnt);
	const features = importances(model, test);
	const { state, sentence } = card.verdict;
	const told = { card, features, verdict: inPeoplesWords(sentence).replace(fallbackWords.lead_conversion, fallbackWords[target]), contest: null };
	if (state === 'points' || state === 'refused') return { ...told, status: 'refused', model: null };
	// What is kept has learnt from all rows: the newest are those that most resemble what is to come.
	const whole = async (): Promise<unknown> => (await run({ train: sample, test, gapMs })).model;
	if (state === 'shadow') return { ...told, status: 'shadow', model: await whole() };
	if (!champion) return { ...told, status: 'champion', model: await whole() };
	const compared = compareWith(champion, model, test);
	if (compared?.isReplaced) return { ...told, status: 'champion', contest: compared, verdict: `${told.verdict} ${compared.sentence}`, model: await whole() };
	const why = compared?.sentence ?? `Le modèle en place est conservé : il faut au moins ${leastToCompare} cas nouveaux, des deux issues, pour les comparer.`;
	return { ...told, status: 'candidate', contest: compared, verdict: `${told.verdict} ${why}`, model: null };
}

/**
 * One training from histories: builds the sample, learns from the older cases, measures on the newest, and decides. What cannot be learnt
 * is refused with a French sentence. `run` is `develop`, beside the server or not.
 */
export async function holdTrial<History>(subject: Subject<History>, histories: readonly History[], circumstances: Circumstances): Promise<Trial> {
	const { now, horizonDays } = circumstances;
	const horizonMs = horizonDays * dayMs;
	const { matured } = looksOf(subject, histories, { now, horizonMs });
	const sample = sampleOf(subject, matured, horizonMs);
	const positives = sum(sample.labels);
	const moments = matured.map(({ at }) => at);
	const [from, until] = moments.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [Infinity, -Infinity]) as [number, number];
	const rates = ratesOf(subject, matured, sample.labels);
	const story = { rows: matured.length, positives, rates, from: matured.length > 0 ? from : null, until: matured.length > 0 ? until : null };
	const refused = (verdict: string): Trial => ({ ...story, status: 'refused', verdict, card: null, features: [], contest: null, artifact: null });
	const rarer = Math.min(positives, matured.length - positives);
	if (rarer < gateLimits.rarerForShadow) return refused(notEnough(subject.target, rarer, positives, matured.length - positives));
	const parts = splitByTime(sample.table, { gapMs: horizonMs });
	if (!parts || parts.train.length === 0)
		return refused(
			`Modèle refusé : l’historique est trop court pour apprendre sur les cas anciens et vérifier sur les récents, avec ${horizonDays} jours entre les deux.`,
		);
	try {
		const { model, ...rest } = await judged(subject.target, sample, parts, circumstances);
		const artifact = model === null ? null : { target: subject.target, horizonDays, until, bins: rest.card?.calibration ?? [], model };
		return { ...story, ...rest, artifact };
	} catch (error) {
		if (error instanceof NotLearnable) return refused(`Modèle refusé. ${inPeoplesWords(error.message)}`);
		throw error;
	}
}
