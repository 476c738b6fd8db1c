import type { Filing } from '../context.ts';
import { isOwn, partyOf } from '../rules/parties.ts';
import type { Filed } from '../types.ts';
import { companyFor } from './companies.ts';

type Row = { id: string; number: string; title: string | null; company: string; company_name: string };

/** One of our own quotes that came back is joined to it; a supplier's is filed with that supplier and the day it is valid until. */
export async function fileQuote(filing: Filing): Promise<Filed> {
	const { trx, values, own } = filing;
	const number = values.text('number');
	const dates = { datedOn: values.day('issued_on'), expiresOn: values.day('valid_until') };
	const supplier = partyOf(values, 'supplier');
	if (number && isOwn(supplier, own)) {
		const row = (await trx('quotes as q').join('companies as c', 'c.id', 'q.company').where({ 'q.number': number }).first('q.id', 'q.number', 'q.title', 'q.company', { company_name: 'c.name' })) as Row | undefined; // prettier-ignore
		if (row) {
			return {
				records: [
					{ collection: 'quotes', id: row.id, name: row.number, created: false },
					{ collection: 'companies', id: row.company, name: row.company_name, created: false },
				],
				notes: [`Rattaché à notre devis ${row.number}.`],
				...dates,
			};
		}
	}
	const party = isOwn(supplier, own) ? partyOf(values, 'buyer') : supplier;
	const { company, record } = await companyFor(filing, party, isOwn(supplier, own) ? 'is_prospect' : 'is_supplier');
	return { records: [record], notes: [`Devis ${number ? `n° ${number} ` : ''}classé chez ${company.name}.`], ...dates };
}
