import type { Account, Address, PaymentMeans, Trader } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { at, child, childrenOf, textAt } from '../xml/tree.ts';
import { identifier, presentTexts } from './values.ts';

function addressOf(element: Element | null): Address | null {
	if (!element) return null;
	return {
		lines: presentTexts(element, 'LineOne', 'LineTwo', 'LineThree'),
		postcode: textAt(element, 'PostcodeCode'),
		city: textAt(element, 'CityName'),
		country: textAt(element, 'CountryID'),
	};
}

function registration(element: Element | null, scheme: string): string | null {
	const ids = childrenOf(element, 'SpecifiedTaxRegistration').flatMap((one) => identifier(child(one, 'ID')) ?? []);
	return ids.find((id) => id.scheme === scheme)?.value ?? null;
}

/** A TradeParty of CII or ZUGFeRD 1. */
export function traderOf(element: Element | null): Trader {
	const ids = [...childrenOf(element, 'ID'), ...childrenOf(element, 'GlobalID')].flatMap((one) => identifier(one) ?? []);
	return {
		name: textAt(element, 'Name') ?? textAt(element, 'SpecifiedLegalOrganization', 'TradingBusinessName'),
		ids,
		legalId: identifier(at(element, 'SpecifiedLegalOrganization', 'ID')),
		vatNumber: registration(element, 'VA'),
		taxNumber: registration(element, 'FC'),
		address: addressOf(child(element, 'PostalTradeAddress')),
		electronic: identifier(at(element, 'URIUniversalCommunication', 'URIID')),
	};
}

export const traderIf = (element: Element | null): Trader | null => (element ? traderOf(element) : null);

export const placeOf = (element: Element | null): Address | null => addressOf(child(element, 'PostalTradeAddress'));

function accountOf(means: Element): Account[] {
	const account = child(means, 'PayeePartyCreditorFinancialAccount');
	if (!account) return [];
	return [
		{
			id: textAt(account, 'IBANID') ?? textAt(account, 'ProprietaryID'),
			holder: textAt(account, 'AccountName'),
			bic: textAt(means, 'PayeeSpecifiedCreditorFinancialInstitution', 'BICID'),
		},
	];
}

export const meansOf = (element: Element): PaymentMeans => ({
	code: textAt(element, 'TypeCode'),
	accounts: accountOf(element),
	cardNumber: textAt(element, 'ApplicableTradeSettlementFinancialCard', 'ID'),
});
