import { formatAmount } from '../../../platform/amount.ts';
import { dayOrNull } from '../../../platform/columns.ts';
import { UserError } from '../../../platform/errors.ts';
import { shorten } from '../../../platform/text.ts';
import { moneyWords } from '../../checks/parts.ts';
import type { DocumentLine } from '../../types.ts';
import type { Filing } from '../context.ts';
import { rateOf } from '../rules/lines.ts';
import { partyOf } from '../rules/parties.ts';
import type { Filed } from '../types.ts';
import { categoryOf } from '../rules/category.ts';
import { findCompany } from './companies.ts';

const currencies = ['EUR', 'USD', 'GBP', 'CHF'];

const lineText = ({ label, quantity, net }: DocumentLine, currency: string): string =>
	[
		quantity === null || quantity === 1000 ? '' : `${formatAmount(quantity, 'quantity', 'fr')} ×`,
		label,
		net === null ? '' : `: ${moneyWords(net, currency).fr}`,
	]
		.filter(Boolean)
		.join(' ');

/** The same ticket, photographed again: same person, day, merchant and amount. */
async function sameExpense({ trx }: Filing, owner: string | null, merchant: string, spent: string, gross: number): Promise<string | null> {
	const rows = (await trx('expenses').where({ owner, gross_cents: gross, merchant }).select('id', 'spent_on')) as { id: string; spent_on: unknown }[];
	return rows.find(({ spent_on }) => dayOrNull(spent_on) === spent)?.id ?? null;
}

/** A draft expense of whoever brought the receipt. Throws a French UserError where it is there already or something is missing. */
export async function fileExpense(filing: Filing): Promise<Filed> {
	const { trx, writer, document, values, vat, lines } = filing;
	const merchant = values.first('merchant', 'supplier_name');
	const spent = values.day('issued_on');
	const gross = values.number('gross');
	if (!merchant || !spent || gross === null) throw new UserError(`Il manque ${gross === null ? 'le total TTC' : spent ? 'le commerçant' : 'la date'}.`);
	if (gross < 0) throw new UserError('Le total d’un ticket ne peut pas être négatif.');
	const currency = values.text('currency')?.toUpperCase() ?? 'EUR';
	if (!currencies.includes(currency))
		throw new UserError(`La devise ${currency} n’est pas gérée : saisissez la dépense dans l’une des devises ${currencies.join(', ')}.`);
	const owner = document.user_created ?? document.owner;
	const same = await sameExpense(filing, owner, merchant, spent, gross);
	if (same) throw new UserError(`Cette dépense est déjà enregistrée : /admin/content/expenses/${same}`);
	const tax = values.number('vat') ?? vat.reduce((sum, row) => sum + (row.vat ?? 0), 0);
	const net = values.number('net') ?? gross - tax;
	const [only] = vat;
	const found = await findCompany(trx, partyOf(values, 'supplier'));
	const supplier = found === 'ambiguous' ? null : found;
	const label = shorten(merchant, 200);
	const id = await writer.create('expenses', {
		label,
		status: 'draft',
		kind: 'expense_claim',
		category: categoryOf(
			merchant,
			lines.map((line) => line.label),
		),
		owner,
		team: document.team,
		spent_on: spent,
		merchant: label,
		receipt: document.file,
		gross_cents: gross,
		vat_cents: tax,
		net_cents: net,
		vat_rate: vat.length === 1 ? (only?.rate ?? null) : rateOf(net, tax),
		currency,
		supplier: supplier?.id ?? null,
		note:
			lines.length > 0
				? lines
						.map((line) => lineText(line, currency))
						.join('\n')
						.slice(0, 10_000)
				: null,
	});
	return {
		records: [
			{ collection: 'expenses', id, name: label, created: true },
			...(supplier ? [{ collection: 'companies', id: supplier.id, name: supplier.name, created: false }] : []),
		],
		notes: [`Dépense « ${label} », ${moneyWords(gross, currency).fr} TTC : brouillon créé, à compléter et à soumettre.`],
		datedOn: spent,
	};
}
