import { randomUUID } from 'node:crypto';
import { addWorkingDays, nextWorkingMoment } from '../../platform/time/working-time.ts';
import { frenchDate, fromParis, isoOf } from '../../platform/time/paris.ts';
import { raiseAlerts } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { readLocked, storedDay } from '../../platform/columns.ts';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { tell } from '../../platform/notices.ts';
import { addTaskOnce } from '../../platform/tasks.ts';
import type { Writer } from '../../platform/writer.ts';
import { readBriefings } from './briefing.ts';
import { briefingText, type Term } from './rules/renewal.ts';
import type { RenewalSettings } from './settings.ts';
import { readTerms } from './terms.ts';
import { clockNowDay } from './today.ts';

export type Prepared = { prepared: number; adopted: number; settled: number };

type Company = { id: string; name: string; owner: string | null; team: string | null };
type Deal = { id: string; owner: string | null; closed_at: unknown };

/** A renewal deal that was opened this long before its date belongs to it. */
const belongsDays = 150;
/** Working days until the preparation should be done. */
const taskDays = 5;

const on = (day: number): string => frenchDate(fromParis(day, 43_200_000));

/** The keys of terms that were prepared before. */
export async function preparedKeys(trx: Knex, keys: readonly string[]): Promise<Set<string>> {
	const known: string[] = [];
	for (let start = 0; start < keys.length; start += 500)
		known.push(...((await trx('tasks').whereIn('origin_key', keys.slice(start, start + 500)).pluck('origin_key')) as string[])); // prettier-ignore
	return new Set(known);
}

/** A renewal deal of this client that somebody has opened, or already closed, for this term. */
async function dealFor(trx: Knex, { company, day, pieces }: Term): Promise<Deal | null> {
	const ids = pieces.map(({ id }) => id);
	const deal = (await trx('opportunities')
		.where({ company, kind: 'renewal' })
		.where('date_created', '>=', storedDay(day - belongsDays))
		.where((either) => void either.whereNull('subscription').orWhereIn('subscription', ids))
		.orderBy([{ column: 'closed_at', order: 'asc', nulls: 'first' }, { column: 'id' }])
		.first('id', 'owner', 'closed_at')) as Deal | undefined;
	return deal ?? null;
}

async function linesOf(trx: Knex, { pieces }: Term): Promise<Record<string, unknown>[]> {
	const ids = pieces.flatMap(({ collection, id }) => (collection === 'subscriptions' ? [id] : []));
	const rows = (await trx('line_items')
		.whereIn('subscription', ids)
		.orderBy([{ column: 'subscription' }, { column: 'sort' }, { column: 'id' }])
		.select('product', 'label', 'description', 'quantity', 'unit', 'unit_price_cents', 'discount', 'vat_rate')) as Record<string, unknown>[];
	return rows.map((row, index) => ({ ...row, sort: index + 1 }));
}

async function openDeal(trx: Knex, writer: Writer, term: Term, company: Company, due: Date): Promise<string> {
	const stage = (await trx('stages').where({ is_won: false, is_lost: false }).orderBy('sort').orderBy('id').first('id')) as { id: string };
	const main = term.pieces.find(({ collection }) => collection === 'subscriptions');
	return writer.create('opportunities', {
		name: `Renouvellement ${company.name} – ${on(term.day)}`.slice(0, 255),
		company: term.company,
		kind: 'renewal',
		stage: stage.id,
		owner: company.owner ?? term.pieces[0]?.owner ?? null,
		amount_cents: term.amountCents,
		mrr_cents: term.mrrCents || null,
		subscription: main?.id ?? null,
		close_date: isoOf(term.day),
		next_step: 'Préparer le renouvellement',
		next_step_at: due.toISOString(),
		lines: await linesOf(trx, term),
	});
}

/**
 * Prepares one term: the renewal deal (one that somebody opened already is taken), the task to prepare it with what matters, and the
 * alert. Each once a term, by the task's key.
 */
async function prepareTerm(trx: Knex, writer: Writer, term: Term, company: Company, description: string, settings: RenewalSettings): Promise<keyof Prepared> {
	const known = await dealFor(trx, term);
	if (known?.closed_at) return 'settled';
	const now = clockNow();
	const due = addWorkingDays(nextWorkingMoment(now, settings.calendar), taskDays, settings.calendar);
	const owner = known?.owner ?? company.owner ?? term.pieces[0]?.owner ?? null;
	const opportunity = known?.id ?? (await openDeal(trx, writer, term, company, due));
	const title = `Préparer le renouvellement de ${company.name} (${on(term.day)})`.slice(0, 255);
	const task = { id: randomUUID(), title, description, status: 'todo', kind: 'review', priority: 'normal', due_at: due, assignee: owner, team: company.team, opportunity, origin: 'success.renewal', origin_key: term.key, expected_value_cents: term.amountCents, date_created: now, user_created: orchestreUserId };
	await addTaskOnce(trx, task);
	await raiseAlerts(trx, [
		{
			key: term.key,
			kind: 'renewal',
			severity: 'info',
			title: `Renouvellement le ${on(term.day)} : ${company.name}`,
			reason: description,
			action: 'Préparez l’échange avec le client : la tâche rassemble usage, santé, tickets et prix.',
			valueCents: term.amountCents,
			assignee: owner,
			team: company.team,
			subject: { opportunity },
		},
	]);
	if (owner) await tell(trx, [{ recipients: [owner], collection: 'opportunities', item: opportunity, subject: `Renouvellement à préparer : ${company.name}`, message: description }]);
	return known ? 'adopted' : 'prepared';
} // prettier-ignore

/** A client's subscriptions are often named after it: its name is said once. */
const named = (term: Term, { name }: Company): Term => ({
	...term,
	pieces: term.pieces.map((piece) => ({ ...piece, name: piece.name.replace(` – ${name}`, '') })),
});

/** Prepares what is due of these clients and was not prepared before. Clients are locked: two runs at once do it once. */
export async function prepareFor(trx: Knex, writer: Writer, companies: readonly string[], settings: RenewalSettings): Promise<Prepared> {
	const today = clockNowDay();
	const rows = (await readLocked(trx, 'companies', companies)) as unknown as Company[];
	const companyOf = new Map(rows.map((row) => [row.id, row]));
	const terms = await readTerms(trx, today, today + settings.prepare, companies);
	const known = await preparedKeys(trx, terms.map(({ key }) => key));
	const due = terms.filter(({ key }) => !known.has(key));
	const briefingOf = await readBriefings(trx, due);
	const count: Prepared = { prepared: 0, adopted: 0, settled: 0 };
	for (const term of due) {
		const company = companyOf.get(term.company);
		if (company) count[await prepareTerm(trx, writer, term, company, briefingText(named(term, company), today, briefingOf(named(term, company))), settings)] += 1;
	}
	return count;
} // prettier-ignore
