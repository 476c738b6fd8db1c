import { describe, expect, it } from 'vitest';
import { dealSubject } from './deals.ts';
import { dayMs } from '../../platform/time/paris.ts';
import { leadSubject } from './leads.ts';
import { madeUpDeals, madeUpLeads } from './made-up.ts';
import { looksOf, tableOf } from './training.ts';
import type { Subject } from './types.ts';

/** The facts of each history at its cut-off. */
function factsOf<History>(subject: Subject<History>, histories: readonly History[]): unknown[] {
	const looks = histories.flatMap((history) => subject.cutOffs(history).map((at) => ({ history, at })));
	return tableOf(subject, looks).columns.map((column) => [...column]);
}

describe('facts', () => {
	it('are blind to everything that is dated after the cut-off', () => {
		const late = (created: number) => created + 300 * dayMs;
		const contact = (at: number, knownAt = at) => ({ at, knownAt, isInbound: true, isMeeting: true, isReached: true, person: 'late' });
		const leads = madeUpLeads(200, 3);
		const changedLeads = leads.map((lead) => ({
			...lead,
			scores: [...lead.scores, { at: late(lead.created), points: 999, fit: 999, engagement: 999, grade: 'A1', met: {} }],
			// An exchange that was written down much later was not known at its own date.
			contacts: [...lead.contacts, contact(late(lead.created)), contact(lead.created, late(lead.created))],
			tasksDone: [late(lead.created)],
		}));
		expect(factsOf(leadSubject, changedLeads)).toEqual(factsOf(leadSubject, leads));
		const deals = madeUpDeals(200, 3);
		const changedDeals = deals.map((deal) => ({
			...deal,
			contacts: [...deal.contacts, contact(late(deal.created))],
			companyWon: [late(deal.created)],
			tasksDone: [late(deal.created)],
		}));
		expect(factsOf(dealSubject, changedDeals)).toEqual(factsOf(dealSubject, deals));
	});

	it('say nothing of how it ended: the cut-off and the facts of a lost lead are those of the same lead converted', () => {
		const [lead] = madeUpLeads(1, 3);
		if (!lead) throw new Error('no lead');
		const ended = (to: 'converted' | 'lost') => ({
			...lead,
			statuses: [lead.statuses[0] as (typeof lead.statuses)[number], { at: lead.created + 90 * dayMs, to }],
		});
		expect(factsOf(leadSubject, [ended('converted')])).toEqual(factsOf(leadSubject, [ended('lost')]));
	});

	it('count a conversion that was taken back within the horizon as none', () => {
		const [lead] = madeUpLeads(1, 3);
		if (!lead) throw new Error('no lead');
		const undone = {
			...lead,
			statuses: [
				...lead.statuses.slice(0, 1),
				{ at: lead.created + dayMs, to: 'converted' as const },
				{ at: lead.created + 2 * dayMs, to: 'qualified' as const },
			],
		};
		expect(leadSubject.isWonAt(undone, lead.created + 1.5 * dayMs, lead.created)).toBe(true);
		expect(leadSubject.isWonAt(undone, lead.created + 60 * dayMs, lead.created)).toBe(false);
	});

	it('are not looked at before the horizon is over, even where the end is known', () => {
		const leads = madeUpLeads(300, 3);
		const now = (leads[150]?.created ?? 0) + 60 * dayMs;
		const { matured, recent } = looksOf(leadSubject, leads, { now, horizonMs: 60 * dayMs });
		expect(matured.every(({ at }) => at + 60 * dayMs <= now)).toBe(true);
		expect(recent.length).toBeGreaterThan(50);
	});
});
