import { randomUUID } from 'node:crypto';
import { addWorkingDays, nextWorkingMoment } from '../../platform/time/working-time.ts';
import { frenchDate, fromParis, isoOf, toParis } from '../../platform/time/paris.ts';
import { closeAlerts, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { dayNumberOrNull, readLocked, storedDay } from '../../platform/columns.ts';
import { chunks, orchestreUserId, toDate, type Knex } from '../../platform/directus.ts';
import { tell } from '../../platform/notices.ts';
import { addTaskOnce } from '../../platform/tasks.ts';
import type { Writer } from '../../platform/writer.ts';
import { readBriefings } from './briefing.ts';
import { briefingText, dealWindowDays, isDealOf, type RenewalDeal, type Term } from './rules/renewal.ts';
import type { RenewalSettings } from './settings.ts';
import { readTerms } from './terms.ts';
import { clockNowDay } from './today.ts';

export type Prepared = { prepared: number; adopted: number; settled: number };

type Company = { id: string; name: string; owner: string | null; team: string | null };
type Deal = RenewalDeal & { owner: string | null; closed_at: unknown };

/** Working days until the preparation should be done. */
const taskDays = 5;

const on = (day: number): string => frenchDate(fromParis(day, 43_200_000));

/** The keys of terms that were prepared before, or found settled. */
export async function preparedKeys(trx: Knex, keys: readonly string[]): Promise<Set<string>> {
	const known: string[] = [];
	for (const part of chunks(keys, 500)) {
		known.push(...((await trx('tasks').whereIn('origin_key', part).pluck('origin_key')) as string[]));
		known.push(...((await trx('alerts').whereIn('dedupe_key', part).pluck('dedupe_key')) as string[]));
	}
	return new Set(known);
}

/** The renewal deals of these clients since `from`, open ones first, with the term that each was taken for. */
async function readDeals(trx: Knex, companies: readonly string[], from: number): Promise<Map<string, Deal[]>> {
	const rows = (await trx('opportunities as o')
		.leftJoin('tasks as t', (both) => void both.on('t.opportunity', 'o.id').andOnVal('t.origin', 'success.renewal'))
		.whereIn('o.company', [...companies])
		.where({ 'o.kind': 'renewal' })
		.where('o.date_created', '>=', storedDay(from))
		.orderBy('o.id')
		.select('o.id', 'o.company', 'o.owner', 'o.closed_at', 'o.subscription', 'o.close_date', 'o.date_created', { key: 't.origin_key' })) as (Record<string, unknown> & Deal & { company: string })[];
	const found = rows.map((row) => ({
		...row,
		closeDay: dayNumberOrNull(row['close_date']),
		madeDay: toParis(toDate(row['date_created'] as Date)).day,
	}));
	return Map.groupBy(found.toSorted((a, b) => Number(Boolean(a.closed_at)) - Number(Boolean(b.closed_at))), ({ company }) => company);
} // prettier-ignore

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

const alertFor = (term: Term, company: Company, opportunity: string, assignee: string | null, reason: string): NewAlert => ({
	key: term.key,
	kind: 'renewal',
	severity: 'info',
	title: `Renouvellement le ${on(term.day)} : ${company.name}`,
	reason,
	action: 'Préparez l’échange avec le client : la tâche rassemble usage, santé, tickets et prix.',
	valueCents: term.amountCents,
	assignee,
	team: company.team,
	subject: { opportunity },
});

/** Somebody has concluded this term before it was prepared: noted as a closed alert, so that nobody asks again tomorrow. */
async function noteSettled(trx: Knex, term: Term, company: Company, deal: Deal, description: string): Promise<'settled'> {
	await raiseAlerts(trx, [alertFor(term, company, deal.id, deal.owner, description)]);
	await closeAlerts(trx, ['renewal'], 'dedupe_key', [term.key], 'Une affaire de renouvellement était déjà conclue pour cette échéance.');
	return 'settled';
}

/**
 * Prepares one term: the renewal deal (one that somebody opened already is taken), the task to prepare it with what matters, and the
 * alert. Each once a term, by the task's key.
 */
async function prepareTerm(trx: Knex, writer: Writer, term: Term, company: Company, known: Deal | undefined, description: string, settings: RenewalSettings): Promise<keyof Prepared> {
	const now = clockNow();
	const due = addWorkingDays(nextWorkingMoment(now, settings.calendar), taskDays, settings.calendar);
	const owner = known?.owner ?? company.owner ?? term.pieces[0]?.owner ?? null;
	const opportunity = known?.id ?? (await openDeal(trx, writer, term, company, due));
	const title = `Préparer le renouvellement de ${company.name} (${on(term.day)})`.slice(0, 255);
	const task = { id: randomUUID(), title, description, status: 'todo', kind: 'review', priority: 'normal', due_at: due, assignee: owner, team: company.team, opportunity, origin: 'success.renewal', origin_key: term.key, expected_value_cents: term.amountCents, date_created: now, user_created: orchestreUserId };
	await addTaskOnce(trx, task);
	await raiseAlerts(trx, [alertFor(term, company, opportunity, owner, description)]);
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
	// Terms beyond the window count, too: a deal may be about one of them.
	const terms = await readTerms(trx, today, today + settings.prepare + dealWindowDays, companies);
	const known = await preparedKeys(trx, terms.map(({ key }) => key));
	const due = terms.filter(({ key, day }) => day <= today + settings.prepare && !known.has(key));
	const deals = await readDeals(trx, companies, today - dealWindowDays);
	const taken = new Set<string>();
	const briefingOf = await readBriefings(trx, due);
	const count: Prepared = { prepared: 0, adopted: 0, settled: 0 };
	for (const term of due) {
		const company = companyOf.get(term.company);
		if (!company) continue;
		const description = briefingText(named(term, company), today, briefingOf(named(term, company)));
		const deal = deals.get(term.company)?.find((one) => !taken.has(one.id) && isDealOf(one, term, terms));
		if (deal) taken.add(deal.id);
		count[deal?.closed_at ? await noteSettled(trx, term, company, deal, description) : await prepareTerm(trx, writer, term, company, deal, description, settings)] += 1;
	}
	return count;
} // prettier-ignore
