import { solve } from './cholesky.ts';
import { sigmoid } from './learner.ts';

/** Calibrated log-odds = slope × log-odds + shift. */
export type Calibration = { slope: number; shift: number };

export const calibrationLeastRows = 1000;

/** Platt scaling: logistic regression of the outcome on the log-odds alone (Newton, with a trace of a penalty on leaving slope 1). */
function platt(scores: Float64Array, labels: Uint8Array): Calibration {
	let [slope, shift] = [1, 0];
	for (let round = 0; round < 50; round++) {
		const hessian = new Float64Array([1e-6, 0, 0, 1e-6]);
		const gradient = new Float64Array([1e-6 * (slope - 1), 1e-6 * shift]);
		scores.forEach((score, row) => {
			const share = sigmoid(slope * score + shift);
			const error = share - (labels[row] as number);
			const curvature = share * (1 - share);
			gradient[0] = (gradient[0] as number) + error * score;
			gradient[1] = (gradient[1] as number) + error;
			hessian[0] = (hessian[0] as number) + curvature * score * score;
			hessian[2] = (hessian[2] as number) + curvature * score;
			hessian[3] = (hessian[3] as number) + curvature;
		});
		const step = solve(hessian, gradient);
		slope -= step[0] as number;
		shift -= step[1] as number;
		if (Math.abs(step[0] as number) + Math.abs(step[1] as number) < 1e-10) break;
	}
	return { slope, shift };
}

const brierOf = (scores: Float64Array, labels: Uint8Array, calibrations: readonly Calibration[]): number =>
	scores.reduce((sum, score, row) => {
		const { slope, shift } = calibrations[row % calibrations.length] as Calibration;
		return sum + (sigmoid(slope * score + shift) - (labels[row] as number)) ** 2;
	}, 0) / scores.length;

/**
 * A Platt step for predictions of rows that were not learnt from, or null: below 1,000 rows, when it does not improve the Brier score
 * of rows that it has not seen itself (each half is judged with the step of the other), or would turn the order round.
 */
export function calibrate(scores: Float64Array, labels: Uint8Array): Calibration | null {
	if (scores.length < calibrationLeastRows) return null;
	const half = (parity: number): Calibration =>
		platt(
			scores.filter((_, row) => row % 2 === parity),
			labels.filter((_, row) => row % 2 === parity),
		);
	const before = brierOf(scores, labels, [{ slope: 1, shift: 0 }]);
	if (!(brierOf(scores, labels, [half(1), half(0)]) < before)) return null;
	const whole = platt(scores, labels);
	return whole.slope > 0 ? whole : null;
}
