import { companyKey } from '../../../platform/input/name-keys.ts';
import { toSiren, toSiret } from '../../../platform/input/siren.ts';
import { toVatNumber } from '../../../platform/input/vat.ts';
import { likeness } from '../../understanding/names.ts';
import type { OwnCompany, Party } from '../../types.ts';
import { addressOf, type Address } from './address.ts';
import type { Values } from './values.ts';

/** A company as a document names it; identifiers that do not check are left out. */
export type NamedCompany = {
	name: string | null;
	siren: string | null;
	siret: string | null;
	vatNumber: string | null;
	iban: string | null;
	address: Address;
};

/** `FR76 3000 …` without blanks, in capitals. */
export const compact = (text: string): string => text.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();

/** The mod-97 check of ISO 13616. */
export function isIban(text: string): boolean {
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
	let rest = 0;
	for (const char of `${text.slice(4)}${text.slice(0, 4)}`) {
		const value = Number.parseInt(char, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest === 1;
}

export function ibanOf(values: Values): string | null {
	const iban = compact(values.text('iban') ?? '');
	return isIban(iban) ? iban : null;
}

/** A party of the document. A receipt's merchant is its supplier. */
export function partyOf(values: Values, party: Party): NamedCompany {
	const name = party === 'supplier' ? values.first('supplier_name', 'merchant', 'account_holder') : values.text('buyer_name');
	const siret = toSiret(values.text(`${party}_siret`) ?? '');
	const vatNumber = toVatNumber(values.text(`${party}_vat_number`) ?? '');
	const siren = toSiren(values.text(`${party}_siren`) ?? '') ?? siret?.slice(0, 9) ?? (vatNumber ? toSiren(vatNumber) : null);
	return { name, siren, siret, vatNumber, iban: party === 'supplier' ? ibanOf(values) : null, address: addressOf(values.text(`${party}_address`)) };
}

/** Whether that is us: by number where both are known, else by name. */
export function isOwn(one: NamedCompany, own: OwnCompany): boolean {
	if (one.siren && own.siren) return one.siren === own.siren;
	if (one.vatNumber && own.vatNumber) return one.vatNumber === own.vatNumber;
	const key = companyKey(one.name);
	return key !== null && key === companyKey(own.name);
}

/** Whether a name may be ours, written with more or fewer words than on « Notre entreprise ». */
export const mayBeOwnName = (name: string, { name: legal, tradeName }: OwnCompany): boolean =>
	[legal, tradeName].some((own) => own && likeness(own, name) >= 0.99);

/** Whether that is surely somebody else: another number, for names are written in many ways. */
export const isOther = (one: NamedCompany, own: OwnCompany): boolean => Boolean(one.siren && own.siren && one.siren !== own.siren);
