import { signsOf, sumOf, type Sign, type Weights } from './signals.ts';
import type { ClientFacts } from './facts.ts';

const yearDays = 365;

/**
 * Chance of leaving within a year, were every period of `horizonDays` as risky as this one: 1 − (1 − p)^(365 ÷ horizon). `probability`:
 * a part of 1.
 */
export const withinAYear = (probability: number, horizonDays: number): number => 1 - (1 - Math.min(1, Math.max(0, probability))) ** (yearDays / horizonDays);

/**
 * The index from a calibrated probability (docs/decisions/112): the chance of leaving within a year, in whole percent. It grows with the
 * probability and with nothing else: at 90 days 10 % give 35, 26 % give 70, 44 % give 90.
 */
export const indexOf = (probability: number, horizonDays: number): number => Math.round(withinAYear(probability, horizonDays) * 100);

/** The index from the signs: their sum, at most 100. What is above is told as a part of its own, so that the reasons still sum. */
export function indexFromSigns(facts: ClientFacts, at: number, weights: Weights): { index: number; signs: Sign[]; capped: number } {
	const signs = signsOf(facts, at, weights);
	const sum = sumOf(signs);
	return { index: Math.min(100, sum), signs, capped: Math.min(0, 100 - sum) };
}
