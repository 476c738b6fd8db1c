/** A proposal as somebody has just left it, with the end of the deal made of it. */
export type Decided = { state: string; outcome: string | null; hasDeal: boolean; dealEnd: 'won' | 'lost' | null };

/** What is wrong with how a proposal was left by hand, in French; null when nothing is. A deal speaks for the proposal it was made of. */
export function decidedFault({ state, outcome, hasDeal, dealEnd }: Decided): string | null {
	if (hasDeal && state !== 'done') return 'Une affaire est née de cette proposition : elle ne se rouvre pas. Suivez l’affaire.';
	if (hasDeal && outcome !== dealEnd) return 'L’issue de cette proposition est celle de son affaire : modifiez l’affaire.';
	if (!hasDeal && outcome !== null && state !== 'done' && state !== 'refused') return 'Une proposition à traiter n’a pas encore d’issue : répondez-y d’abord.';
	return null;
}
