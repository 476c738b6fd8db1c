import { parseJson, toDate, type Knex } from '../../platform/directus.ts';
import { now as clockNow } from '../../platform/clock.ts';
import type { Notice } from '../../platform/notices.ts';
import { stateKind, type StoredReasons } from './judge.ts';
import { directionOf, managersByTeam, namesOf } from './recipients.ts';
import { digestOf, type SickDeal } from './rules/digest.ts';

type DealRow = {
	id: string;
	name: string;
	owner: string | null;
	team: string | null;
	health: 'watch' | 'bad';
	at_risk_cents: number | null;
	health_reasons: unknown;
};

/** Since the last digest, or since yesterday for the first. */
async function lastDigest(trx: Knex): Promise<Date> {
	const row = (await trx('jobs').where({ kind: 'pipeline.digest', state: 'done' }).orderBy('ended_at', 'desc').first('ended_at')) as { ended_at: Date | number } | undefined;
	return row ? toDate(row.ended_at) : new Date(clockNow().getTime() - 86_400_000);
} // prettier-ignore

async function readSick(trx: Knex): Promise<SickDeal[]> {
	const rows = (await trx('opportunities')
		.whereIn('health', ['watch', 'bad'])
		.whereNull('closed_at')
		.select('id', 'name', 'owner', 'team', 'health', 'at_risk_cents', 'health_reasons')) as DealRow[];
	const fresh = new Set(
		(await trx('alerts')
			.where({ kind: stateKind, severity: 'critical', state: 'open' })
			.where('date_created', '>', await lastDigest(trx))
			.pluck('opportunity')) as string[],
	);
	return rows.map(({ id, name, owner, team, health, at_risk_cents, health_reasons }) => ({
		id,
		name,
		owner,
		team,
		state: health,
		atRiskCents: at_risk_cents ?? 0,
		isNew: fresh.has(id),
		action: parseJson<StoredReasons | null>(health_reasons ?? null)?.action?.text ?? null,
	}));
}

async function bottleneckOfScope(trx: Knex): Promise<Map<string | null, { title: string; action: string }>> {
	const rows = (await trx('insights').where({ kind: 'bottleneck', state: 'open' }).select('team', 'title', 'recommended_action')) as {
		team: string | null;
		title: string;
		recommended_action: string;
	}[];
	return new Map(rows.map(({ team, title, recommended_action }) => [team, { title, action: recommended_action }]));
}

/** What each owner, each team's manager and Direction are told this morning. */
export async function writeDigests(trx: Knex): Promise<Notice[]> {
	const sick = await readSick(trx);
	if (sick.length === 0) return [];
	const bottlenecks = await bottleneckOfScope(trx);
	const nameOf = await namesOf(
		trx,
		sick.map(({ owner }) => owner),
	);
	const active = new Set((await trx('directus_users').where({ status: 'active' }).pluck('id')) as string[]);
	const notices: Notice[] = [];
	const add = (user: string | null, deals: readonly SickDeal[], kind: 'own' | 'team' | 'company', scope: string | null): void => {
		const digest = user && active.has(user) ? digestOf(deals, { kind, nameOf, bottleneck: bottlenecks.get(scope) ?? null }) : null;
		if (user && digest) notices.push({ recipients: [user], ...digest });
	};
	const byOwner = Map.groupBy(sick, ({ owner }) => owner);
	for (const owner of [...byOwner.keys()].filter((one) => one !== null).toSorted()) add(owner, byOwner.get(owner) ?? [], 'own', null);
	const byTeam = Map.groupBy(sick, ({ team }) => team);
	for (const [team, manager] of await managersByTeam(trx)) add(manager, byTeam.get(team) ?? [], 'team', team);
	for (const user of await directionOf(trx)) add(user, sick, 'company', null);
	return notices;
}
