import { dayMs } from '../../platform/time/paris.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { refuseUnlessCreatable } from '../../platform/access.ts';
import { dayOrNull } from '../../platform/columns.ts';
import { parseJson, toDate, type Accountability, type Host } from '../../platform/directus.ts';
import { notAllowed, notFound } from '../../platform/errors.ts';
import { readRules } from '../../platform/row-rules/rules.ts';
import { readClients } from './facts.ts';
import type { GrowthView, ProposalView } from './rules/panel.ts';
import type { Block, Reason } from './rules/types.ts';
import { readGrowthSettings } from './settings.ts';

const denied = 'Votre rôle ne permet pas de voir les propositions pour ce client.';
/** Answered proposals stay on the panel for so long. */
const rememberedMs = 120 * dayMs;

type Company = { id: string; owner: string | null; team: string | null; is_client: unknown };
type Row = Record<string, unknown> & { id: string };

/**
 * Refuses (403) whoever does not look after this client: the rights on the history of clients say whether a role follows all of them,
 * its own, or none.
 */
export async function refuseUnlessFollowing(host: Host, accountability: Accountability | null, id: string): Promise<Company> {
	if (!accountability?.user) throw notAllowed(denied);
	const company = (await host.database('companies').where({ id }).first('id', 'owner', 'team', 'is_client')) as Company | undefined;
	if (accountability.admin !== true) {
		const context = { database: host.database, schema: await host.getSchema(), accountability };
		const rule = (await readRules(host.services, context, ['health_history'])).get('health_history') ?? 'none';
		if (rule === 'none') throw notAllowed(denied);
		if (rule !== 'all') {
			const me = (await host.database('directus_users').where({ id: accountability.user }).first('team')) as { team: string | null } | undefined;
			const isMine = company && (company.owner === accountability.user || (company.team !== null && company.team === me?.team));
			if (!isMine) throw notAllowed(denied);
		}
	}
	if (!company) throw notFound('Cette entreprise n’existe pas.');
	return company;
}

async function mayChange(host: Host, accountability: Accountability, collection: string, id: string): Promise<boolean> {
	const permissions = new host.services.PermissionsService({ accountability, schema: await host.getSchema(), knex: host.database });
	return (await permissions.getItemPermissions(collection, id)).update.access;
}

async function mayCreate(host: Host, accountability: Accountability): Promise<boolean> {
	try {
		await refuseUnlessCreatable(host, accountability, ['opportunities'], denied);
		return true;
	} catch {
		return false;
	}
}

/** A reason about a row that the caller may not open is told without its details. */
async function readableBlock(host: Host, accountability: Accountability, block: Block): Promise<Block> {
	if (!block.collection || !block.item || accountability.admin === true) return block;
	const service = new host.services.ItemsService(block.collection, { accountability, schema: await host.getSchema(), knex: host.database });
	try {
		const found = (await service.readByQuery({ filter: { id: { _eq: block.item } }, fields: ['id'], limit: 1 })) as unknown[];
		if (found.length > 0) return block;
	} catch {
		// Not a collection of this role: the same as a row out of reach.
	}
	return { code: block.code, text: 'Une raison que votre rôle ne peut pas voir s’y oppose : demandez au responsable du client.' };
}

async function proposalsOf(host: Host, accountability: Accountability, id: string): Promise<ProposalView[]> {
	const since = new Date(clockNow().getTime() - rememberedMs);
	const rows = (await host
		.database('insights as i')
		.leftJoin('products as p', 'p.id', 'i.product')
		.leftJoin('opportunities as o', 'o.id', 'i.opportunity')
		.leftJoin('stages as s', 's.id', 'o.stage')
		.where({ 'i.company': id, 'i.kind': 'upsell' })
		.where((either) => void either.whereIn('i.state', ['open', 'snoozed']).orWhere((answered) => void answered.whereIn('i.state', ['done', 'refused']).where('i.date_updated', '>=', since)))
		.orderBy([{ column: 'i.expected_value_cents', order: 'desc' }, { column: 'i.id' }])
		.select('i.id', 'i.title', 'i.state', 'i.snoozed_until', 'i.refusal_reason', 'i.recommended_action', 'i.expected_value_cents', 'i.probability', 'i.probability_low', 'i.probability_high', 'i.reasons', 'i.due_on', 'i.outcome', 'i.date_updated', { product: 'p.name' }, { deal: 'o.id' }, { dealName: 'o.name' }, { stage: 's.name' })) as Row[];
	const views: ProposalView[] = [];
	for (const row of rows) {
		const isOpen = row['state'] === 'open' || row['state'] === 'snoozed';
		views.push({
			id: row.id,
			title: String(row['title']),
			product: row['product'] as string | null,
			state: row['state'] as ProposalView['state'],
			snoozedUntil: row['snoozed_until'] ? toDate(row['snoozed_until'] as Date).toISOString() : null,
			refusal: row['refusal_reason'] as string | null,
			action: row['recommended_action'] as string | null,
			expectedCents: row['expected_value_cents'] as number | null,
			probability: row['probability'] as number | null,
			low: row['probability_low'] as number | null,
			high: row['probability_high'] as number | null,
			reasons: (parseJson<Reason[] | null>(row['reasons'] ?? null) ?? []).map(({ code, text }) => ({ code, text })),
			dueOn: dayOrNull(row['due_on']),
			deal: row['deal'] ? { id: String(row['deal']), name: String(row['dealName']), stage: String(row['stage']) } : null,
			outcome: row['outcome'] as string | null,
			answeredAt: isOpen || !row['date_updated'] ? null : toDate(row['date_updated'] as Date).toISOString(),
			mayAnswer: isOpen && (await mayChange(host, accountability, 'insights', row.id)),
		});
	}
	return views;
} // prettier-ignore

/**
 * What the panel « Développer ce client » shows: what stands against selling today, open proposals, and what became of the last ones. Why
 * nothing is proposed is looked up now, not remembered. For those who look after the client (403); 404.
 */
export async function growthView(host: Host, accountability: Accountability | null, id: string): Promise<GrowthView> {
	const company = await refuseUnlessFollowing(host, accountability, id);
	const caller = accountability as Accountability;
	const settings = await readGrowthSettings(host.database);
	const [client] = await readClients(host.database, [id], { now: clockNow(), refusalDays: settings.refusalDays, refused: new Map() });
	const blocks: Block[] = [];
	for (const block of client?.blocks ?? []) blocks.push(await readableBlock(host, caller, block));
	const all = await proposalsOf(host, caller, id);
	const last = (await host.database('jobs').where({ kind: 'success.growth', state: 'done' }).orderBy('ended_at', 'desc').first('ended_at')) as { ended_at: Date | number } | undefined; // prettier-ignore
	return {
		isClient: Boolean(company.is_client) && client !== undefined,
		isEnabled: settings.enabled,
		blocks: blocks.filter(({ text }, index) => blocks.findIndex((one) => one.text === text) === index),
		// Until the night closes them, proposals of a client with a reason against it are not shown.
		proposals: all.filter(({ state }) => state === 'open' || state === 'snoozed').filter(({ state }) => blocks.length === 0 || state === 'snoozed'),
		answered: all.filter(({ state }) => state === 'done' || state === 'refused').slice(0, 5),
		searchedAt: last ? toDate(last.ended_at).toISOString() : null,
		mayCreateDeal: await mayCreate(host, caller),
		maySearch: await mayChange(host, caller, 'companies', id),
	};
}
