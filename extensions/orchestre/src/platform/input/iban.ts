/** How many characters an IBAN of each country has (SWIFT's registry). */
const lengths: Record<string, number> = Object.fromEntries(
	(
		'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 ' +
		'GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 ' +
		'MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
	)
		.split(' ')
		.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** The French overseas territories' accounts are French in all but the country code. */
const asFrench = new Set('BL GF GP MF MQ NC PF PM RE TF WF YT'.split(' '));

/** How long an IBAN of this country is; null where there are none. */
export const ibanLength = (country: string): number | null => lengths[country] ?? (asFrench.has(country) ? 27 : null);

/** ISO 7064 mod 97-10: the first four characters go to the end, letters count from 10. */
function remainder(iban: string): number {
	let rest = 0;
	for (const character of iban.slice(4) + iban.slice(0, 4)) {
		const value = Number.parseInt(character, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest;
}

/** What is wrong with an IBAN without blanks, in capitals; null when nothing is. */
export function ibanFault(iban: string): 'form' | 'country' | 'length' | 'key' | null {
	if (!/^[A-Z]{2}\d{2}[0-9A-Z]{1,30}$/.test(iban)) return 'form';
	const length = ibanLength(iban.slice(0, 2));
	if (length === null) return 'country';
	if (iban.length !== length) return 'length';
	return remainder(iban) === 1 ? null : 'key';
}

/** The IBAN within what people paste, in capitals without blanks; null when its length or its key is wrong. */
export function toIban(text: string): string | null {
	const compact = text.replaceAll(/[\s.-]/gu, '').toUpperCase();
	return ibanFault(compact) === null ? compact : null;
}

/** Eight or eleven characters: bank, country, place and branch. */
export const isBic = (bic: string): boolean => /^[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?$/.test(bic);

/** An IBAN as it may stand in notes, messages and logs: its beginning and its end, `FR76 … 189`. What is too short to be one stays. */
export function maskedIban(iban: string): string {
	const bare = iban.replaceAll(/[\s.-]/gu, '');
	return bare.length < 12 ? iban : `${bare.slice(0, 4)}\u00a0…\u00a0${bare.slice(-3)}`;
}

/** Norway’s; VAT numbers are shorter. */
const shortest = 15;

/** In groups as printed, or as one word; a wrong key or length hides none. */
const inText = /(?<![\p{L}\d])[A-Z]{2}\d{2}(?:[ \u00a0\u202f.-]?[A-Z\d]{4}){2,7}(?:[ \u00a0\u202f.-]?[A-Z\d]{1,3})?(?![\p{L}\d])/gu;

/** A text with every IBAN in it masked. */
export const withoutIbans = (text: string): string =>
	text.replaceAll(inText, (found) => (found.replaceAll(/[\s.-]/gu, '').length < shortest ? found : maskedIban(found)));
