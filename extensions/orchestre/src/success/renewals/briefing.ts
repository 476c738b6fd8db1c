import { clockNowDay } from './today.ts';
import type { Knex } from '../../platform/directus.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { readConcerns } from '../growth/concerns.ts';
import type { Briefing, Term } from './rules/renewal.ts';
import { plansOf, usageOfPlans } from '../growth/usage-facts.ts';

type Count = { company: string; n: number | string; urgent: number | string };
type Line = { subscription: string; label: string; unit_price_cents: number; price_cents: number };

/** What there is to know about each term before talking about it: one read of each kind for all of them. */
export async function readBriefings(trx: Knex, terms: readonly Term[]): Promise<(term: Term) => Briefing> {
	const companies = [...new Set(terms.map(({ company }) => company))];
	const subscriptions = terms.flatMap(({ pieces }) => pieces.flatMap(({ collection, id }) => (collection === 'subscriptions' ? [id] : [])));
	const scores = new Map(
		((await trx('companies').whereIn('id', companies).select('id', 'health_score')) as { id: string; health_score: number | null }[]).map((row) => [row.id, row.health_score]),
	);
	const tickets = (await trx('tickets').whereIn('company', companies).whereNotIn('status', ['resolved', 'closed']).groupBy('company').select('company').count({ n: '*' }).select(trx.raw(`sum(case when priority in ('high', 'urgent') then 1 else 0 end) as urgent`))) as unknown as Count[];
	const ticketsBy = new Map(tickets.map((row) => [row.company, row]));
	const concerns = await readConcerns(trx, companies, clockNowDay(), clockNow());
	const usages = await usageOfPlans(trx, await plansOf(trx, subscriptions), clockNowDay());
	const lines = (await trx('line_items as l').join('products as p', 'p.id', 'l.product').whereIn('l.subscription', subscriptions).whereRaw('l.unit_price_cents <> p.price_cents').orderBy('l.id').select('l.subscription', 'l.label', 'l.unit_price_cents', 'p.price_cents')) as Line[];
	return ({ company, pieces }) => ({
		score: scores.get(company) ?? null,
		usages: pieces.flatMap(({ id, name }) => {
			const usage = usages.get(id);
			return usage ? [{ name, usage }] : [];
		}),
		tickets: { open: Number(ticketsBy.get(company)?.n ?? 0), urgent: Number(ticketsBy.get(company)?.urgent ?? 0) },
		overdueCents: concerns.get(company)?.overdueCents ?? 0,
		prices: lines
			.filter(({ subscription }) => pieces.some(({ id }) => id === subscription))
			.map(({ label, unit_price_cents, price_cents }) => ({ label, paidCents: unit_price_cents, listCents: price_cents })),
	});
} // prettier-ignore
