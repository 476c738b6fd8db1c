import { createHash } from 'node:crypto';
import { withinAYear } from './risk.ts';

/** One time of danger of one client: its name says who and since when. */
export const episodeKey = (company: string, day: string): string => `churn:${company}:${day}`;

/** Whether an episode is held out to compare with. Follows from its key alone, so every run says the same. `rate` in basis points. */
export const isHeldOut = (key: string, rate: number): boolean =>
	createHash('sha256').update(`hold-out:${key}`).digest().readUInt32BE(0) / 2 ** 32 < rate / 10_000;

/** What a person may say of an episode that ends it. */
export const finalWords = ['saved', 'won', 'lost'] as const;

type Value = { mrrCents: number; index: number; probability: number | null; horizonDays: number; saveRate: number };

/** Revenue of a year, in cents: what is at stake. */
export const atStake = (mrrCents: number): number => mrrCents * 12;

/**
 * What the work on an episode is expected to bring, in cents: a year's revenue × the chance of losing it within a year × the share of
 * departures that such work avoids (`saveRate`, basis points: assumed in the settings until measured). With a model the chance follows from
 * its probability (a part of 1); without one the index stands in for it, which orders clients but is no probability.
 */
export function expectedCents({ mrrCents, index, probability, horizonDays, saveRate }: Value): number {
	const chance = probability === null ? index / 100 : withinAYear(probability, horizonDays);
	return Math.round((atStake(mrrCents) * chance * saveRate) / 10_000);
}
