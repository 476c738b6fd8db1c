import type { Calendar } from './calendar.ts';
import { daysBetween, isoDate, plusDays } from './calendar.ts';
import { series } from './copies.ts';
import type { Client } from './clients.ts';
import type { Company } from './companies.ts';
import { demoId } from './ids.ts';
import { lineOf, lineRows, totalsOf } from './lines.ts';
import type { Line } from './lines.ts';
import type { Deal } from './opportunities.ts';
import { randomOf } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { stages } from './stages.ts';
import { member, teamOf } from './team.ts';

const proposal = stages.find(({ key }) => key === 'proposal');

const refusals: Record<string, string> = {
	price: 'price',
	competitor: 'competitor',
	missing_feature: 'scope',
	no_budget: 'no_budget',
	timing: 'timing',
	no_decision: 'no_decision',
};

/** A quote for every new or further purchase that came as far as a proposal. */
export function quoteRows(deals: readonly Deal[], calendar: Calendar): { quotes: Row[]; lines: Row[]; byDeal: Map<string, string> } {
	const random = randomOf('quotes');
	const lines: Row[] = [];
	const byDeal = new Map<string, string>();
	const proposed = deals
		.filter(({ kind }) => kind !== 'renewal')
		.flatMap((deal) => {
			const step = deal.steps.find(({ stage }) => stage.id === proposal?.id);
			return step && step.at <= calendar.end ? [{ deal, at: step.at }] : [];
		})
		.toSorted((a, b) => a.at.getTime() - b.at.getTime());
	const quotes = proposed.map(({ deal, at }, index): Row => {
		const { company, owner, outcome, closedAt } = deal;
		const id = demoId('quotes', deal.key);
		byDeal.set(deal.id, id);
		const quoted: Line[] = deal.lines.map((line) =>
			line.product.kind === 'subscription'
				? lineOf({ ...line, quantity: line.quantity * 12 }, { label: `${line.product.name}, ${line.quantity} utilisateurs, 12 mois`, unit: 'month' })
				: lineOf(line),
		);
		const totals = totalsOf(quoted);
		const traced = traces(at, owner.id, closedAt ?? at);
		lines.push(...lineRows('quote', id, quoted, traced));
		const signatory = deal.contacts[0];
		const accepted = outcome === 'won' && closedAt;
		return {
			id,
			number: `DEV-${series()}-${at.getUTCFullYear()}-${String(index + 1).padStart(4, '0')}`,
			version: 1,
			title: deal.name,
			status: accepted ? 'accepted' : outcome === 'lost' ? 'refused' : 'sent',
			refusal_reason: outcome === 'lost' ? (refusals[deal.lostReason ?? ''] ?? 'other') : null,
			company: company.id,
			contact: signatory?.id ?? null,
			opportunity: deal.id,
			owner: owner.id,
			team: teamOf(owner),
			issue_date: isoDate(at),
			valid_until: isoDate(plusDays(at, 30)),
			sent_at: plusDays(at, 0.05).toISOString(),
			net_cents: totals.net,
			vat_cents: totals.vat,
			gross_cents: totals.gross,
			vat_breakdown: totals.breakdown,
			currency: 'EUR',
			payment_terms_days: company.terms,
			payment_method: 'transfer',
			deposit_rate: totals.net > 1_500_000 ? 3000 : null,
			deposit_cents: totals.net > 1_500_000 ? Math.round(totals.gross * 0.3) : null,
			accepted_at: accepted ? closedAt.toISOString() : null,
			refused_at: outcome === 'lost' && closedAt ? closedAt.toISOString() : null,
			accepted_by_name: accepted && signatory ? `${signatory.person.first} ${signatory.person.last}, ${signatory.person.job}`.slice(0, 250) : null,
			accepted_by_email: accepted ? (signatory?.person.email ?? null) : null,
			acceptance_method: accepted ? random.weighted({ e_signature: 5, signed_paper: 2, purchase_order: 2, email: 1 }) : null,
			...traced,
		};
	});
	return { quotes, lines, byDeal };
}

/** A contract for each client, and framework agreements with suppliers, partners and resellers. */
export function contractRows(
	calendar: Calendar,
	companies: readonly Company[],
	clients: readonly Client[],
	quotes: ReadonlyMap<string, string>,
): { contracts: Row[]; byClient: Map<string, string> } {
	const byClient = new Map<string, string>();
	const random = randomOf('contracts');
	const contracts = clients.map((client, index): Row => {
		const { company, since, leftOn } = client;
		const id = demoId('contracts', company.key);
		byClient.set(company.id, id);
		const deal = client.deals.find(({ outcome, closedAt }) => outcome === 'won' && closedAt?.getTime() === since.getTime()) ?? null;
		const owner = company.owner ?? member('success');
		const years = leftOn ? 1 : Math.max(1, Math.ceil(daysBetween(since, calendar.today) / 365));
		const ends = plusDays(since, 365 * years);
		const terminated = leftOn !== null && leftOn <= calendar.today;
		return {
			id,
			name: `Contrat de services – ${company.org.name}`,
			reference: `CTR-${series()}-${String(index + 1).padStart(4, '0')}`,
			company: company.id,
			signatory: company.contacts[0]?.id ?? null,
			type: 'subscription',
			status: terminated ? 'terminated' : 'signed',
			owner: owner.id,
			team: teamOf(owner),
			starts_on: isoDate(since),
			ends_on: isoDate(terminated ? leftOn : ends),
			renewal: 'tacit',
			renewal_months: 12,
			notice_days: 60,
			notice_on: terminated ? null : isoDate(plusDays(ends, -60)),
			terminated_on: terminated ? isoDate(leftOn) : null,
			termination_reason: terminated ? 'Résiliation par le client.' : null,
			value_cents: client.subscriptions.reduce((sum, { product, users }) => sum + product.price * users * 12, 0),
			billing_period: company.billing === 'year' ? 'yearly' : 'quarterly',
			opportunity: deal?.id ?? null,
			quote: (deal && quotes.get(deal.id)) ?? null,
			subscription: client.subscriptions[0]?.id ?? null,
			signed_on: isoDate(since),
			...traces(since, owner.id, terminated ? leftOn : since),
		};
	});
	const others = companies
		.filter(({ kind }) => kind !== 'account')
		.map((company, index): Row => {
			const signed = plusDays(company.created, random.int(3, 40));
			const type = company.kind === 'supplier' ? 'supplier' : company.kind === 'reseller' ? 'reseller' : 'framework';
			const renewal = random.pick(['tacit', 'explicit']);
			const label = { supplier: 'Contrat fournisseur', reseller: 'Contrat de distribution', framework: 'Accord-cadre' }[type];
			return {
				id: demoId('contracts', company.key),
				name: `${label} – ${company.org.name}`,
				reference: `CTR-${series()}-F${String(index + 1).padStart(3, '0')}`,
				company: company.id,
				signatory: company.contacts[0]?.id ?? null,
				type,
				status: 'signed',
				owner: member(type === 'supplier' ? 'finance' : 'manager-south').id,
				team: teamOf(member(type === 'supplier' ? 'finance' : 'manager-south')),
				starts_on: isoDate(signed),
				ends_on: isoDate(plusDays(signed, 365 * 4)),
				renewal,
				renewal_months: 12,
				notice_days: 90,
				notice_on: renewal === 'tacit' ? isoDate(plusDays(signed, 365 * 4 - 90)) : null,
				signed_on: isoDate(signed),
				...traces(signed, member('direction').id),
			};
		});
	return { contracts: [...contracts, ...others], byClient };
}
