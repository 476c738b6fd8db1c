import { isValidSiren, isValidSiret } from '../../platform/input/siren.ts';
import { sirenOfVat, toVatNumber } from '../../platform/input/vat.ts';
import type { Check, Field, Message, Party } from '../types.ts';
import { textOf, tried } from './parts.ts';

/** Who we pay must be right; a slip in the buyer's numbers, which are our own on a purchase, asks for no one. */
const severityOf = (party: Party): Check['severity'] => (party === 'supplier' ? 'error' : 'warning');

const whose: Record<Party, Message> = { supplier: { fr: 'du fournisseur', en: 'of the supplier' }, buyer: { fr: 'de l’acheteur', en: 'of the buyer' } };

function sirenCheck(fields: Field[], party: Party): Check[] {
	const siren = textOf(fields, `${party}_siren`);
	if (siren === null) return [];
	const { fr, en } = whose[party];
	return [
		tried(
			'SIREN',
			isValidSiren(siren),
			{
				right: { fr: `Le SIREN ${fr} a une clé juste.`, en: `The SIREN ${en} has a right key.` },
				wrong: {
					fr: `Le SIREN ${fr} (${siren}) n’existe pas\u00a0: sa clé de contrôle est fausse.`,
					en: `The SIREN ${en} (${siren}) cannot exist: its key is wrong.`,
				},
			},
			[`${party}_siren`],
			severityOf(party),
		),
	];
}

function siretCheck(fields: Field[], party: Party): Check[] {
	const siret = textOf(fields, `${party}_siret`);
	if (siret === null) return [];
	const siren = textOf(fields, `${party}_siren`);
	const { fr, en } = whose[party];
	const isOther = siren !== null && !siret.startsWith(siren);
	return [
		tried(
			'SIRET',
			isValidSiret(siret) && !isOther,
			{
				right: { fr: `Le SIRET ${fr} a une clé juste.`, en: `The SIRET ${en} has a right key.` },
				wrong: isOther
					? {
							fr: `Le SIRET ${fr} (${siret}) ne commence pas par son SIREN (${siren}).`,
							en: `The SIRET ${en} (${siret}) does not begin with its SIREN (${siren}).`,
						}
					: {
							fr: `Le SIRET ${fr} (${siret}) n’existe pas\u00a0: sa clé de contrôle est fausse.`,
							en: `The SIRET ${en} (${siret}) cannot exist: its key is wrong.`,
						},
			},
			[`${party}_siret`],
			severityOf(party),
		),
	];
}

/** The form of every country, the key of France, and whether it belongs to the SIREN that stands beside it. */
function vatCheck(fields: Field[], party: Party): Check[] {
	const vat = textOf(fields, `${party}_vat_number`);
	if (vat === null) return [];
	const siren = textOf(fields, `${party}_siren`);
	const stored = toVatNumber(vat);
	const own = stored === null ? null : sirenOfVat(stored);
	const isOther = own !== null && siren !== null && own !== siren;
	const { fr, en } = whose[party];
	return [
		tried(
			'VAT-NUMBER',
			stored !== null && !isOther,
			{
				right: { fr: `Le numéro de TVA ${fr} est bien formé.`, en: `The VAT number ${en} is well-formed.` },
				wrong: isOther
					? {
							fr: `Le numéro de TVA ${fr} (${vat}) est celui d’un autre SIREN que ${siren}.`,
							en: `The VAT number ${en} (${vat}) belongs to another SIREN than ${siren}.`,
						}
					: { fr: `Le numéro de TVA ${fr} (${vat}) n’est pas valable.`, en: `The VAT number ${en} (${vat}) is not valid.` },
			},
			[`${party}_vat_number`, ...(isOther ? [`${party}_siren` as const] : [])],
			severityOf(party),
		),
	];
}

function selfCheck(fields: Field[]): Check[] {
	const [supplier, buyer] = [textOf(fields, 'supplier_siren'), textOf(fields, 'buyer_siren')];
	if (supplier === null || supplier !== buyer) return [];
	const words: Message = {
		fr: `Le fournisseur et l’acheteur ont le même SIREN (${supplier}).`,
		en: `Supplier and buyer have the same SIREN (${supplier}).`,
	};
	return [tried('SAME-PARTY', false, { right: words, wrong: words }, ['supplier_siren', 'buyer_siren'])];
}

/** SIREN, SIRET and VAT numbers of both parties. */
export const identityChecks = (fields: Field[]): Check[] => [
	...(['supplier', 'buyer'] as const).flatMap((party) => [...sirenCheck(fields, party), ...siretCheck(fields, party), ...vatCheck(fields, party)]),
	...selfCheck(fields),
];
