import type { Knex } from 'knex';

/** Figures counted row by row, in plain JavaScript and another way than the product's: what its SQL is held against. */

type Row = Record<string, unknown>;

const inParis = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The Paris day of a moment, and of a `date` column (the server of the tests is in Paris), as 2026-11-18. */
const dayOf = (value: unknown): string => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : inParis.format(new Date(value as number | Date | string))); // prettier-ignore
const number = (value: unknown): number => Number(value ?? 0);
const sum = (rows: readonly Row[], value: (row: Row) => number): number => rows.reduce((total, row) => total + value(row), 0);

export type Span = { from: string; to: string };
const within = ({ from, to }: Span, at: unknown): boolean => at !== null && at !== undefined && dayOf(at) >= from && dayOf(at) <= to;
const until = (to: string, at: unknown): boolean => at !== null && at !== undefined && dayOf(at) <= to;

export type World = Record<'leads' | 'lead_status_changes' | 'opportunities' | 'stages' | 'stage_changes' | 'invoices' | 'payments' | 'payment_allocations' | 'subscription_changes' | 'survey_answers' | 'quotes' | 'tasks', Row[]>; // prettier-ignore

export async function readWorld(database: Knex): Promise<World> {
	const names = ['leads', 'lead_status_changes', 'opportunities', 'stages', 'stage_changes', 'invoices', 'payments', 'payment_allocations', 'subscription_changes', 'survey_answers', 'quotes', 'tasks']; // prettier-ignore
	const tables: Record<string, Row[]> = {};
	for (const name of names) tables[name] = (await database(name).select('*')) as Row[];
	return tables as World;
}

const isTrue = (value: unknown): boolean => value === true || value === 1;
const closedDeals = (world: World, kind: 'is_won' | 'is_lost', span: Span): Row[] => {
	const stages = new Set(world.stages.filter((stage) => isTrue(stage[kind])).map(({ id }) => id));
	return world.opportunities.filter(({ stage, closed_at }) => stages.has(stage) && within(span, closed_at));
};
const sales = (world: World): Row[] =>
	world.invoices.filter(
		({ direction, status, issue_date, currency }) => direction === 'sale' && status !== 'draft' && issue_date !== null && currency === 'EUR',
	);
const sign = ({ type }: Row): number => (type === 'credit_note' ? -1 : 1);

/** From when on an allocation counts: the day of the money that came in, or that of a credit note that was issued; null: it does not. */
function settledOn(world: World, { payment, credit_note, allocated_on }: Row): unknown {
	if (payment !== null) {
		const paid = world.payments.find(({ id }) => id === payment);
		return paid?.['status'] === 'received' ? (paid['paid_on'] ?? allocated_on) : null;
	}
	const credit = world.invoices.find(({ id }) => id === credit_note);
	return credit && credit['status'] !== 'draft' ? (allocated_on ?? credit['issue_date']) : null;
}
const allocationsOf = new WeakMap<World, Map<unknown, { cents: number; isMoney: boolean; on: unknown }[]>>();
/** Allocations that count, by invoice. */
function settlements(world: World): Map<unknown, { cents: number; isMoney: boolean; on: unknown }[]> {
	const known = allocationsOf.get(world);
	if (known) return known;
	const rows = world.payment_allocations.map((row) => ({ invoice: row['invoice'], cents: number(row['amount_cents']), isMoney: row['payment'] !== null, on: settledOn(world, row) }));
	const found = Map.groupBy(rows.filter(({ on }) => on !== null), ({ invoice }) => invoice);
	allocationsOf.set(world, found);
	return found;
} // prettier-ignore
const inEuros = ({ currency }: Row): boolean => currency === 'EUR';

/** What clients owed at the end of a day, all taxes included, in cents. */
function owed(world: World, to: string): number {
	const paid = world.invoices.filter((row) => row['direction'] === 'sale' && inEuros(row)).flatMap(({ id }) => settlements(world).get(id) ?? []);
	return sum(sales(world).filter(({ issue_date }) => until(to, issue_date)), (row) => sign(row) * number(row['gross_cents'])) - paid.filter(({ isMoney, on }) => isMoney && until(to, on)).reduce((total, { cents }) => total + cents, 0);
} // prettier-ignore

/** What was overdue at the end of a day: every invoice's own remainder, credit notes imputed to it included; one that a credit note cancels owes nothing from then on. */
function overdue(world: World, to: string): number {
	return sum(sales(world).filter(({ type, due_date }) => type !== 'credit_note' && due_date !== null && dayOf(due_date) < to), (invoice) => {
		const all = settlements(world).get(invoice['id']) ?? [];
		const total = (some: typeof all): number => some.reduce((cents, one) => cents + one.cents, 0);
		const gross = number(invoice['gross_cents']);
		const isCancelled = invoice['status'] === 'cancelled_by_credit_note' && world.invoices.some((one) => one['corrects'] === invoice['id'] && one['type'] === 'credit_note' && one['status'] !== 'draft' && until(to, one['issue_date']));
		return gross - total(all.filter(({ on }) => until(to, on))) - (isCancelled ? gross - total(all) : 0);
	});
} // prettier-ignore

const mrrAt = (world: World, to: string): number => {
	const latest = new Map<unknown, Row>();
	const moment = (value: unknown): string => new Date(value as never).toISOString();
	const order = (row: Row): string => `${dayOf(row['changed_on'])} ${moment(row['recorded_at'])} ${row['kind'] === 'renewal' ? 0 : 1} ${String(row['id'])}`;
	for (const change of world.subscription_changes.filter(({ changed_on }) => until(to, changed_on)).toSorted((a, b) => order(a).localeCompare(order(b))))
		latest.set(change['subscription'], change);
	return sum([...latest.values()], (row) => (['ended', 'paused', 'trial'].includes(String(row['status_after'])) ? 0 : number(row['mrr_after_cents'])));
};

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** What each client pays a month at the end of a day; who pays nothing is not in it. */
function payingAt(world: World, to: string): Map<unknown, number> {
	const clients = Map.groupBy(world.subscription_changes, ({ company }) => company);
	return new Map([...clients].map(([client, subscription_changes]) => [client, mrrAt({ ...world, subscription_changes }, to)] as const).filter(([, cents]) => cents > 0));
} // prettier-ignore

/** What moved recurring revenue in a span: of each client and day what all its subscriptions together came to, before and after. Cents by movement. */
export function movementsOf(world: World, { from, to }: Span): Record<string, number> {
	const moved: Record<string, number> = {};
	for (const [, own] of Map.groupBy(world.subscription_changes, ({ company }) => company)) {
		const at = (day: string): number => mrrAt({ ...world, subscription_changes: own }, day);
		for (const day of new Set(own.map(({ changed_on }) => dayOf(changed_on)))) {
			const [before, after] = [at(dayBefore(day)), at(day)];
			if (day < from || day > to || before === after) continue;
			const movement = before <= 0 ? 'new' : after <= 0 ? 'churn' : after > before ? 'expansion' : 'contraction';
			moved[movement] = (moved[movement] ?? 0) + after - before;
		}
	}
	return moved;
}

/** How many clients paid something at the end of a day. */
export const clientsAt = (world: World, to: string): number => payingAt(world, to).size;

/** Open deals with what they were worth after their last change of stage up to the end of a day. */
function pipelineAt(world: World, to: string): number {
	const open = new Set(world.stages.filter((stage) => !isTrue(stage['is_won']) && !isTrue(stage['is_lost'])).map(({ id }) => id));
	const latest = new Map<unknown, Row>();
	const at = (row: Row): number => new Date(row['at'] as never).getTime();
	for (const change of world.stage_changes.filter((one) => until(to, one['at'])).toSorted((a, b) => at(a) - at(b))) latest.set(change['opportunity'], change);
	return sum([...latest.values()].filter(({ to_stage }) => open.has(to_stage)), (row) => number(row['amount_cents']));
} // prettier-ignore

const decisions = (world: World, statuses: readonly string[], span: Span): number => {
	const duplicates = new Set(world.leads.filter(({ lost_reason }) => lost_reason === 'duplicate').map(({ id }) => id));
	return world.lead_status_changes.filter(({ lead, to_status, at }) => statuses.includes(String(to_status)) && !duplicates.has(lead) && within(span, at))
		.length;
};
const ninetyDaysTo = (to: string): Span => ({ from: new Date(Date.parse(to) - 89 * 86_400_000).toISOString().slice(0, 10), to });
const answered = (world: World, kind: string, span: Span): Row[] => world.survey_answers.filter((one) => one['kind'] === kind && one['score'] !== null && within(span, one['answered_at'])); // prettier-ignore
const share = (part: number, whole: number, factor = 10_000): number | null => (whole === 0 ? null : Math.round((part / whole) * factor));
/** Of what clients paid before; null where they are too few to say. */
const shareOfBefore = (part: number, before: ReadonlyMap<unknown, number>): number | null =>
	before.size < 3 ? null : share(part, [...before.values()].reduce((total, cents) => total + cents, 0)); // prettier-ignore

/** By key of the KPI: the stored value (cents, basis points, thousandths) of the company in a span of whole days. */
export const byHand: Readonly<Record<string, (world: World, span: Span) => number | null>> = {
	nouveaux_leads: (world, span) => world.leads.filter(({ date_created }) => within(span, date_created)).length * 1000,
	ca_signe: (world, span) => sum(closedDeals(world, 'is_won', span), (row) => number(row['amount_cents'])),
	affaires_gagnees: (world, span) => closedDeals(world, 'is_won', span).length * 1000,
	affaires_perdues: (world, span) => sum(closedDeals(world, 'is_lost', span), (row) => number(row['amount_cents'])),
	taux_transformation: (world, span) => {
		const won = closedDeals(world, 'is_won', span).length;
		return share(won, won + closedDeals(world, 'is_lost', span).length);
	},
	panier_moyen: (world, span) => {
		const won = closedDeals(world, 'is_won', span);
		return share(sum(won, (row) => number(row['amount_cents'])), won.length, 1); // prettier-ignore
	},
	taux_conversion: (world, span) => share(decisions(world, ['converted'], span), decisions(world, ['converted', 'lost'], span)),
	pipeline_ouvert: (world, { to }) => pipelineAt(world, to),
	ca_facture: (world, span) => sum(sales(world).filter(({ issue_date }) => within(span, issue_date)), (row) => sign(row) * number(row['net_cents'])), // prettier-ignore
	encaissements: (world, span) =>
		sum(world.payments.filter((one) => one['direction'] === 'in' && ['received', 'refunded'].includes(String(one['status'])) && within(span, one['paid_on'])), (row) => number(row['amount_cents'])), // prettier-ignore
	creances_en_retard: (world, { to }) => overdue(world, to),
	dso: (world, { to }) => {
		const invoiced = sum(sales(world).filter(({ issue_date }) => within(ninetyDaysTo(to), issue_date)), (row) => sign(row) * number(row['gross_cents'])); // prettier-ignore
		return share(owed(world, to), invoiced, 90_000);
	},
	mrr: (world, { to }) => mrrAt(world, to),
	arr: (world, { to }) => mrrAt(world, to) * 12,
	nrr: (world, span) => {
		const [before, after] = [payingAt(world, dayBefore(span.from)), payingAt(world, span.to)];
		const kept = [...before.keys()].reduce<number>((total, client) => total + (after.get(client) ?? 0), 0);
		return shareOfBefore(kept, before);
	},
	grr: (world, span) => {
		const [before, after] = [payingAt(world, dayBefore(span.from)), payingAt(world, span.to)];
		const kept = [...before].reduce((total, [client, cents]) => total + Math.min(cents, after.get(client) ?? 0), 0);
		return shareOfBefore(kept, before);
	},
	churn_mrr: (world, span) => {
		const [before, after] = [payingAt(world, dayBefore(span.from)), payingAt(world, span.to)];
		const lost = [...before].reduce((total, [client, cents]) => total + (after.has(client) ? 0 : cents), 0);
		return shareOfBefore(lost, before);
	},
	churn_clients: (world, span) => {
		const [before, after] = [payingAt(world, dayBefore(span.from)), payingAt(world, span.to)];
		return before.size < 3 ? null : share([...before.keys()].filter((client) => !after.has(client)).length, before.size);
	},
	ltv: (world, { to }) => {
		const [before, after] = [payingAt(world, new Date(Date.parse(to) - 365 * 86_400_000).toISOString().slice(0, 10)), payingAt(world, to)];
		const left = [...before.keys()].filter((client) => !after.has(client)).length;
		return left < 3 ? null : share([...after.values()].reduce((total, cents) => total + cents, 0) * 12, left, 1);
	},
	nps: (world, span) => {
		const all = answered(world, 'nps', span).map(({ score }) => number(score));
		return share(all.filter((score) => score >= 9).length - all.filter((score) => score <= 6).length, all.length, 100_000);
	},
	devis_envoyes: (world, span) => sum(world.quotes.filter((one) => !['draft', 'replaced'].includes(String(one['status'])) && within(span, one['sent_at'])), (row) => number(row['net_cents'])), // prettier-ignore
	taux_devis_acceptes: (world, span) => {
		const at = (one: Row): unknown => (one['status'] === 'refused' ? one['refused_at'] : (one['accepted_at'] ?? one['sent_at']));
		const all = world.quotes.filter((one) => ['accepted', 'refused'].includes(String(one['status'])) && within(span, at(one)));
		return all.length < 3 ? null : share(all.filter(({ status }) => status === 'accepted').length, all.length);
	},
	taches_realisees: (world, span) => world.tasks.filter((one) => one['status'] === 'done' && within(span, one['done_at'])).length * 1000,
	taches_en_retard: (world, { to }) =>
		world.tasks.filter((one) => one['due_at'] !== null && one['status'] !== 'cancelled' && until(to, one['due_at']) && (one['done_at'] === null || (dayOf(one['done_at']) > to && new Date(one['done_at'] as never) > new Date(one['due_at'] as never)))).length * 1000, // prettier-ignore
};
