import { betaQuantile } from '../../learners/assess/estimate.ts';
import type { CalibrationBin } from '../../learners/assess/metrics.ts';

/** A bin of the calibration as it is drawn; shares of 1. `low` and `high`: where the true share lies, at 95 %. */
export type Point = { predicted: number; seen: number; low: number; high: number; rows: number };

/** Bins with the interval that their number of cases allows (beta distribution with a flat prior). */
export const reliability = (bins: readonly CalibrationBin[]): Point[] =>
	bins.map(({ rows, meanProbability, share }) => {
		const won = Math.round(rows * share);
		return {
			predicted: meanProbability,
			seen: share,
			rows,
			low: betaQuantile(0.025, won + 1, rows - won + 1),
			high: betaQuantile(0.975, won + 1, rows - won + 1),
		};
	});

/** The end of both axes: the next tenth above all that is drawn, so that rare outcomes fill the picture as well. */
export const axisEnd = (points: readonly Point[]): number =>
	Math.min(1, Math.max(0.2, Math.ceil(Math.max(0, ...points.flatMap(({ predicted, high }) => [predicted, high])) * 10) / 10));

export type Tenth = { share: number; rows: number; lift: number };

/** Tenths of the cases from the most to the least probable, with what became of them and how many times the usual that is. */
export function tenths(bins: readonly CalibrationBin[]): { tenths: Tenth[]; usual: number } {
	const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
	const usual = rows === 0 ? 0 : bins.reduce((sum, bin) => sum + bin.rows * bin.share, 0) / rows;
	return { tenths: bins.toReversed().map(({ share, rows: own }) => ({ share, rows: own, lift: usual === 0 ? 0 : share / usual })), usual };
}
