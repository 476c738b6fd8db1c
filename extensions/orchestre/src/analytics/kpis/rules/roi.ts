/** What a campaign brought in for what it cost. */

/** `revenue` and `squares`: the sum of the won deals' amounts and of their squares, in cents; `cost` in cents. */
export type Yield = { cost: number; revenue: number; squares: number; won: number };
export type Roi = { value: number; low: number; high: number };

/** Two-sided 95 % of the normal distribution. */
const z = 1.959963984540054;
/** With fewer won deals than this, the next one decides the figure. */
export const fewestWon = 5;

/**
 * (revenue − cost) ÷ cost, with the interval that the number and the size of the deals allow: were deals to come by chance at this rate
 * and of these sizes (compound Poisson), the variance of their sum is the sum of their squares. Null without a cost.
 */
export function roiOf({ cost, revenue, squares }: Yield): Roi | null {
	if (cost <= 0) return null;
	const half = z * Math.sqrt(squares);
	const of = (cents: number): number => (cents - cost) / cost;
	return { value: of(revenue), low: of(Math.max(0, revenue - half)), high: of(revenue + half) };
}

export type Verdict = 'pays' | 'loses' | 'open' | 'too-few';

/** What can be said: it pays or loses where the whole interval does; with too few deals, or an interval across nought, nothing yet. */
export function verdictOf(roi: Roi | null, won: number, isRunning: boolean): Verdict {
	if (!roi) return 'too-few';
	if (won >= fewestWon && roi.low > 0) return 'pays';
	if (!isRunning && roi.high < 0 && (won >= fewestWon || roi.value === -1)) return 'loses';
	return won < fewestWon ? 'too-few' : 'open';
}
