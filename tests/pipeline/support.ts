import { randomUUID } from 'node:crypto';
import { call, type Client, type Row } from '../../scripts/support/client.ts';

export type Deal = Row & {
	id: string;
	stage: string;
	team: string | null;
	probability: number;
	stage_since: string;
	closed_at: string | null;
	close_date_pushes: number;
	stage_changes: {
		from_stage: string | null;
		to_stage: string;
		at: string;
		by: string | null;
		amount_cents: number | null;
		probability: number;
		close_date: string | null;
	}[];
};

/** Stages that a new company starts with (seeds/35-stages.yaml). */
export const stages = {
	qualification: '35000000-0000-4000-8000-000000000001',
	discovery: '35000000-0000-4000-8000-000000000002',
	demonstration: '35000000-0000-4000-8000-000000000003',
	proposal: '35000000-0000-4000-8000-000000000004',
	negotiation: '35000000-0000-4000-8000-000000000005',
	won: '35000000-0000-4000-8000-000000000006',
	lost: '35000000-0000-4000-8000-000000000007',
} as const;

export const newCompany = async (admin: Client, over: Row = {}): Promise<string> =>
	(await call<{ id: string }>(admin, 'POST', '/items/companies', { name: `Atelier ${randomUUID().slice(0, 8)}`, ...over })).id;

/** A deal in its first stage, with what the next ones ask for. */
export const newDeal = (company: string, over: Row = {}): Row => ({
	name: 'Renouvellement du parc',
	company,
	stage: stages.qualification,
	amount_cents: 1_200_000,
	close_date: '2026-12-01',
	next_step: 'Appeler',
	...over,
});

export const readDeal = async (client: Client, id: string): Promise<Deal> => {
	const deal = await call<Deal>(client, 'GET', `/items/opportunities/${id}`, undefined, { fields: '*,stage_changes.*' });
	deal.stage_changes.sort((a, b) => a.at.localeCompare(b.at));
	return deal;
};
