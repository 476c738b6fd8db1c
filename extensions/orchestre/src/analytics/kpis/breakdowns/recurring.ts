import { addMovements, moves, noMovements, type Move, type Movements } from '../rules/movements.ts';
import type { Computing, Figure } from '../types.ts';
import { numberOf, textOf, type Row } from './ask.ts';
import { mrrSteps } from './mrr-steps.ts';
import { askForAll } from './spans.ts';

/** Clients by what they did in the period, all their subscriptions together: who gives up one module of three has paid less, not left. */
const sqlOf = (isBefore: string): string => `
	with steps as (${mrrSteps}), clients as (
		select span, company, coalesce(sum(case when ${isBefore} then delta end), 0) as opening, sum(delta) as closing,
			max(case when ${isBefore} and mrr > 0 then 1 else 0 end) as was_client
		from spans join steps on changed_on < next group by span, company
	), moved as (
		select k.span, c.team, c.owner, k.opening, k.closing,
			case when k.opening = k.closing then null
				when k.opening <= 0 then (case when k.was_client = 1 then 'back' else 'new' end)
				when k.closing <= 0 then 'churn'
				when k.closing > k.opening then 'expansion' else 'contraction' end as move
		from clients k join companies c on c.id = k.company
		where k.opening <> 0 or k.closing <> 0
	)
	select span, team, owner, move, count(*) as n, sum(opening) as opening, sum(closing) as closing,
		sum(case when opening > 0 then 1 else 0 end) as clients_before, sum(case when closing > 0 then 1 else 0 end) as clients_after
	from moved group by span, team, owner, move`;

const isMove = (name: string): name is Move => moves.some((move) => move === name);

type Place = { scope: Figure['scope']; key: string; own: Movements };

/** Rows of the statement as movements of the company, each team and each person (whoever looks after the client today). */
function placesOf(rows: readonly Row[]): Place[] {
	const places = new Map<string, Place>([['company:company', { scope: 'company', key: 'company', own: noMovements() }]]);
	for (const row of rows) {
		const [opening, closing] = [numberOf(row, 'opening'), numberOf(row, 'closing')];
		const part = { ...noMovements(), opening, closing, clientsBefore: numberOf(row, 'clients_before'), clientsAfter: numberOf(row, 'clients_after') };
		const move = textOf(row, 'move') ?? '';
		if (isMove(move)) part[move] = { cents: closing - opening, clients: numberOf(row, 'n') };
		const whose = [['company', 'company'], ['team', textOf(row, 'team') ?? 'none'], ['person', textOf(row, 'owner') ?? 'none']] as const; // prettier-ignore
		for (const [scope, key] of whose) {
			const place = places.get(`${scope}:${key}`);
			places.set(`${scope}:${key}`, { scope, key, own: place ? addMovements([place.own, part]) : part });
		}
	}
	return [...places.values()];
}

const inPeriod = sqlOf('changed_on < first');

/** What moved the monthly recurring revenue of a period. */
export const readMovements = async (computing: Computing): Promise<Figure[]> =>
	placesOf(await askForAll(computing, 'movements', inPeriod)).map(({ scope, key, own }) => ({
		scope,
		key,
		numerator: own.closing - own.opening,
		denominator: null,
		cases: own.clientsAfter,
		details: own,
	}));

/** A share of what clients paid (or of how many paid) when the period began. Read once for all KPIs of this kind: they have the same periods. */
export const shareOfOpening =
	(partOf: (own: Movements) => number, by: 'opening' | 'clientsBefore' = 'opening') =>
	async (computing: Computing): Promise<Figure[]> =>
		placesOf(await askForAll(computing, 'retained', inPeriod)).map(({ scope, key, own }) => ({
			scope,
			key,
			numerator: partOf(own),
			denominator: own[by],
			cases: own.clientsBefore,
		}));

/** Recurring revenue of a year at the end of the period against the clients who left in the 365 days up to then. */
export async function readLifetimeValue(computing: Computing): Promise<Figure[]> {
	const rows = await askForAll(computing, 'movements-of-a-year', sqlOf(`changed_on <= ${computing.dialect.plusDays('next', -366)}`));
	return placesOf(rows).map(({ scope, key, own }) => ({ scope, key, numerator: own.closing * 12, denominator: own.churn.clients, cases: own.churn.clients }));
}
