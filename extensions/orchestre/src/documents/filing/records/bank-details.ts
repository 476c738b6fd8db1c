import { UserError } from '../../../platform/errors.ts';
import { maskedIban } from '../../../platform/input/iban.ts';
import type { Filing } from '../context.ts';
import { compact, ibanOf, partyOf } from '../rules/parties.ts';
import type { Filed } from '../types.ts';
import { companyFor } from './companies.ts';

const bicForm = /^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;

/** An account that nobody vouches for yet: the review asks who confirmed it, and comes again with the answer. `why`: a sentence. */
export const unconfirmed = (why: string): UserError =>
	new UserError(`${why} Appelez ce fournisseur à un numéro que vous connaissiez déjà, puis dites qui vous l’a confirmé.`, {
		code: 'IBAN_CHANGED',
		status: 409,
	});

/**
 * A supplier's bank details. Only a person brings them in, and where another IBAN is known they must say how they made sure: a letter with a new
 * account is the commonest fraud.
 */
export async function fileBankDetails(filing: Filing): Promise<Filed> {
	const { writer, values, person, reason } = filing;
	if (!person) throw new UserError('Un RIB n’est jamais enregistré sans vérification.');
	const iban = ibanOf(values);
	if (!iban) throw new UserError('L’IBAN n’est pas valide : vérifiez chaque caractère.');
	const { company, record } = await companyFor(filing, { ...partyOf(values, 'supplier'), iban: null }, 'is_supplier');
	const bic = compact(values.text('bic') ?? '');
	if (company.iban === iban) return { records: [record], notes: [`RIB de ${company.name} : l’IBAN était déjà enregistré.`] };
	if (company.iban && !reason?.trim()) throw unconfirmed(`${company.name} a déjà un autre IBAN (${maskedIban(company.iban)}).`);
	await writer.update('companies', [company.id], { iban, ...(bicForm.test(bic) && { bic }) });
	const change = company.iban
		? `IBAN remplacé : ${maskedIban(company.iban)} devient ${maskedIban(iban)}. Confirmation : ${reason?.trim()}`
		: `IBAN ${maskedIban(iban)} enregistré.`;
	return { records: [record], notes: [`RIB de ${company.name} : ${change}`] };
}
