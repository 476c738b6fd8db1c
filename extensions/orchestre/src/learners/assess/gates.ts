import type { Interval, Measured } from './intervals.ts';
import type { Suspect } from './leak.ts';

/** Numbers that a model has to pass; judged from three public sets (intelligence.md), so they are in one place to be changed. */
export const gateLimits = { rarerForShadow: 40, rarerForUse: 100, rows: 300, days: 90, auc: 0.55, eceAllowance: 0.02 };

/**
 * points: too few outcomes, points only. shadow: it is trained and watched, and nobody sees it. refused: there were enough outcomes,
 * and it did not pass. accepted: it may be shown.
 */
export type GateState = 'points' | 'shadow' | 'refused' | 'accepted';
export type GateName = 'leak' | 'outcomes' | 'rows' | 'days' | 'auc' | 'stability' | 'points' | 'brier' | 'calibration';
export type Check = { name: GateName; isPassed: boolean; value: number; limit: number; sentence: string };
export type Verdict = { state: GateState; checks: Check[]; sentence: string };

export type Evidence = {
	/** What it learnt from: rows, those of the rarer outcome, and days of history (null when rows have no dates). */
	rows: number;
	rarer: number;
	days: number | null;
	suspects: readonly Suspect[];
	/** Figures on later rows that it had not seen. */
	measured: Measured;
	/** AUC on rows held back within the training, by rolling origins or folds; null when there were too few rows to do so. */
	outOfFold: Interval | null;
	/** Brier score there of the training's base rate, calibration error that chance alone may make, AUC of the points if there are any. */
	baseBrier: number;
	eceByChance: number;
	pointsAuc: number | null;
};

const text = (value: number, digits = 0): string => value.toLocaleString('fr-FR', { minimumFractionDigits: digits, maximumFractionDigits: digits });

function checksOf({ rows, rarer, days, suspects, measured, outOfFold, baseBrier, eceByChance, pointsAuc }: Evidence): Check[] {
	const { auc, brier, ece } = measured;
	const limits = gateLimits;
	const checks: Check[] = [];
	const check = (name: GateName, isPassed: boolean, value: number, limit: number, sentence: string): void =>
		void checks.push({ name, isPassed, value, limit, sentence });
	const worst = suspects[0];
	if (worst)
		check(
			'leak',
			false,
			worst.auc,
			0.95,
			`La colonne « ${worst.name} » prédit l’issue à elle seule (AUC ${text(worst.auc, 3)}) : elle est sans doute remplie après coup.`,
		);
	check(
		'outcomes',
		rarer >= limits.rarerForUse,
		rarer,
		limits.rarerForUse,
		`L’issue la plus rare compte ${text(rarer)} cas ; il en faut ${limits.rarerForUse}.`,
	);
	check('rows', rows >= limits.rows, rows, limits.rows, `L’historique compte ${text(rows)} lignes ; il en faut ${limits.rows}.`);
	if (days !== null) check('days', days >= limits.days, days, limits.days, `L’historique couvre ${text(days)} jours ; il en faut ${limits.days}.`);
	check(
		'auc',
		auc.low > limits.auc,
		auc.low,
		limits.auc,
		`AUC d’au moins ${text(auc.low, 3)} à 95 % (valeur ${text(auc.value, 3)}) ; il faut plus de ${text(limits.auc, 2)}.`,
	);
	if (outOfFold)
		check(
			'stability',
			outOfFold.low > limits.auc,
			outOfFold.low,
			limits.auc,
			`Pendant l’apprentissage, AUC d’au moins ${text(outOfFold.low, 3)} à 95 % sur les lignes mises de côté ; il faut plus de ${text(limits.auc, 2)}.`,
		);
	if (pointsAuc !== null)
		check('points', auc.value >= pointsAuc, auc.value, pointsAuc, `AUC ${text(auc.value, 3)} contre ${text(pointsAuc, 3)} pour les points.`);
	check('brier', brier.value < baseBrier, brier.value, baseBrier, `Score de Brier ${text(brier.value, 4)} contre ${text(baseBrier, 4)} pour le taux moyen.`);
	const most = eceByChance + limits.eceAllowance;
	check(
		'calibration',
		ece.value <= most,
		ece.value,
		most,
		`Écart de calibration ${text(ece.value, 3)} ; le hasard et une marge de deux points expliquent jusqu’à ${text(most, 3)}.`,
	);
	return checks;
}

/** May this model be shown to people? The verdict as data, each check with its figures, and in one French sentence. */
export function judge(evidence: Evidence): Verdict {
	const checks = checksOf(evidence);
	const failed = checks.filter(({ isPassed }) => !isPassed);
	const isFailed = (...names: GateName[]): Check | undefined => failed.find(({ name }) => names.includes(name));
	const leak = isFailed('leak');
	if (leak) return { state: 'refused', checks, sentence: `Modèle refusé. ${leak.sentence}` };
	if (evidence.rarer < gateLimits.rarerForShadow) {
		const sentence = `Pas encore de modèle : l’issue la plus rare ne compte que ${text(evidence.rarer)} cas, il en faut ${gateLimits.rarerForShadow} pour commencer à apprendre. Les points restent seuls.`;
		return { state: 'points', checks, sentence };
	}
	const few = isFailed('outcomes', 'rows', 'days');
	if (few) return { state: 'shadow', checks, sentence: `Modèle à l’essai, sans être montré. ${few.sentence}` };
	if (failed.length > 0) return { state: 'refused', checks, sentence: `Modèle refusé. ${failed.map(({ sentence }) => sentence).join(' ')}` };
	const { auc } = evidence.measured;
	return {
		state: 'accepted',
		checks,
		sentence: `Modèle accepté : AUC ${text(auc.value, 3)} (de ${text(auc.low, 3)} à ${text(auc.high, 3)}) sur des lignes qu’il n’avait jamais vues.`,
	};
}
