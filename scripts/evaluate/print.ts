import type { Interval } from '../../extensions/orchestre/src/learners/assess/intervals.ts';
import type { Card } from '../../extensions/orchestre/src/learners/develop.ts';
import type { Columns, Read } from './read.ts';

type Metric = 'auc' | 'pr_auc' | 'accuracy' | 'brier' | 'ece' | 'log_loss' | 'lift_at_10' | 'recall_at_20';

/** What `--json` prints. Rates are shares of 1. */
export type Report = {
	train: { file: string; format: string; rows: number; rows_used: number; positives: number; base_rate: number; days: number | null };
	test: { file: string; format: string; rows: number; positives: number; base_rate: number };
	learner: string;
	calibrated: boolean;
	candidates: { name: string; log_loss: number; auc: number }[];
	metrics: Record<Metric, Interval>;
	ece_by_chance: number;
	suspects: { name: string; auc: number }[];
	train_seconds: number;
	choice_seconds: number;
	us_per_row: number;
	verdict: { accepted: boolean; state: string; sentence: string; checks: Card['verdict']['checks'] };
	notes: string[];
};

const whole = (value: number): string => value.toLocaleString('fr-FR');
const percent = (value: number): string => `${(100 * value).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} %`;

const extreme = (values: readonly number[], of: (one: number, two: number) => number): number => values.reduce((found, value) => of(found, value));

export function reportOf(card: Card, files: readonly [Columns, Columns], reads: readonly [Read, Read], found: readonly string[]): Report {
	const { metrics, train, test, verdict } = card;
	const notes = [...found];
	files.forEach(({ name }, index) => {
		const left = reads[index]?.withoutOutcome ?? 0;
		if (left > 0) notes.push(`${name} : ${whole(left)} ${left < 2 ? 'ligne sans issue laissée' : 'lignes sans issue laissées'} de côté.`);
	});
	const hasTime = reads[0].sample.table.at !== undefined;
	if (train.rows < train.rowsBeforeLimit)
		notes.push(
			`Appris sur ${whole(train.rows)} lignes parmi ${whole(train.rowsBeforeLimit)} : ${hasTime ? 'les plus récentes' : 'un échantillon fidèle au taux des issues'}.`,
		);
	if (!hasTime) notes.push('Sans --time, l’apprentissage ne sait pas quelles lignes sont les plus récentes ; la durée de l’historique n’est pas vérifiée.');
	const [learntAt, testedAt] = [reads[0].sample.table.at, reads[1].sample.table.at];
	if (learntAt && testedAt && extreme(testedAt, Math.min) <= extreme(learntAt, Math.max))
		notes.push('Le test commence avant la fin de l’apprentissage : ses chiffres ne disent pas ce que vaudra le modèle demain.');
	const { auc, prAuc, accuracy, brier, ece, logLoss, liftAt10, recallAt20 } = metrics;
	return {
		train: {
			file: files[0].name,
			format: files[0].source,
			rows: train.rowsBeforeLimit,
			rows_used: train.rows,
			positives: train.positives,
			base_rate: train.baseRate,
			days: train.days,
		},
		test: { file: files[1].name, format: files[1].source, rows: test.rows, positives: test.positives, base_rate: test.baseRate },
		learner: card.learner,
		calibrated: card.isCalibrated,
		candidates: card.candidates.map(({ name, logLoss: loss, auc: area }) => ({ name, log_loss: loss, auc: area })),
		metrics: { auc, pr_auc: prAuc, accuracy, brier, ece, log_loss: logLoss, lift_at_10: liftAt10, recall_at_20: recallAt20 },
		ece_by_chance: card.eceByChance,
		suspects: card.suspects,
		train_seconds: card.seconds.training,
		choice_seconds: card.seconds.choice,
		us_per_row: card.microsecondsPerRow,
		verdict: { accepted: verdict.state === 'accepted', ...verdict },
		notes,
	};
}

const metricLines: readonly [Metric, string, number][] = [
	['auc', 'AUC', 4],
	['pr_auc', 'PR AUC', 4],
	['accuracy', 'accuracy', 4],
	['brier', 'Brier', 4],
	['ece', 'ECE', 4],
	['log_loss', 'log loss', 4],
	['lift_at_10', 'lift@10', 2],
	['recall_at_20', 'recall@20', 3],
];

/** The same for people: figures with their 95 % interval, then the verdict and what led to it. */
export function linesOf(report: Report, card: Card): string[] {
	const { train, test, metrics, verdict } = report;
	const figures = metricLines.map(([name, label, digits]) => {
		const { value, low, high } = metrics[name];
		return `  ${label.padEnd(10)} ${value.toFixed(digits)}   [${low.toFixed(digits)} – ${high.toFixed(digits)}]`;
	});
	return [
		`Apprentissage  ${train.file} (${train.format}) : ${whole(train.rows)} lignes, dont ${percent(train.base_rate)} positives`,
		`Test           ${test.file} (${test.format}) : ${whole(test.rows)} lignes, dont ${percent(test.base_rate)} positives`,
		`Modèle         ${report.learner}${report.calibrated ? ', calibré (Platt)' : ''}, choisi parmi : ${card.candidates.map(({ name, logLoss }) => `${name} ${logLoss.toFixed(4)}`).join(' ; ')} (log loss hors échantillon)`,
		'',
		...figures,
		`  (un modèle parfaitement calibré ferait par hasard une ECE allant jusqu’à ${report.ece_by_chance.toFixed(4)})`,
		'',
		`  train      ${report.train_seconds.toFixed(2)} s, après ${report.choice_seconds.toFixed(2)} s pour choisir`,
		`  predict    ${report.us_per_row.toFixed(1)} µs/row`,
		'',
		`${verdict.accepted ? '✓' : '✗'} ${verdict.sentence}`,
		...verdict.checks.map(({ isPassed, sentence }) => `  ${isPassed ? '✓' : '✗'} ${sentence}`),
		...report.notes.map((note) => `  · ${note}`),
	];
}
