import { sirenOfVat } from '../../../platform/input/vat.ts';
import type { Trader } from '../model/types.ts';

/** How a firm is numbered, as its invoice says it; nothing is checked here, a wrong number is for the checks to tell. */
export type Numbers = { siren: string | null; siret: string | null; vat: string | null };

const digits = (value: string): string => value.replaceAll(/[\s.\-/]/g, '');

/** ISO 6523: 0002 is the SIREN, 0009 the SIRET; many issuers put a SIRET under 0002, so the length counts. */
const frenchSchemes = new Set(['0002', '0009']);

export function numbersOf(trader: Trader): Numbers {
	const isFrench = trader.address?.country === 'FR' || (trader.vatNumber ?? '').toUpperCase().startsWith('FR');
	const ids = [trader.legalId, ...trader.ids, trader.electronic?.scheme === '0009' || trader.electronic?.scheme === '0002' ? trader.electronic : null];
	const french = ids.flatMap((id) => (id && (frenchSchemes.has(id.scheme ?? '') || (isFrench && id.scheme === null)) ? [digits(id.value)] : []));
	const vat = trader.vatNumber ? digits(trader.vatNumber).toUpperCase() : null;
	const siret = french.find((value) => /^\d{14}$/.test(value)) ?? null;
	const fromVat = vat && /^FR[0-9A-Z]{2}\d{9}$/.test(vat) ? sirenOfVat(vat) : null;
	const siren = french.find((value) => /^\d{9}$/.test(value)) ?? siret?.slice(0, 9) ?? fromVat;
	return { siren, siret, vat };
}
