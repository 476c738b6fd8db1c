import { settlements } from '../breakdowns/receivables.ts';
import type { Facts, KpiDefinition, Scope } from '../types.ts';
import { byDay, days, everyPeriod, from, inDomain } from './make.ts';
import { lists } from './lists.ts';
import { ageingWords } from './words.ts';

const kpi = inDomain('finance');
const scopes: readonly Scope[] = ['company', 'team', 'person', 'client'];
const touchedBy = ['invoices', 'payment_allocations', 'payments'];

/** Issued sales invoices in euros (no rate of another currency is kept, so that those cannot be added); credit notes take away what they correct. Drafts have no date. */
const issuedSales = byDay(
	() => `select issue_date as at, owner, team, company, case when type = 'credit_note' then -1 else 1 end * coalesce(net_cents, 0) as net,
		case when type = 'credit_note' then -1 else 1 end * coalesce(gross_cents, 0) as gross, case when type = 'credit_note' then 0 else 1 end as n
	from invoices where direction = 'sale' and issue_date is not null and status <> 'draft' and currency = 'EUR'`,
);
export const invoicedNet = from(issuedSales, { value: 'f.net', n: 'f.n' });
export const invoicedGross = from(issuedSales, { value: 'f.gross', n: 'f.n' });

/** What clients paid off, whatever invoice it went to: money only, for a credit note settles no claim that it has not itself taken away. */
const settled = days(
	() => `select s.settled_on as at, i.owner, i.team, null as part, i.company, -s.amount_cents as value, 0 as n
	from (${settlements}) s join invoices i on i.id = s.invoice where i.direction = 'sale' and i.currency = 'EUR' and s.is_money = 1`,
);

/** Upper ends of the ages of what is overdue, in days after the due date. */
const ages = [
	{ part: '1', from: 1, to: 31 },
	{ part: '31', from: 31, to: 61 },
	{ part: '61', from: 61, to: 91 },
	{ part: '91', from: 91, to: null },
] as const;

/**
 * What is overdue, as movements between ages: an invoice enters an age on its first day with what it was worth and leaves it on the first of the
 * next; what is paid on it comes off from that day on in the age that the invoice has then, and in later ages from their beginning. An age that an
 * invoice has left before anybody looks comes to nothing.
 */
export const overdue: Facts = days((d, since) => {
	const moves = ages.flatMap(({ part, from: first, to }) => {
		const enters = d.plusDays('x.due_date', first);
		const leaves = to === null ? null : d.plusDays('x.due_date', to);
		const columns = `x.owner, x.team, '${part}' as part, x.company`;
		const seen = leaves === null ? '' : ` where ${leaves} >= ${since}`;
		const paid = `from p x${leaves === null ? '' : `${seen} and x.settled_on < ${leaves}`}`;
		return [
			`select ${enters} as at, ${columns}, x.gross_cents as value, 1 as n from i x${seen}`,
			`select case when x.settled_on > ${enters} then x.settled_on else ${enters} end, ${columns}, -x.amount_cents, -x.settles ${paid}`,
			...(leaves === null
				? []
				: [`select ${leaves}, ${columns}, -x.gross_cents, -1 from i x${seen}`, `select ${leaves}, ${columns}, x.amount_cents, x.settles ${paid}`]),
		];
	});
	return `with i as (
			select id, owner, team, company, due_date, gross_cents, paid_on from invoices
			where direction = 'sale' and type <> 'credit_note' and status <> 'draft' and currency = 'EUR' and issue_date is not null and due_date is not null
		), c as (
			select k.corrects as id, min(k.issue_date) as cancelled_on from invoices k join invoices x on x.id = k.corrects
			where x.status = 'cancelled_by_credit_note' and k.type = 'credit_note' and k.status <> 'draft' and k.issue_date is not null group by k.corrects
		), a as (
			select invoice, settled_on, amount_cents from (${settlements}) s
		), p as (
			select i.owner, i.team, i.company, i.due_date, a.settled_on, a.amount_cents, case when i.paid_on is not null and i.paid_on = a.settled_on then 1 else 0 end as settles
			from a join i on i.id = a.invoice
			union all
			select i.owner, i.team, i.company, i.due_date, c.cancelled_on, i.gross_cents - coalesce(s.amount_cents, 0), case when i.paid_on is null then 1 else 0 end
			from c join i on i.id = c.id left join (select invoice, sum(amount_cents) as amount_cents from a group by invoice) s on s.invoice = i.id
		) ${moves.join(' union all ')}`;
});

const payments = byDay(
	() =>
		`select paid_on as at, owner, team, method, company, direction, amount_cents from payments where status in ('received', 'refunded') and paid_on is not null and currency = 'EUR'`,
);
const paidIn = (direction: 'in' | 'out'): Facts => from(payments, { value: 'f.amount_cents', part: 'f.method', where: `f.direction = '${direction}'` });
const received = paidIn('in');
const paidOut = paidIn('out');

const paidSales = byDay(
	(d) => `select paid_on as at, owner, team, company, ${d.days('issue_date', 'paid_on')} as days, case when paid_on > due_date then 1 else 0 end as late
	from invoices where direction = 'sale' and type <> 'credit_note' and paid_on is not null and issue_date is not null and due_date is not null`,
);
const daysToPay = from(paidSales, { value: 'f.days' });
const paidLate = from(paidSales, { value: 'f.late' });
const paidAll = from(paidSales);

const spent = days(
	() => `select spent_on as at, owner, team, category as part, company, net_cents as value, 1 as n
	from expenses where status in ('submitted', 'approved', 'reimbursed') and spent_on is not null and currency = 'EUR'
	union all select issue_date, owner, team, 'supplier', company, case when type = 'credit_note' then -1 else 1 end * net_cents, 1
	from invoices where direction = 'purchase' and issue_date is not null and status <> 'draft' and currency = 'EUR'`,
);

const methods = {
	name: 'moyen de paiement',
	words: { transfer: 'Virement', direct_debit: 'Prélèvement', card: 'Carte', cheque: 'Chèque', cash: 'Espèces', bill: 'Traite', set_off: 'Compensation', other: 'Autre' },
}; // prettier-ignore

export const finance: readonly KpiDefinition[] = [
	kpi({
		key: 'ca_facture',
		version: 2,
		isSigned: true,
		name: 'CA facturé',
		name_en: 'Invoiced revenue',
		description: 'Le chiffre d’affaires réellement facturé.',
		formula: 'Somme hors taxes des factures de vente émises en euros, acomptes et soldes compris, moins les avoirs, à la date d’émission.',
		unit: 'eur',
		direction: 'up',
		scopes,
		touchedBy,
		periods: everyPeriod,
		formulaOf: { numerator: [{ facts: invoicedNet }] },
		list: lists.salesInvoices,
	}),
	kpi({
		key: 'encaissements',
		version: 2,
		name: 'Encaissements',
		name_en: 'Cash received',
		description: 'L’argent qui est entré.',
		formula: 'Somme des paiements reçus en euros, toutes taxes comprises, à leur date.',
		unit: 'eur',
		direction: 'up',
		scopes,
		touchedBy,
		periods: everyPeriod,
		parts: methods,
		formulaOf: { numerator: [{ facts: received }] },
		list: lists.paymentsIn,
	}),
	kpi({
		key: 'decaissements',
		version: 2,
		name: 'Décaissements',
		name_en: 'Cash paid',
		description: 'L’argent qui est sorti.',
		formula: 'Somme des paiements émis en euros, toutes taxes comprises, à leur date.',
		unit: 'eur',
		direction: 'down',
		scopes: ['company'],
		touchedBy,
		parts: methods,
		formulaOf: { numerator: [{ facts: paidOut }] },
		list: lists.paymentsOut,
	}),
	kpi({
		key: 'creances_en_retard',
		version: 2,
		name: 'Créances en retard',
		name_en: 'Overdue receivables',
		description: 'La balance âgée : ce que les clients auraient déjà dû payer, par ancienneté.',
		formula: 'Reste à payer, à la fin de la période, des factures de vente en euros dont l’échéance est passée, par tranche de 30 jours de retard.',
		unit: 'eur',
		direction: 'down',
		aggregation: 'last',
		scopes,
		touchedBy,
		parts: { name: 'retard', words: ageingWords },
		formulaOf: { numerator: [{ facts: overdue, over: 'end' }] },
		list: lists.overdueInvoices,
	}),
	kpi({
		key: 'dso',
		version: 2,
		name: 'DSO (90 jours)',
		name_en: 'Days sales outstanding',
		description: 'Le nombre de jours de chiffre d’affaires que les clients doivent encore.',
		formula: 'Créances clients à la fin de la période ÷ facturation toutes taxes comprises des 90 derniers jours × 90 ; factures en euros.',
		unit: 'days',
		direction: 'down',
		scopes: ['company', 'team', 'person'],
		touchedBy,
		factor: 90_000,
		minCases: 3,
		formulaOf: {
			numerator: [
				{ facts: invoicedGross, over: 'end' },
				{ facts: settled, over: 'end' },
			],
			denominator: [{ facts: invoicedGross, over: { days: 90 } }],
		},
	}),
	kpi({
		key: 'delai_paiement',
		name: 'Délai de paiement',
		name_en: 'Time to payment',
		description: 'Le temps que les clients mettent à payer.',
		formula: 'Moyenne, en jours, entre l’émission et le paiement complet des factures payées pendant la période.',
		unit: 'days',
		direction: 'down',
		factor: 1000,
		touchedBy,
		minCases: 3,
		formulaOf: { numerator: [{ facts: daysToPay }], denominator: [{ facts: paidAll }] },
	}),
	kpi({
		key: 'taux_paye_en_retard',
		name: 'Factures payées en retard',
		name_en: 'Invoices paid late',
		description: 'La part des factures payées après leur échéance.',
		formula: 'Factures payées après leur échéance ÷ factures payées pendant la période.',
		unit: 'percent',
		direction: 'down',
		touchedBy,
		minCases: 3,
		formulaOf: { numerator: [{ facts: paidLate }], denominator: [{ facts: paidAll }] },
	}),
	kpi({
		key: 'depenses',
		version: 2,
		name: 'Dépenses',
		name_en: 'Spending',
		description: 'Ce que l’entreprise a acheté et remboursé.',
		formula: 'Notes de frais et achats soumis ou validés, et factures de fournisseurs, en euros et hors taxes, à leur date.',
		unit: 'eur',
		direction: 'down',
		scopes: ['company', 'team'],
		touchedBy: ['expenses', 'invoices'],
		parts: {
			name: 'nature',
			words: { supplier: 'Factures de fournisseurs', transport: 'Transport', car: 'Voiture', lodging: 'Hébergement', meals: 'Repas', supplies: 'Fournitures', software: 'Logiciels', telecom: 'Télécoms', training: 'Formation', marketing: 'Marketing', gifts: 'Cadeaux', postage: 'Affranchissement', subcontracting: 'Sous-traitance', other: 'Autre' },
		}, // prettier-ignore
		formulaOf: { numerator: [{ facts: spent }] },
	}),
];
