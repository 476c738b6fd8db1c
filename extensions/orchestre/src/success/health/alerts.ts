import { closeAlerts, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import type { Knex } from '../../platform/directus.ts';
import { tell } from '../../platform/notices.ts';
import { isoOf } from '../../platform/time/paris.ts';
import { managersByTeam } from '../../pipeline/health/recipients.ts';
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
	return [`Santé de ${verdict?.score ?? 0} sur 100.`, ...byHand, ...worst].join('\n');
}

const alertOf = (finding: Finding, day: string, valueCents: number | null): NewAlert => ({
	key: `client_health:${finding.client.id}:${day}`,
	kind: alertKind,
	severity: 'critical',
	title: `Client en danger : ${finding.client.name}`,
	reason: reasonOf(finding),
	action: adviceFor(finding.verdict?.reasons ?? []) ?? 'Faites le point avec le client.',
	valueCents,
	assignee: finding.client.owner,
	team: finding.client.team,
	subject: { company: finding.client.id },
});

/**
 * A client that turns red raises one alert, and whoever looks after it and their manager are told; when it is better the alert is closed.
 * Who stays red is not alerted again, whatever became of the first alert.
 */
export async function announce(trx: Knex, findings: readonly Finding[], day: number): Promise<{ red: number; better: number }> {
	const turned = findings.filter(({ client, band }) => band === 'red' && client.before.band !== 'red');
	const better = findings.filter(({ client, band }) => band !== 'red' && client.before.band === 'red');
	await closeAlerts(
		trx,
		[alertKind],
		'company',
		better.map(({ client }) => client.id),
		'Le client va mieux.',
	);
	if (turned.length === 0) return { red: 0, better: better.length };
	const values = await yearlyCents(
		trx,
		turned.map(({ client }) => client.id),
	);
	const alerts = turned.map((finding) => alertOf(finding, isoOf(day), values.get(finding.client.id) ?? null));
	const raised = await raiseAlerts(trx, alerts);
	const managers = await managersByTeam(trx);
	await tell(
		trx,
		alerts
			.filter(({ key }) => raised.has(key))
			.map(({ title, reason, action, assignee, team, subject }) => ({
				recipients: [assignee, managers.get(team ?? '')].filter((user) => typeof user === 'string'),
				collection: 'companies',
				item: subject['company'] ?? '',
				subject: title,
				message: `${reason}\n\n${action ?? ''}`,
			})),
	);
	return { red: turned.length, better: better.length };
}
