import { calibrationBins, rank, type CalibrationBin } from '../../../learners/assess/metrics.ts';
import { wilson } from '../../../success/interval.ts';
import type { ConfidenceFit } from '../../types.ts';
import { probability } from '../../understanding/confidence.ts';
import { fewest, refit, type Case } from './refit.ts';

export type Figures = { logLoss: number; brier: number; sure: number; sureRight: number };
export type Trial =
	| { verdict: 'few'; sentence: string; cases: number }
	| {
			verdict: 'taken' | 'refused';
			sentence: string;
			cases: number;
			right: number;
			fit: ConfidenceFit;
			before: Figures;
			after: Figures;
			heldOut: number;
			/** Share of the fields called sure that were right, with its 95 % interval; null when none was called sure. */
			precision: { value: number; low: number; high: number } | null;
			bins: CalibrationBin[];
			fields: string[];
	  };

/** So many cases are needed to judge: a fifth of them is held out. */
export const fewestInAll = 100;
const newest = 0.2;

function figuresOf(chances: readonly number[], cases: readonly Case[], threshold: number): Figures {
	const figures = { logLoss: 0, brier: 0, sure: 0, sureRight: 0 };
	for (const [index, { isRight }] of cases.entries()) {
		const chance = Math.min(1 - 1e-6, Math.max(1e-6, chances[index] as number));
		figures.logLoss -= Math.log(isRight ? chance : 1 - chance) / cases.length;
		figures.brier += (chance - Number(isRight)) ** 2 / cases.length;
		if (chance < threshold) continue;
		figures.sure += 1;
		figures.sureRight += Number(isRight);
	}
	return figures;
}

const errorsOf = ({ sure, sureRight }: Figures): number => sure - sureRight;
const inFrench = (share: number): string => (share * 100).toLocaleString('fr-FR', { maximumFractionDigits: 1 });

/**
 * Learns from all but the newest fifth of the cases (oldest first) and holds both fits against that fifth, which neither has learnt from.
 * The new one is taken when it tells right from wrong better (log loss and Brier) and calls no more wrong fields sure than the one in
 * use. What is taken is then learnt again from all cases.
 */
export function tryRefit(shipped: ConfidenceFit, inUse: ConfidenceFit, cases: readonly Case[], threshold: number): Trial {
	const cut = Math.floor(cases.length * (1 - newest));
	const [learnt, heldOut] = [cases.slice(0, cut), cases.slice(cut)];
	const hasField = [...Map.groupBy(learnt, ({ field }) => field).values()].some((own) => own.length >= fewest);
	if (cases.length < fewestInAll || !hasField)
		return { verdict: 'few', cases: cases.length, sentence: `${cases.length} champs vérifiés : il en faut ${fewestInAll}, dont ${fewest} d’un même champ, pour réajuster la fiabilité.` }; // prettier-ignore
	const candidate = refit(shipped, learnt);
	const chancesOf = (fit: ConfidenceFit): number[] => heldOut.map(({ field, evidence }) => probability(field, evidence, fit));
	const [before, chances] = [figuresOf(chancesOf(inUse), heldOut, threshold), chancesOf(candidate)];
	const after = figuresOf(chances, heldOut, threshold);
	const isBetter = after.logLoss < before.logLoss && after.brier <= before.brier;
	const isSafe = errorsOf(after) <= errorsOf(before);
	const fit = refit(shipped, cases);
	const interval = after.sure > 0 ? { value: after.sureRight / after.sure, ...wilson(after.sureRight / after.sure, after.sure) } : null;
	const said = interval ? `Sur les ${heldOut.length} champs les plus récents, ${after.sure} auraient été annoncés sûrs, dont ${inFrench(interval.value)} % justes.` : `Sur les ${heldOut.length} champs les plus récents, aucun n’aurait été annoncé sûr.`; // prettier-ignore
	const why = isBetter && isSafe ? 'Mis en service : il distingue mieux le juste du faux que le précédent.' : !isBetter ? 'Écarté : il ne fait pas mieux que celui en service.' : 'Écarté : il aurait annoncé sûrs plus de champs faux que celui en service.'; // prettier-ignore
	return {
		verdict: isBetter && isSafe ? 'taken' : 'refused',
		sentence: `${why} ${said}`,
		cases: cases.length,
		right: cases.filter(({ isRight }) => isRight).length,
		fit,
		before,
		after,
		heldOut: heldOut.length,
		precision: interval,
		bins: calibrationBins(rank(chances, heldOut.map(({ isRight }) => Number(isRight)))), // prettier-ignore
		fields: Object.keys(fit.fields).filter((name) => fit.fields[name] !== shipped.fields[name]),
	};
}
