import { dateOrNull } from '../platform/columns.ts';
import type { Knex } from '../platform/directus.ts';
import { toParis } from '../platform/time/paris.ts';
import { dayNumber, type Project } from './plan.ts';

/** The day on which the client signed: the contract's, else the deal's, else the one since which they are a client, else the plan's first day. */
export async function signedOn(
	trx: Knex,
	{ contract, opportunity, company, starts_on }: Pick<Project, 'contract' | 'opportunity' | 'company' | 'starts_on'>,
): Promise<number | null> {
	const signed = contract ? ((await trx('contracts').where({ id: contract }).first('signed_on')) as { signed_on: unknown } | undefined) : undefined;
	const ofContract = dayNumber(signed?.signed_on);
	if (ofContract !== null) return ofContract;
	const deal = opportunity ? ((await trx('opportunities').where({ id: opportunity }).first('closed_at')) as { closed_at: unknown } | undefined) : undefined;
	const closed = dateOrNull(deal?.closed_at);
	if (closed) return toParis(closed).day;
	const client = company ? ((await trx('companies').where({ id: company }).first('client_since')) as { client_since: unknown } | undefined) : undefined;
	return dayNumber(client?.client_since) ?? dayNumber(starts_on);
}
