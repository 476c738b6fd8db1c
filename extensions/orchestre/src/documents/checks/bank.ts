import { ibanFault, ibanLength, isBic, maskedIban } from '../../platform/input/iban.ts';
import type { Check, Field, Message } from '../types.ts';
import { textOf, tried } from './parts.ts';

function ibanWords(iban: string, fault: NonNullable<ReturnType<typeof ibanFault>>): Message {
	const country = iban.slice(0, 2);
	const shown = maskedIban(iban);
	switch (fault) {
		case 'key':
			return { fr: `L’IBAN ${shown} est faux\u00a0: sa clé de contrôle ne correspond pas.`, en: `IBAN ${shown} is wrong: its key does not fit.` };
		case 'length':
			return {
				fr: `L’IBAN ${shown} a ${iban.length} caractères\u00a0; ceux de ${country} en ont ${ibanLength(country)}.`,
				en: `IBAN ${shown} has ${iban.length} characters; those of ${country} have ${ibanLength(country)}.`,
			};
		case 'country':
			return { fr: `L’IBAN ${shown} commence par un pays qui n’en a pas (${country}).`, en: `IBAN ${shown} begins with a country that has none (${country}).` };
		case 'form':
			return { fr: `«\u00a0${shown}\u00a0» n’est pas un IBAN.`, en: `“${shown}” is no IBAN.` };
	}
}

/** The IBAN's length and key, the BIC's form. */
export function bankChecks(fields: Field[]): Check[] {
	const [iban, bic] = [textOf(fields, 'iban'), textOf(fields, 'bic')];
	const fault = iban === null ? null : ibanFault(iban);
	const right: Message = { fr: 'L’IBAN a une clé juste.', en: 'The IBAN has a right key.' };
	return [
		...(iban === null ? [] : [tried('IBAN', fault === null, { right, wrong: fault ? ibanWords(iban, fault) : right }, ['iban'])]),
		...(bic === null
			? []
			: [
					tried(
						'BIC',
						isBic(bic),
						{
							right: { fr: 'Le BIC est bien formé.', en: 'The BIC is well-formed.' },
							wrong: { fr: `«\u00a0${bic}\u00a0» n’est pas un BIC.`, en: `“${bic}” is no BIC.` },
						},
						['bic'],
						// A transfer in euros goes by the IBAN alone.
						'warning',
					),
				]),
	];
}
