import { moneyWords } from '../../checks/parts.ts';
import { UserError } from '../../../platform/errors.ts';
import type { Filing } from '../context.ts';
import { compact } from '../rules/parties.ts';
import type { Filed } from '../types.ts';

type Row = { id: string; number: string; company: string; company_name: string; gross_cents: number | null; type: string; currency: string | null };

/** One of our own invoices (or credit notes): joined to the one that has its number, never made. */
export async function joinSale({ trx, values, class: kind }: Filing): Promise<Filed> {
	const number = values.text('number');
	if (!number) throw new UserError('Il manque le numéro de la facture.');
	// Case, blanks and dashes are the reader's or the typist's, not the number's.
	const plain = ['-', ' ', '/', '.'].reduce((column) => `replace(${column}, ?, '')`, 'upper(i.number)');
	const row = (await trx('invoices as i')
		.join('companies as c', 'c.id', 'i.company')
		.where({ 'i.direction': 'sale' })
		.whereRaw(`${plain} = ?`, ['-', ' ', '/', '.', compact(number)])
		.first('i.id', 'i.number', 'i.company', 'i.gross_cents', 'i.type', 'i.currency', { company_name: 'c.name' })) as Row | undefined;
	if (!row)
		throw new UserError(
			`Aucune de nos factures ne porte le numéro ${number}. Si elle est dans « Factures » sous un autre numéro, corrigez-le ici. Sinon, nos factures s’y créent, jamais à partir d’un fichier : pour garder ce fichier seul (une facture d’avant Orchestre), classez-le comme « Autre ».`,
		);
	const gross = values.number('gross');
	const stored = Number(row.gross_cents ?? 0);
	// Some print a credit note with a minus; an invoice has none.
	const printed = gross !== null && row.type === 'credit_note' ? Math.abs(gross) : gross;
	const currency = values.text('currency')?.toUpperCase() ?? row.currency;
	if (printed !== null && (printed !== stored || currency !== (row.currency ?? 'EUR')))
		throw new UserError(`Notre facture ${row.number} est de ${moneyWords(stored, row.currency).fr}, le document de ${moneyWords(printed, currency).fr}.`);
	return {
		records: [
			{ collection: 'invoices', id: row.id, name: row.number, created: false },
			{ collection: 'companies', id: row.company, name: row.company_name, created: false },
		],
		notes: [`Rattaché à ${kind === 'credit_note' ? 'notre avoir' : 'notre facture'} ${row.number}.`],
		datedOn: values.day('issued_on'),
	};
}
