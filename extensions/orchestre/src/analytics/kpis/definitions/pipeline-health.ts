import { toParis } from '../../../platform/time/paris.ts';
import type { Computing, Figure, KpiDefinition } from '../types.ts';
import { lists } from './lists.ts';
import { inDomain } from './make.ts';

const kpi = inDomain('sales');

type Row = {
	health: string | null;
	owner: string | null;
	team: string | null;
	n: number | string;
	cents: number | string | null;
	amount: number | string | null;
};

type Parts = Record<string, [number, number, number]>;

/** Open deals by health, as they stand: of the past nothing is kept, so periods that are over have no figure of their own. */
async function openByHealth({ trx, period, asOf }: Computing): Promise<Figure[]> {
	const today = toParis(asOf).day;
	if (period.end < today || period.start > today) return [];
	const rows = (await trx('opportunities')
		.whereNull('closed_at')
		.where((either) => void either.where({ archived: false }).orWhereNull('archived'))
		.groupBy('health', 'owner', 'team')
		.select('health', 'owner', 'team')
		.count({ n: '*' })
		.sum({ cents: 'at_risk_cents', amount: 'amount_cents' })) as Row[];
	const figures = new Map<string, Figure & { parts: Parts }>();
	for (const { health, owner, team, n, cents, amount } of rows) {
		const keys = [['company', 'company'], ['team', team ?? 'none'], ['person', owner ?? 'none']] as const; // prettier-ignore
		for (const [scope, key] of keys) {
			const figure = figures.get(`${scope}:${key}`) ?? { scope, key, numerator: 0, denominator: null, cases: 0, parts: {} };
			const part = (figure.parts[health ?? 'good'] ??= [0, 0, 0]);
			figure.numerator += Number(cents ?? 0);
			figure.cases += Number(n);
			part[0] += Number(cents ?? 0);
			part[1] += Number(amount ?? 0);
			part[2] += Number(n);
			figures.set(`${scope}:${key}`, figure);
		}
	}
	return [...figures.values()];
}

/** What the panel « Santé du pipeline » is drawn from; `parts` by health: value at stake, amount (both cents), deals. */
export const pipelineHealth: readonly KpiDefinition[] = [
	kpi({
		key: 'valeur_en_jeu',
		name: 'Valeur en jeu',
		name_en: 'Value at stake',
		description: 'Ce que les affaires à surveiller ou en danger feraient perdre.',
		formula: 'Somme de montant × probabilité des affaires ouvertes dont la santé n’est pas bonne, telles qu’elles sont aujourd’hui.',
		unit: 'eur',
		direction: 'down',
		aggregation: 'last',
		touchedBy: ['opportunities'],
		periods: ['week', 'month', 'quarter', 'year'],
		parts: { name: 'santé', words: { good: 'Bonne', watch: 'À surveiller', bad: 'En danger' } },
		formulaOf: { compute: openByHealth },
		list: lists.dealsAtStake,
	}),
];
