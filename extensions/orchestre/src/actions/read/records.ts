import { dayMs } from '../../platform/time/paris.ts';
import { dateOrNull, dayOrNull, numberOrNull } from '../../platform/columns.ts';
import { parseJson, type Knex } from '../../platform/directus.ts';
import type { StoredReasons as DealHealth } from '../../pipeline/health/judge.ts';
import { workedStatuses } from '../../leads/rules/types.ts';
import { dealStake, leadStake, type Ground, type OpenRecord } from '../rules/records.ts';
import { inParts, partSize, type Row } from './first-per.ts';
import { readLinked, type Around } from './linked.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const iso = (value: unknown): string | null => dateOrNull(value)?.toISOString() ?? null;
const link = <Name extends string>(name: Name, id: unknown): Partial<Record<Name, string>> =>
	typeof id === 'string' ? ({ [name]: id } as Partial<Record<Name, string>>) : {};

/** Averages that values are taken from: what a deal brings (won in the last two years), and how often one is won, drawn towards 3 in 10 with the weight of ten. */
export async function readGround(knex: Knex, nominalCents: number, now: Date): Promise<Ground> {
	const since = new Date(now.getTime() - 730 * dayMs);
	const row = (await knex('opportunities as o')
		.join('stages as s', 's.id', 'o.stage')
		.where('o.closed_at', '>=', since)
		.first(
			knex.raw('sum(case when s.is_won then 1 else 0 end) as won'),
			knex.raw('sum(case when s.is_lost then 1 else 0 end) as lost'),
			knex.raw('sum(case when s.is_won then o.amount_cents else 0 end) as cents'),
			knex.raw('sum(case when s.is_won and o.amount_cents > 0 then 1 else 0 end) as priced'),
		)) as Record<'won' | 'lost' | 'cents' | 'priced', unknown> | undefined;
	const [won, lost, cents, priced] = [row?.won, row?.lost, row?.cents, row?.priced].map((value) => Number(value ?? 0)) as [number, number, number, number];
	// A company without wins yet: ten times what a promise without an amount counts for.
	return { dealCents: priced > 0 ? Math.round(cents / priced) : nominalCents * 10, winRate: (won + 3) / (won + lost + 10), nominalCents };
} // prettier-ignore

type Part = { rows: Row[]; records: OpenRecord[] };

async function leadPart(knex: Knex, ground: Ground, ids: readonly string[] | null, after: string, now: Date): Promise<Part> {
	const query = knex('leads as l')
		.leftJoin('leads as d', 'd.id', 'l.duplicate_of')
		.whereIn('l.status', [...workedStatuses])
		.whereNotNull('l.owner')
		.where((either) => void either.where('l.archived', false).orWhereNull('l.archived'))
		.orderBy('l.id')
		.limit(partSize)
		.select('l.id', 'l.first_name', 'l.last_name', 'l.company_name', 'l.owner', 'l.team', 'l.company', 'l.person', 'l.status', 'l.sla_due_at', 'l.first_contact_at', 'l.budget_cents', 'l.probability', 'l.grade', 'l.converted_opportunity', 'l.duplicate_of', { duplicate_name: 'd.display_name' }); // prettier-ignore
	if (ids) void query.whereIn('l.id', [...ids]);
	if (after) void query.where('l.id', '>', after);
	const rows = (await query) as Row[];
	const own = rows.map((row) => String(row['id']));
	const deals = (await knex('opportunities').whereIn('lead', own).select('id', 'lead')) as { id: string; lead: string }[];
	const byLead = Map.groupBy(deals, ({ lead }) => lead);
	const around = new Map<string, Around>(
		rows.map((row) => {
			const id = String(row['id']);
			const linked = [row['converted_opportunity'], ...(byLead.get(id) ?? []).map((deal) => deal.id)].filter((one): one is string => typeof one === 'string');
			return [id, { leads: [id], deals: [...new Set(linked)] }];
		}),
	);
	const linkedOf = await readLinked(knex, around, now);
	const records = rows.map((row): OpenRecord => {
		const { assignee, taskKind, invoiceCents, ...linked } = linkedOf(String(row['id']));
		const duplicate = text(row['duplicate_of']);
		return {
			kind: 'lead',
			id: String(row['id']),
			name: [row['first_name'], row['last_name']].filter(Boolean).join(' ') || text(row['company_name']) || 'ce lead',
			who: [row['first_name'], row['last_name']].filter(Boolean).join(' ') || text(row['company_name']) || 'ce lead',
			owner: String(row['owner']),
			team: text(row['team']),
			links: { lead: String(row['id']), ...link('company', row['company']), ...link('person', row['person']) },
			facts: {
				subject: 'leads',
				lead: {
					status: text(row['status']),
					deal: null,
					duplicate: duplicate ? { collection: 'leads', id: duplicate, name: text(row['duplicate_name']) ?? '', at: null } : null,
					slaDueAt: iso(row['sla_due_at']),
					contacted: row['first_contact_at'] !== null,
				},
				...linked,
				ticket: null,
			},
			assignee,
			taskKind,
			invoiceCents,
			...leadStake({ budgetCents: numberOrNull(row['budget_cents']), probability: numberOrNull(row['probability']), grade: text(row['grade']) }, ground),
			health: null,
		};
	});
	return { rows, records };
}

async function dealPart(knex: Knex, ground: Ground, ids: readonly string[] | null, after: string, now: Date): Promise<Part> {
	const query = knex('opportunities as o')
		.leftJoin('companies as c', 'c.id', 'o.company')
		.whereNull('o.closed_at')
		.whereNotNull('o.owner')
		.where((either) => void either.where('o.archived', false).orWhereNull('o.archived'))
		.orderBy('o.id')
		.limit(partSize)
		.select('o.id', 'o.name', 'o.owner', 'o.team', 'o.company', 'o.lead', 'o.amount_cents', 'o.probability', 'o.close_date', 'o.next_step', 'o.next_step_at', 'o.health', 'o.health_reasons', { company_name: 'c.name' }); // prettier-ignore
	if (ids) void query.whereIn('o.id', [...ids]);
	if (after) void query.where('o.id', '>', after);
	const rows = (await query) as Row[];
	const own = rows.map((row) => String(row['id']));
	const converted = (await knex('leads').whereIn('converted_opportunity', own).select('id', 'converted_opportunity')) as { id: string; converted_opportunity: string }[];
	const byDeal = Map.groupBy(converted, ({ converted_opportunity }) => converted_opportunity);
	const around = new Map<string, Around>(
		rows.map((row) => {
			const id = String(row['id']);
			const leads = [row['lead'], ...(byDeal.get(id) ?? []).map((lead) => lead.id)].filter((one): one is string => typeof one === 'string');
			return [id, { leads: [...new Set(leads)], deals: [id] }];
		}),
	);
	const linkedOf = await readLinked(knex, around, now);
	const records = rows.map((row): OpenRecord => {
		const { assignee, taskKind, invoiceCents, ...linked } = linkedOf(String(row['id']));
		return {
			kind: 'deal',
			id: String(row['id']),
			name: text(row['name']) ?? '',
			who: text(row['company_name']) ?? text(row['name']) ?? '',
			owner: String(row['owner']),
			team: text(row['team']),
			links: { opportunity: String(row['id']), ...link('company', row['company']) },
			facts: {
				subject: 'opportunities',
				deal: { closed: false, closeDate: dayOrNull(row['close_date']), nextStep: text(row['next_step']), nextStepAt: iso(row['next_step_at']) },
				...linked,
				ticket: null,
			},
			assignee,
			taskKind,
			invoiceCents,
			...dealStake({ amountCents: numberOrNull(row['amount_cents']), probability: numberOrNull(row['probability']) }, ground),
			health: row['health'] === 'watch' || row['health'] === 'bad' ? parseJson<DealHealth | null>(row['health_reasons'] ?? null) : null,
		};
	});
	return { rows, records };
} // prettier-ignore

/**
 * Calls `take` with each part of the open leads and deals (all of them, or these ids): facts as the record's form has them. Parts keep
 * memory flat however many there are.
 */
export async function readRecords(
	knex: Knex,
	{ leads, deals }: { leads: readonly string[] | null; deals: readonly string[] | null },
	ground: Ground,
	now: Date,
	take: (records: readonly OpenRecord[]) => void,
	signal?: AbortSignal,
): Promise<void> {
	for (const [ids, part] of [
		[leads, leadPart],
		[deals, dealPart],
	] as const) {
		if (ids) {
			await inParts(ids, async (some) => {
				take((await part(knex, ground, some, '', now)).records);
				return [];
			});
			continue;
		}
		let after = '';
		for (;;) {
			signal?.throwIfAborted();
			const { rows, records } = await part(knex, ground, null, after, now);
			take(records);
			if (rows.length < partSize) break;
			after = String(rows.at(-1)?.['id']);
		}
	}
}
