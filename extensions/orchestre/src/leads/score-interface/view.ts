import type { Reason } from '../rules/types.ts';

export type Grade = { letter: 'A' | 'B' | 'C' | 'D'; digit: '1' | '2' | '3' | '4' };
export type Side = Reason['side'];

/** A row of lead_scores, as the history shows it. */
export type ScoreChange = {
	id: string;
	at: string;
	points: number;
	grade: string;
	previous_grade: string | null;
	cause: 'created' | 'updated' | 'decay' | 'rules';
};

export function parseGrade(grade: string | null): Grade | null {
	const match = /^([A-D])([1-4])$/.exec(grade ?? '');
	return match ? { letter: match[1] as Grade['letter'], digit: match[2] as Grade['digit'] } : null;
}

/** 0 (A1) to 6 (D4): how far a grade is from the best one; chooses its colour. */
export const gradeDistance = ({ letter, digit }: Grade): number => 'ABCD'.indexOf(letter) + Number(digit) - 1;

/** `20`, `−5`: with a real minus, as wide as a plus. */
export const withMinus = (points: number): string => String(points).replace('-', '−');

/** `+20`, `−5`, `0`. */
export const signed = (points: number): string => (points > 0 ? `+${points}` : withMinus(points));

export const sumOf = (reasons: readonly Pick<Reason, 'points'>[]): number => reasons.reduce((total, { points }) => total + points, 0);

/** One side's reasons, those that weigh most first; among equals the order of the criteria stays. */
export const reasonsOf = (reasons: readonly Reason[], side: Side): Reason[] =>
	reasons.filter((reason) => reason.side === side).sort((one, other) => Math.abs(other.points) - Math.abs(one.points));

/** Where points begin to count to the left and to the right, shared by all bars so that they compare: in percent. */
export type BarScale = { zero: number; perPoint: number };

export function barScale(reasons: readonly Pick<Reason, 'points'>[]): BarScale {
	const most = Math.max(0, ...reasons.map(({ points }) => points));
	const least = Math.min(0, ...reasons.map(({ points }) => points));
	const span = most - least || 1;
	return { zero: (Math.abs(least) / span) * 100, perPoint: 100 / span };
}

/** Start and length of a bar in percent of the row: to the right of zero what speaks for the lead, to the left what speaks against. */
export function barOf(points: number, { zero, perPoint }: BarScale): { start: number; length: number } {
	const length = Math.abs(points) * perPoint;
	return { start: points < 0 ? zero - length : zero, length };
}

/** A moment of the history in percent of the chart: x from the first change to now, y from the top. */
export type Mark = { x: number; y: number; change: ScoreChange };

/** A score holds until the next one, so the line goes in steps. Changes in order of time; `now` ends the last step. */
export function historyMarks(changes: readonly ScoreChange[], now: Date): Mark[] {
	const times = changes.map(({ at }) => Date.parse(at));
	const [first = 0] = times;
	const span = Math.max(now.getTime(), ...times) - first || 1;
	const points = changes.map((change) => change.points);
	const least = Math.min(...points);
	const height = Math.max(...points) - least;
	return changes.map((change, index) => ({
		change,
		x: (((times[index] ?? first) - first) / span) * 100,
		y: height === 0 ? 50 : 90 - ((change.points - least) / height) * 80,
	}));
}

/** The marks as an SVG path in a box of 100 × 100. */
export function stepPath(marks: readonly Mark[]): string {
	const steps = marks.map(({ x, y }, index) => (index === 0 ? `M${x.toFixed(1)},${y.toFixed(1)}` : `H${x.toFixed(1)}V${y.toFixed(1)}`));
	return steps.length === 0 ? '' : `${steps.join('')}H100`;
}
