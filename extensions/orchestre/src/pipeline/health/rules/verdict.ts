import { actionFor } from './action.ts';
import { reasonsOf } from './reasons.ts';
import { states, type DealFacts, type HealthSettings, type HealthState, type Reason, type StageLimit, type Verdict } from './types.ts';

/** Sum of weights from which a deal is to be watched, and from which it is in danger. */
export const bounds = { watch: 2, bad: 4 } as const;

export function stateOf(reasons: readonly Pick<Reason, 'weight'>[]): HealthState {
	const sum = reasons.reduce((total, { weight }) => total + weight, 0);
	return sum >= bounds.bad ? 'bad' : sum >= bounds.watch ? 'watch' : 'good';
}

/** Whether a state is worse than another; no state yet is as good as good. */
export const isWorse = (state: HealthState, than: HealthState | null): boolean => states.indexOf(state) > states.indexOf(than ?? 'good');

/** What the deal's history still promises: amount × probability, in whole cents. */
export const expectedCents = ({ amountCents, probability }: Pick<DealFacts, 'amountCents' | 'probability'>): number =>
	Math.round(((amountCents ?? 0) * probability) / 10_000);

/** State, reasons, money at risk and the one action of an open deal on a day. */
export function verdictOn(deal: DealFacts, limit: StageLimit, settings: HealthSettings, today: number): Verdict {
	const reasons = reasonsOf(deal, limit, settings, today);
	const state = stateOf(reasons);
	return {
		state,
		reasons,
		atRiskCents: state === 'good' ? 0 : expectedCents(deal),
		action: actionFor(reasons, deal, state),
		limit,
		idleSince: reasons.some(({ code }) => code === 'idle') ? deal.activityDay : null,
	};
}
