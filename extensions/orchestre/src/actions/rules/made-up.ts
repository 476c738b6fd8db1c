import type { Candidate, Known, Tally } from './types.ts';
import { emptyTally } from './estimate.ts';

/** Made-up facts for the tests of these rules. */
export const madeUpCandidate = (over: Partial<Candidate> = {}): Candidate => ({
	owner: '00000000-0000-4000-8000-00000000000a',
	team: null,
	topic: 'deal.plan',
	record: { collection: 'opportunities', id: '00000000-0000-4000-8000-0000000000d1' },
	anchor: '',
	links: {},
	next: null,
	title: 'Planifier la prochaine étape',
	why: 'Rien n’est prévu.',
	advice: null,
	means: null,
	stakeCents: 1_000_000,
	stakeText: '20 000 € × 50 % de chances de gain',
	givenCents: null,
	minutes: null,
	urgent: false,
	...over,
});

export const madeUpKnown = (over: Partial<Known> = {}): Known => ({
	id: 'row',
	owner: '00000000-0000-4000-8000-00000000000a',
	record: 'opportunities:00000000-0000-4000-8000-0000000000d1',
	state: 'open',
	key: '',
	topic: 'deal.plan',
	priority: 0,
	minutes: 15,
	holdOut: false,
	dueDay: null,
	decidedDay: null,
	snoozedUntil: null,
	refusalReason: null,
	...over,
});

export const madeUpTally = (over: Partial<Tally> = {}): Tally => ({ ...emptyTally, ...over });
