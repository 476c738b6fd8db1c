/** A subscription as it is, days as numbers; `mrr` in cents a month. */
export type State = { status: string; mrr: number; startedDay: number; cancelledDay: number | null; endsDay: number | null; reason: string | null };
/** As its history left it; `day`: of its last change. */
export type Known = { status: string | null; mrr: number; day: number };
/** A row of the history; `day`: when it takes effect. */
export type Change = { kind: string; day: number; statusBefore: string | null; statusAfter: string; before: number; after: number; reason: string | null };

/** What brings in nothing any more, whatever the row still says. */
const mrrOf = ({ status, mrr }: State): number => (status === 'ended' ? 0 : mrr);

/** How a change of status is called, and since when it holds. */
function step({ status, cancelledDay, endsDay }: State, { status: from, day }: Known, today: number): { kind: string; day: number } {
	// A day said before the last change is left over from an earlier notice.
	const said = (one: number | null): number => Math.min(today, one === null || one < day ? today : one);
	if (status === 'cancelled') return { kind: 'cancellation', day: said(cancelledDay) };
	if (status === 'ended') return { kind: 'end', day: said(endsDay) };
	if (from === 'ended') return { kind: 'reactivation', day: today };
	if (from === 'cancelled') return { kind: 'retention', day: today };
	return { kind: status === 'paused' ? 'pause' : 'resume', day: today };
}

/**
 * What has happened to a subscription since its history was last written: nothing, a change of its revenue, of its status, or both. The
 * first row says what is there. A trial is no subscription yet.
 */
export function changesOf(state: State, known: Known | null, today: number): Change[] {
	const after = mrrOf(state);
	if (known === null) {
		if (state.status === 'trial') return [];
		const begun = { kind: 'new', day: state.startedDay, statusBefore: null, statusAfter: 'active', before: 0, after: state.mrr, reason: null };
		return [begun, ...changesOf(state, { status: 'active', mrr: state.mrr, day: state.startedDay }, today)];
	}
	const isMoved = known.status !== null && known.status !== state.status;
	const turn = isMoved ? step(state, known, today) : null;
	const isOne = turn?.kind === 'end' || turn?.kind === 'reactivation';
	const revenue: Change = { kind: after > known.mrr ? 'expansion' : 'contraction', day: today, statusBefore: known.status, statusAfter: known.status ?? state.status, before: known.mrr, after, reason: null }; // prettier-ignore
	const status = turn
		? [{ ...turn, statusBefore: known.status, statusAfter: state.status, before: isOne ? known.mrr : after, after, reason: state.reason }]
		: [];
	return after !== known.mrr && !isOne ? [revenue, ...status] : status;
}
