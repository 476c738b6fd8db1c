import { expect, it } from 'vitest';
import { decidedFault, type Decided } from './decided.ts';

const fault = (over: Partial<Decided>): string | null => decidedFault({ state: 'done', outcome: null, hasDeal: true, dealEnd: null, ...over });

it('lets nobody reopen a proposal that became a deal, nor say another outcome than the deal’s', () => {
	expect(fault({})).toBeNull();
	expect(fault({ outcome: 'won', dealEnd: 'won' })).toBeNull();
	for (const state of ['open', 'snoozed', 'refused']) expect(fault({ state })).toContain('ne se rouvre pas');
	expect(fault({ outcome: 'won' })).toContain('celle de son affaire');
	expect(fault({ outcome: 'won', dealEnd: 'lost' })).toContain('celle de son affaire');
});

it('knows no outcome of what is still to be answered', () => {
	expect(fault({ state: 'open', hasDeal: false, outcome: 'won' })).toContain('répondez-y d’abord');
	expect(fault({ state: 'open', hasDeal: false })).toBeNull();
	expect(fault({ state: 'done', hasDeal: false, outcome: 'won' })).toBeNull();
});
