import { closeAlerts, openAlertStates, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { chunks, type Knex } from '../../platform/directus.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import { isoOf } from '../../platform/time/paris.ts';
import { directionOf, managersByTeam } from '../../pipeline/health/recipients.ts';
import { adviceFor, worstOf } from './rules/action.ts';
import { partNames } from './rules/words.ts';
import type { Finding } from './write.ts';

export const alertKind = 'client_health';

/** What a client pays in a year, by company: what is at stake. */
async function yearlyCents(trx: Knex, ids: readonly string[]): Promise<Map<string, number>> {
	const rows = (await trx('subscriptions')
		.whereIn('company', [...ids])
		.whereIn('status', ['active', 'cancelled'])
		.groupBy('company')
		.select('company')
		.sum({ mrr: 'mrr_cents' })) as { company: string; mrr: number | string | null }[];
	return new Map(rows.map(({ company, mrr }) => [company, Math.min(12 * Number(mrr ?? 0), 2_147_483_647)]));
}

function reasonOf({ client, verdict, overridden }: Finding): string {
	const worst = worstOf(verdict?.reasons ?? [])
		.slice(0, 3)
		.map(({ part, text, points }) => `${partNames.fr[part]} : ${text} (−${-points})`);
	const byHand = overridden ? [`Niveau fixé à la main : ${client.override.reason ?? ''}`] : [];
	return [...(verdict ? [`Santé de ${verdict.score} sur 100.`] : ['Rien à mesurer pour l’instant.']), ...byHand, ...worst].join('\n');
}

const keyOf = (company: string, day: string): string => `client_health:${company}:${day}`;

/** How many alerts of the day are over, by company: red, better and red again within a day are two episodes. */
async function endedToday(trx: Knex, ids: readonly string[], day: string): Promise<Map<string, number>> {
	const ended = new Map<string, number>();
	for (const part of chunks(ids, 500)) {
		const rows = (await trx('alerts')
			.whereIn('company', part)
			.where({ kind: alertKind })
			.whereNotIn('state', [...openAlertStates])
			.where('dedupe_key', 'like', `${keyOf('%', day)}%`)
			.groupBy('company')
			.select('company')
			.count({ count: '*' })) as { company: string; count: number | string }[];
		for (const { company, count } of rows) ended.set(company, Number(count));
	}
	return ended;
}

/** Who is asked to act: the owner, or where they are gone their team's manager; people who are no longer active get nothing. */
async function askedOf(trx: Knex, findings: readonly Finding[]): Promise<(finding: Finding) => { assignee: string | null; recipients: string[] }> {
	const managers = await managersByTeam(trx);
	const people = new Set([...findings.map(({ client }) => client.owner), ...managers.values()].filter((user) => user !== null));
	const active = new Set<string>();
	for (const part of chunks([...people], 500))
		for (const id of (await trx('directus_users').whereIn('id', part).where({ status: 'active' }).pluck('id')) as string[]) active.add(id);
	const direction = await directionOf(trx);
	return ({ client }) => {
		const present = [client.owner, managers.get(client.team ?? '')].filter((user) => typeof user === 'string').filter((user) => active.has(user));
		return { assignee: present[0] ?? null, recipients: present.length > 0 ? [...new Set(present)] : direction };
	};
}

const alertOf = (finding: Finding, key: string, assignee: string | null, valueCents: number | null): NewAlert => ({
	key,
	kind: alertKind,
	severity: 'critical',
	title: `Client en danger : ${finding.client.name}`,
	reason: reasonOf(finding),
	action: adviceFor(finding.verdict?.reasons ?? []) ?? 'Faites le point avec le client.',
	valueCents,
	assignee,
	team: finding.client.team,
	subject: { company: finding.client.id },
});

const endings: readonly [string, (finding: Finding) => boolean][] = [
	['Cette entreprise n’est plus un client suivi.', ({ client }) => !client.isClient],
	['Plus rien ne permet de mesurer la santé de ce client.', ({ client, band }) => client.isClient && band === null],
	['Le client va mieux.', ({ client, band }) => client.isClient && band !== null],
];

/**
 * A client that turns red raises one alert, and whoever looks after it and their manager are told; when it is better, or no client any more,
 * the alert is closed and says which. Who stays red is not alerted again, whatever became of the first alert.
 */
export async function announce(trx: Knex, findings: readonly Finding[], day: number): Promise<{ red: number; better: number }> {
	const turned = findings.filter(({ client, band }) => band === 'red' && client.before.band !== 'red');
	const better = findings.filter(({ client, band }) => band !== 'red' && client.before.band === 'red');
	for (const [outcome, isSo] of endings) await closeAlerts(trx, [alertKind], 'company', better.filter(isSo).map(({ client }) => client.id), outcome); // prettier-ignore
	if (turned.length === 0) return { red: 0, better: better.length };
	const ids = turned.map(({ client }) => client.id);
	const values = await yearlyCents(trx, ids);
	const ended = await endedToday(trx, ids, isoOf(day));
	const asked = await askedOf(trx, turned);
	const alerts = turned.map((finding) => {
		const { id } = finding.client;
		const before = ended.get(id) ?? 0;
		return alertOf(finding, `${keyOf(id, isoOf(day))}${before > 0 ? `:${before + 1}` : ''}`, asked(finding).assignee, values.get(id) ?? null);
	});
	const raised = await raiseAlerts(trx, alerts);
	await tell(
		trx,
		turned.flatMap((finding, index): Notice[] => {
			const alert = alerts[index];
			if (!alert || !raised.has(alert.key)) return [];
			const message = `${alert.reason}\n\n${alert.action ?? ''}`;
			return [{ recipients: asked(finding).recipients, collection: 'companies', item: finding.client.id, subject: alert.title, message }];
		}),
	);
	return { red: turned.length, better: better.length };
}
