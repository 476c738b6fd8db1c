import type { Block } from './types.ts';

/** A proposal as the panel shows it. Money in cents, chances in basis points, moments as ISO text. */
export type ProposalView = {
	id: string;
	title: string;
	product: string | null;
	state: 'open' | 'snoozed' | 'done' | 'refused';
	snoozedUntil: string | null;
	refusal: string | null;
	action: string | null;
	expectedCents: number | null;
	probability: number | null;
	low: number | null;
	high: number | null;
	reasons: { code: string; text: string }[];
	dueOn: string | null;
	deal: { id: string; name: string; stage: string } | null;
	outcome: string | null;
	answeredAt: string | null;
	mayAnswer: boolean;
};

export type GrowthView = {
	isClient: boolean;
	isEnabled: boolean;
	/** Why nothing is proposed. */
	blocks: Block[];
	proposals: ProposalView[];
	/** What was done or refused lately. */
	answered: ProposalView[];
	/** When all clients were last looked through. */
	searchedAt: string | null;
	mayCreateDeal: boolean;
	maySearch: boolean;
};
