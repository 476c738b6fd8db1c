import type { Knex } from 'knex';
import { kpiId } from '../../extensions/orchestre/src/analytics/kpis/ids.ts';
import { lastPeriods, type Period } from '../../extensions/orchestre/src/analytics/kpis/rules/periods.ts';
import { wholeTurn } from '../../extensions/orchestre/src/analytics/kpis/turn.ts';
import { storedDay } from '../../extensions/orchestre/src/platform/columns.ts';
import { chunks } from '../../extensions/orchestre/src/platform/directus.ts';
import { isoOf } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { seasonOf } from './calendar.ts';
import { demoId } from './ids.ts';

/** Goals of the demo's company that are the same in every month: rates in basis points, days in thousandths, money in cents. */
const steady: Readonly<Record<string, number>> = {
	taux_conversion: 1900,
	taux_transformation: 6500,
	panier_moyen: 1_800_000,
	cycle_vente: 45_000,
	delai_premier_contact: 2000,
	dso: 45_000,
	taux_automatisation: 7000,
	churn_mrr: 150,
	nrr: 10_200,
	grr: 9850,
	nps: 35_000,
	satisfaction_client: 8500,
	taux_resolution_sla: 9000,
	taux_facturable: 7500,
	taux_devis_acceptes: 6500,
	precision_prevision: 8500,
};

/** New leads and calls that a month of average length is to bring. */
const leadsPerMonth = 55;

type Goal = { key: string; period: Period; scope: 'company' | 'team' | 'person'; of: string | null; value: number };
type Seller = { id: string; team: string | null; quota_cents: number };

/** A month's share of the year, as the demo's own season has it. */
function shareOf(period: Period): number {
	const weight = (day: number): number => seasonOf(new Date(day * 86_400_000));
	const year = new Date(period.start * 86_400_000).getUTCFullYear();
	let own = 0;
	let all = 0;
	for (let day = Date.UTC(year, 0, 1) / 86_400_000; day < Date.UTC(year + 1, 0, 1) / 86_400_000; day++) {
		all += weight(day);
		if (day >= period.start && day <= period.end) own += weight(day);
	}
	return own / all;
}

const rounded = (value: number, step: number): number => Math.max(step, Math.round(value / step) * step);

/** Quotas of the salespeople, their teams' and the company's, shared out over the year by season; and what the company holds itself to. */
function goalsOf(period: Period, sellers: readonly Seller[]): Goal[] {
	const share = shareOf(period);
	const persons = sellers.map(({ id, team, quota_cents }) => ({ id, team, value: rounded(quota_cents * share, 50_000) }));
	const teams = Map.groupBy(persons.filter(({ team }) => team !== null), ({ team }) => team); // prettier-ignore
	const sum = (ones: readonly { value: number }[]): number => ones.reduce((total, { value }) => total + value, 0);
	return [
		{ key: 'ca_signe', period, scope: 'company' as const, of: null, value: sum(persons) },
		...[...teams].map(([team, ones]) => ({ key: 'ca_signe', period, scope: 'team' as const, of: team, value: sum(ones) })),
		...persons.map(({ id, value }) => ({ key: 'ca_signe', period, scope: 'person' as const, of: id, value })),
		{ key: 'nouveaux_leads', period, scope: 'company' as const, of: null, value: rounded(leadsPerMonth * 12 * share, 5) * 1000 },
		...Object.entries(steady).map(([key, value]) => ({ key, period, scope: 'company' as const, of: null, value })),
	];
}

/**
 * The demo's targets, and its figures of two years back: computed by the product's own runner from the demo's rows, never made up. All rows
 * have ids of the demo. `today`: a UTC date.
 */
export async function computeDemoFigures(trx: Knex, today: string): Promise<void> {
	const day = Date.parse(`${today}T00:00:00Z`) / 86_400_000;
	const known = new Set((await trx('kpis').pluck('id')) as string[]);
	const sellers = (await trx('directus_users').whereNotNull('quota_cents').orderBy('id').select('id', 'team', 'quota_cents')) as Seller[];
	const periods = [...lastPeriods('month', day, 13), ...lastPeriods('quarter', day, 4), ...lastPeriods('year', day, 1)];
	const at = new Date(`${today}T06:00:00Z`);
	const rows = periods
		.flatMap((period) => goalsOf(period, sellers))
		.filter(({ key }) => known.has(kpiId(key)))
		.map(({ key, period, scope, of, value }) => ({
			id: demoId('targets', [key, period.kind, isoOf(period.start), of ?? 'company'].join(':')),
			kpi: kpiId(key),
			period_kind: period.kind,
			period_start: storedDay(period.start),
			period_end: storedDay(period.end),
			scope,
			team: scope === 'team' ? of : null,
			owner: scope === 'person' ? of : null,
			value,
			date_created: at,
		}));
	for (const part of chunks(rows)) await trx('targets').insert(part);
	await wholeTurn(trx, at, (key) => demoId('performance', key));
}
