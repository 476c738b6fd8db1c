import type { StopReason } from './types.ts';

/** What has happened to the person since the run began. */
export type StopFacts = {
	/** Archived, erased, or no longer with the company. */
	gone: boolean;
	refused: boolean;
	converted: boolean;
	/** They wrote or called. */
	replied: boolean;
	meeting: boolean;
	lost: boolean;
};

/** The choices of `sequences.stop_on`. */
type StopChoice = 'reply' | 'meeting' | 'conversion' | 'opt_out' | 'lost' | 'bounce';

/**
 * Why a run must stop, or null. An objection and a person who is gone stop every run, whatever its sequence says; the strongest
 * reason comes first.
 */
export function stopReason(facts: StopFacts, stopOn: readonly string[]): StopReason | null {
	const on = (choice: StopChoice): boolean => stopOn.includes(choice);
	if (facts.gone) return 'gone';
	if (facts.refused) return 'opted_out';
	if (facts.converted && on('conversion')) return 'converted';
	if (facts.meeting && on('meeting')) return 'meeting';
	if (facts.replied && on('reply')) return 'replied';
	return facts.lost && on('lost') ? 'lost' : null;
}

/** Reasons after which the tasks that the run asked for make no sense any more. */
export const cancelsTasks: readonly StopReason[] = ['converted', 'opted_out', 'lost', 'gone', 'manual'];
