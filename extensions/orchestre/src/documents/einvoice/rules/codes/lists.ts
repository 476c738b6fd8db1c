const set = (codes: string): ReadonlySet<string> => new Set(codes.split(' '));

/** ISO 3166-1 alpha-2, with XI (Northern Ireland) and 1A (Kosovo) as the norm's list has them. */
export const countries = set(
	'1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW',
);

/** ISO 4217 alpha-3, with those that were replaced lately (old invoices are read, too). */
export const currencies = set(
	'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BYR BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG ZWL',
);

/** UNTDID 1001: what is an invoice, and what a credit note (EN 16931 code lists; 471 to 473, 500 to 503 since the French reform). */
export const invoiceTypes = set(
	'71 80 82 84 102 130 202 203 204 211 218 219 295 325 326 331 380 382 383 384 385 386 387 388 389 390 393 394 395 456 457 471 472 473 500 501 527 553 575 623 633 751 780 817 870 875 876 877 935',
);
export const creditTypes = set('81 83 261 262 296 308 381 396 420 458 502 503 532');

/** UNTDID 2005 (UBL) and 2475 (CII): when VAT falls due. */
export const taxPoints = set('3 35 432 5 29 72');

export const categoryCodes = set('AE L M E S Z G O K');

/** UNTDID 5189: why there is a discount. */
export const allowanceReasons = set('41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105');

export const mimeTypes = set(
	'application/pdf image/png image/jpeg text/csv application/vnd.openxmlformats-officedocument.spreadsheetml.sheet application/vnd.oasis.opendocument.spreadsheet application/xml text/xml',
);

const paymentMeansCodes = set('70 74 75 76 77 78 91 92 93 94 95 96 97 98 ZZZ');

/** UNTDID 4461. */
export const isPaymentMeans = (code: string): boolean => (/^[1-9]\d?$/.test(code) && Number(code) <= 68) || paymentMeansCodes.has(code);

/** ISO 6523: four digits; the list grows every year, so its form and range count. */
export const isIcd = (scheme: string): boolean => /^0[0-2]\d\d$/.test(scheme) && scheme !== '0000';

/** Electronic address schemes: ISO 6523, the 99xx of Peppol and a few letters. */
export const isEas = (scheme: string): boolean => isIcd(scheme) || /^99\d\d$/.test(scheme) || /^(AN|AQ|AS|AU|EM)$/.test(scheme);

/** VATEX: `VATEX-EU-132-1A`, `VATEX-FR-FRANCHISE`; the list grows, its form does not. */
export const isVatex = (code: string): boolean => /^VATEX-(EU|FR)-[0-9A-Z-]+$/i.test(code);
