import type { Address, Identifier, PaymentMeans, Trader } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { at, child, childrenOf, textAt } from '../xml/tree.ts';
import { identifier, presentTexts } from './values.ts';

export function addressOf(element: Element | null): Address | null {
	if (!element) return null;
	return {
		lines: [...presentTexts(element, 'StreetName', 'AdditionalStreetName'), ...childrenOf(element, 'AddressLine').flatMap((one) => textAt(one, 'Line') ?? [])],
		postcode: textAt(element, 'PostalZone'),
		city: textAt(element, 'CityName'),
		country: textAt(element, 'Country', 'IdentificationCode'),
	};
}

/** The tax numbers by scheme; a registration without a scheme counts as VAT. */
function taxNumber(element: Element | null, isVat: boolean): string | null {
	const schemes = childrenOf(element, 'PartyTaxScheme');
	const found = schemes.find((one) => ((textAt(one, 'TaxScheme', 'ID') ?? 'VAT').toUpperCase() === 'VAT') === isVat && textAt(one, 'CompanyID'));
	return textAt(found, 'CompanyID');
}

/** The SEPA creditor identifier stands among the party's identifiers, and is none of the firm. */
const isOfParty = (id: Identifier): boolean => id.scheme !== 'SEPA';

/** A Party: its legal name first, else the name that it trades under. */
export function traderOf(element: Element | null): Trader {
	return {
		name: textAt(element, 'PartyLegalEntity', 'RegistrationName'),
		ids: childrenOf(element, 'PartyIdentification')
			.flatMap((one) => identifier(child(one, 'ID')) ?? [])
			.filter(isOfParty),
		legalId: identifier(at(element, 'PartyLegalEntity', 'CompanyID')),
		vatNumber: taxNumber(element, true),
		taxNumber: taxNumber(element, false),
		address: addressOf(child(element, 'PostalAddress')),
		electronic: identifier(child(element, 'EndpointID')),
	};
}

/** A payee or a tax representative, whose name stands as PartyName. */
export function namedTrader(element: Element | null): Trader | null {
	return element ? { ...traderOf(element), name: textAt(element, 'PartyName', 'Name') } : null;
}

export const meansOf = (element: Element): PaymentMeans => ({
	code: textAt(element, 'PaymentMeansCode'),
	accounts: childrenOf(element, 'PayeeFinancialAccount').map((one) => ({
		id: textAt(one, 'ID'),
		holder: textAt(one, 'Name'),
		bic: textAt(one, 'FinancialInstitutionBranch', 'ID'),
	})),
	cardNumber: textAt(element, 'CardAccount', 'PrimaryAccountNumberID'),
});
