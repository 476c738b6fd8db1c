import { addMovements, moves, noMovements, type Move, type Movements } from '../rules/movements.ts';
import type { Computing, Figure } from '../types.ts';
import { numberOf, textOf } from './ask.ts';
import { mrrSteps } from './mrr-steps.ts';
import { askForAll } from './spans.ts';

/** Clients by what they did in the period, all their subscriptions together: who gives up one module of three has paid less, not left. */
const sql = `
	with steps as (${mrrSteps}), clients as (
		select span, company, coalesce(sum(case when changed_on < first then delta end), 0) as opening, sum(delta) as closing,
			max(case when changed_on < first and mrr > 0 then 1 else 0 end) as was_client
		from spans join steps on changed_on < next group by span, company
	), moved as (
		select k.span, c.team, k.opening, k.closing,
			case when k.opening = k.closing then null
				when k.opening <= 0 then (case when k.was_client = 1 then 'back' else 'new' end)
				when k.closing <= 0 then 'churn'
				when k.closing > k.opening then 'expansion' else 'contraction' end as move
		from clients k join companies c on c.id = k.company
		where k.opening <> 0 or k.closing <> 0
	)
	select span, team, move, count(*) as n, sum(opening) as opening, sum(closing) as closing,
		sum(case when opening > 0 then 1 else 0 end) as clients_before, sum(case when closing > 0 then 1 else 0 end) as clients_after
	from moved group by span, team, move`;

const isMove = (name: string): name is Move => moves.some((move) => move === name);

/** What moved the monthly recurring revenue of a period, for the company and each team (the client's team of today). */
export async function readMovements(computing: Computing): Promise<Figure[]> {
	const teams = new Map<string, Movements>();
	for (const row of await askForAll(computing, 'movements', sql)) {
		const team = textOf(row, 'team') ?? 'none';
		const own = teams.get(team) ?? noMovements();
		teams.set(team, own);
		const [opening, closing] = [numberOf(row, 'opening'), numberOf(row, 'closing')];
		own.opening += opening;
		own.closing += closing;
		own.clientsBefore += numberOf(row, 'clients_before');
		own.clientsAfter += numberOf(row, 'clients_after');
		const move = textOf(row, 'move') ?? '';
		if (isMove(move)) own[move] = { cents: closing - opening, clients: numberOf(row, 'n') };
	}
	const figureOf = (own: Movements): Omit<Figure, 'scope' | 'key'> => ({
		numerator: own.closing - own.opening,
		denominator: null,
		cases: own.clientsAfter,
		details: own,
	});
	return [
		{ scope: 'company', key: 'company', ...figureOf(addMovements([...teams.values()])) },
		...[...teams].map(([key, own]): Figure => ({ scope: 'team', key, ...figureOf(own) })),
	];
}
