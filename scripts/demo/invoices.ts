import type { BasketLine } from './baskets.ts';
import type { Calendar } from './calendar.ts';
import { businessDay, isoDate, officeMoment, plusDays, plusMonths } from './calendar.ts';
import type { Client } from './clients.ts';
import type { Company } from './companies.ts';
import { demoId } from './ids.ts';
import type { Line } from './lines.ts';
import { lineOf, totalsOf } from './lines.ts';
import type { Deal } from './opportunities.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import { mrrAt, periodMonths } from './subscriptions.ts';
import type { Subscription } from './subscriptions.ts';

/** An invoice before it has a number; totals are always positive. */
export type Invoice = {
	id: string;
	direction: 'sale' | 'purchase';
	type: 'invoice' | 'deposit' | 'balance' | 'credit_note';
	company: Company;
	client: Client | null;
	title: string;
	lines: Line[];
	issued: Date;
	due: Date;
	period: { from: Date; to: Date } | null;
	subscription: Subscription | null;
	deal: Deal | null;
	corrects: Invoice | null;
	draft: boolean;
	disputed: boolean;
	/** With tax. */
	gross: number;
	/** Deposits that a balance deducts in a line of its own, with tax: `gross` is what is left to pay. */
	deposits: number;
};

type Draft = Pick<Invoice, 'company' | 'title' | 'lines' | 'issued'> & Partial<Invoice>;

const invoice = (key: string, draft: Draft): Invoice => ({
	id: demoId('invoices', key),
	direction: 'sale',
	type: 'invoice',
	client: null,
	period: null,
	subscription: null,
	deal: null,
	corrects: null,
	draft: false,
	disputed: false,
	deposits: 0,
	due: plusDays(draft.issued, draft.company.terms),
	gross: totalsOf(draft.lines).gross,
	...draft,
});

const noon = (date: Date): Date => new Date(Math.floor(date.getTime() / 86_400_000) * 86_400_000 + 9 * 3_600_000);

/** Subscriptions that began on one day at one client are billed together, in advance, until they end. */
function subscriptionInvoices(client: Client, calendar: Calendar): Invoice[] {
	const groups = new Map<string, Subscription[]>();
	for (const subscription of client.subscriptions) {
		const key = isoDate(subscription.startedOn);
		groups.set(key, [...(groups.get(key) ?? []), subscription]);
	}
	const invoices: Invoice[] = [];
	for (const [start, group] of groups) {
		const [main] = group;
		if (!main) continue;
		const months = periodMonths[main.period];
		for (let number = 0; ; number++) {
			const from = plusMonths(main.startedOn, number * months);
			const issued = noon(from);
			if (issued > calendar.end) break;
			const billed = group.filter(({ endsOn }) => !endsOn || endsOn > from);
			if (billed.length === 0) break;
			if (issued < calendar.start) continue;
			const to = plusDays(plusMonths(main.startedOn, (number + 1) * months), -1);
			const lines = billed.map((subscription) => {
				const users = Math.round(mrrAt(subscription, from) / subscription.product.price);
				return lineOf(
					{ product: subscription.product, quantity: users * months },
					{ label: `${subscription.product.name}, ${users} utilisateur${users > 1 ? 's' : ''}, du ${french(from)} au ${french(to)}`, unit: 'month' },
				);
			});
			invoices.push(
				invoice(`${client.company.key} ${start} ${number}`, {
					company: client.company,
					client,
					title: `Abonnements du ${french(from)} au ${french(to)}`,
					lines,
					issued,
					period: { from, to },
					subscription: main,
				}),
			);
		}
	}
	return invoices;
}

const french = (date: Date): string => isoDate(date).split('-').toReversed().join('/');

/** Set-up and material: a deposit on the day of the order for larger sums, the rest when delivered. */
function dealInvoices(random: Random, client: Client, deal: Deal, calendar: Calendar): Invoice[] {
	const { company } = client;
	const basket: BasketLine[] = deal.lines.filter(({ product }) => product.kind !== 'subscription');
	if (basket.length === 0 || !deal.closedAt) return [];
	const lines = basket.map((line) => lineOf(line));
	const { net } = totalsOf(lines);
	const delivered = officeMoment(random, plusDays(deal.closedAt, random.int(25, 70)));
	const invoices: Invoice[] = [];
	if (net > 600_000) {
		const line: Line = {
			productId: null,
			label: `Acompte de 30 % – ${deal.name}`,
			quantity: 1,
			unit: 'package',
			price: Math.round(net * 0.3),
			vatRate: 2000,
			account: '419100',
		};
		invoices.push(
			invoice(`${deal.key} deposit`, {
				company,
				client,
				deal,
				type: 'deposit',
				title: `Acompte – ${deal.name}`,
				lines: [line],
				issued: noon(plusDays(deal.closedAt, 1)),
			}),
		);
	}
	const deposits = invoices[0]?.gross ?? 0;
	// The deposit has been invoiced, with its VAT: the balance takes it off, so that turnover and VAT count it once.
	const deducted = (invoices[0]?.lines ?? []).map((line): Line => ({ ...line, label: `Acompte déjà facturé – ${deal.name}`, quantity: -1 }));
	invoices.push(
		invoice(`${deal.key} delivery`, {
			company,
			client,
			deal,
			type: deposits > 0 ? 'balance' : 'invoice',
			deposits,
			title: `${deposits > 0 ? 'Solde de la mise en place' : 'Mise en place'} – ${deal.name}`,
			lines: [...lines, ...deducted],
			issued: noon(delivered),
		}),
	);
	return invoices.filter(({ issued }) => issued <= calendar.end);
}

const purchases: Record<string, { label: string; from: number; to: number; account: string }[]> = {
	services: [
		{ label: 'Entretien des locaux', from: 380, to: 620, account: '615000' },
		{ label: 'Conseil juridique', from: 900, to: 3200, account: '622600' },
	],
	tech: [
		{ label: 'Hébergement des serveurs', from: 1900, to: 3400, account: '651000' },
		{ label: 'Licences logicielles', from: 400, to: 1500, account: '651000' },
	],
	retail: [
		{ label: 'Tablettes durcies', from: 2600, to: 9800, account: '607000' },
		{ label: 'Fournitures de bureau', from: 120, to: 480, account: '606400' },
	],
	logistics: [{ label: 'Transport de matériel', from: 180, to: 900, account: '624100' }],
};

function purchaseInvoices(calendar: Calendar, companies: readonly Company[]): Invoice[] {
	const random = randomOf('purchases');
	return companies
		.filter(({ kind }) => kind === 'supplier')
		.flatMap((company) =>
			Array.from({ length: random.int(4, 10) }, (_, index) => {
				const what = random.pick(purchases[company.org.industry] ?? purchases.services ?? []);
				const line: Line = {
					productId: null,
					label: what.label,
					quantity: 1,
					unit: 'package',
					price: random.int(what.from, what.to) * 100,
					vatRate: 2000,
					account: what.account,
				};
				return invoice(`purchase ${company.key} ${index}`, {
					company,
					direction: 'purchase',
					title: what.label,
					lines: [line],
					issued: noon(businessDay(random, calendar.start, calendar.end)),
				});
			}),
		)
		.filter(({ issued }) => issued <= calendar.end);
}

/** All invoices, oldest first: subscriptions, set-up, purchases, a few credit notes, disputes and drafts. */
export function tellInvoices(calendar: Calendar, companies: readonly Company[], clients: readonly Client[]): Invoice[] {
	const random = randomOf('invoices');
	const invoices = clients.flatMap((client) => [
		...subscriptionInvoices(client, calendar),
		...client.deals.filter(({ outcome }) => outcome === 'won').flatMap((deal) => dealInvoices(random, client, deal, calendar)),
	]);
	const corrected = random.shuffled(invoices.filter(({ type, issued }) => type === 'invoice' && issued < calendar.at(-40))).slice(0, 14);
	for (const original of corrected)
		invoices.push(
			invoice(`credit ${original.id}`, {
				...original,
				id: demoId('invoices', `credit ${original.id}`),
				type: 'credit_note',
				title: `Avoir sur ${original.title.toLowerCase()}`,
				issued: noon(plusDays(original.issued, random.int(5, 30))),
				corrects: original,
			}),
		);
	const disputable = invoices.filter(
		(candidate) =>
			candidate.type === 'invoice' && !corrected.includes(candidate) && candidate.issued > calendar.at(-120) && candidate.issued < calendar.at(-35),
	);
	for (const disputed of random.shuffled(disputable).slice(0, 6)) disputed.disputed = true;
	const drafts = random
		.shuffled(clients.filter(({ leftOn }) => !leftOn).flatMap(({ subscriptions: [subscription] }) => subscription ?? []))
		.slice(0, 8)
		.map(({ company, product, users }, index) =>
			invoice(`draft ${company.key}`, {
				company,
				title: 'Facture à compléter',
				lines: [lineOf({ product, quantity: users * 3 })],
				issued: calendar.at(-index),
				draft: true,
			}),
		);
	return [...invoices, ...purchaseInvoices(calendar, companies), ...drafts].toSorted(
		(a, b) => a.issued.getTime() - b.issued.getTime() || (a.id < b.id ? -1 : 1),
	);
}
