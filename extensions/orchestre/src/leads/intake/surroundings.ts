import { dateOrNull } from '../../platform/columns.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import type { Surroundings } from '../rules/types.ts';
import type { LeadRow } from './row.ts';

type AccountRow = { id: string; siren: string | null; is_client: unknown; is_partner: unknown; is_reseller: unknown; owner: string | null };
type InteractionRow = {
	lead: string;
	inbound: number | string;
	meetings: number | string;
	outbound: number | string;
	last_inbound_at: Date | number | null;
	last_meeting_at: Date | number | null;
	first_outbound_at: Date | number | null;
};

/** What a batch of leads is judged by beside their own rows. */
export type Context = {
	surroundings: Surroundings;
	/** Owner of the known account, for continuity. */
	accountOwner: string | null;
	/** First call, e-mail or meeting of ours. */
	firstOutboundAt: Date | null;
};

const noInteractions: Surroundings['interactions'] = { inbound: 0, meetings: 0, lastInboundAt: null, lastMeetingAt: null };

async function readAccounts(trx: Knex, rows: readonly LeadRow[]): Promise<AccountRow[]> {
	const ids = rows.flatMap(({ company }) => company ?? []);
	const sirens = rows.flatMap(({ siren }) => siren ?? []);
	if (ids.length + sirens.length === 0) return [];
	return trx('companies')
		.where((either) => {
			// An empty list would make the database read every company to find none.
			if (ids.length > 0) void either.orWhereIn('id', ids);
			if (sirens.length > 0) void either.orWhereIn('siren', sirens);
		})
		.select('id', 'siren', 'is_client', 'is_partner', 'is_reseller', 'owner') as Promise<AccountRow[]>;
}

async function readInteractions(trx: Knex, ids: readonly string[]): Promise<InteractionRow[]> {
	const found: InteractionRow[] = [];
	for (const part of chunks(ids, 500)) {
		found.push(
			...((await trx('interactions')
				.whereIn('lead', part)
				.groupBy('lead')
				.select('lead')
				.select(
					trx.raw(`sum(case when direction = 'inbound' then 1 else 0 end) as inbound`),
					trx.raw(`sum(case when direction = 'outbound' then 1 else 0 end) as outbound`),
					trx.raw(`sum(case when kind in ('meeting', 'visit') then 1 else 0 end) as meetings`),
					trx.raw(`max(case when direction = 'inbound' then at end) as last_inbound_at`),
					trx.raw(`max(case when kind in ('meeting', 'visit') then at end) as last_meeting_at`),
					trx.raw(`min(case when direction = 'outbound' or kind in ('meeting', 'visit') then at end) as first_outbound_at`),
				)) as InteractionRow[]),
		);
	}
	return found;
}

function kindOfAccount(account: AccountRow | undefined): Surroundings['account'] {
	if (!account) return 'none';
	if (account.is_client) return 'client';
	return account.is_partner || account.is_reseller ? 'partner' : 'prospect';
}

/**
 * Reads accounts and interactions of all leads at once. `withInteractions`: false for leads that were just created and so have
 * none. A lead without a linked account is matched by SIREN only: a name may be shared by strangers.
 */
export async function readContexts(trx: Knex, rows: readonly LeadRow[], withInteractions: boolean): Promise<Map<string, Context>> {
	const accounts = await readAccounts(trx, rows);
	const byId = new Map(accounts.map((account) => [account.id, account]));
	const bySiren = new Map(accounts.map((account) => [account.siren, account]));
	const interactions = new Map(
		(withInteractions
			? await readInteractions(
					trx,
					rows.map(({ id }) => id),
				)
			: []
		).map((row) => [row.lead, row]),
	);
	return new Map(
		rows.map((row) => {
			const account = row.company ? byId.get(row.company) : row.siren ? bySiren.get(row.siren) : undefined;
			const contacts = interactions.get(row.id);
			return [
				row.id,
				{
					surroundings: {
						account: kindOfAccount(account),
						interactions: contacts
							? {
									inbound: Number(contacts.inbound),
									meetings: Number(contacts.meetings),
									lastInboundAt: dateOrNull(contacts.last_inbound_at),
									lastMeetingAt: dateOrNull(contacts.last_meeting_at),
								}
							: noInteractions,
					},
					accountOwner: account?.owner ?? null,
					firstOutboundAt: dateOrNull(contacts?.first_outbound_at ?? null),
				},
			];
		}),
	);
}
