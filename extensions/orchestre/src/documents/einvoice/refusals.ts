import type { EInvoiceFormat, Message } from '../types.ts';
import type { Element } from './xml/tree.ts';

export type Refused = { format: EInvoiceFormat; message: Message };

const ask: Message = {
	fr: 'Demandez une facture Factur-X, UBL ou CII, ou un PDF.',
	en: 'Ask for a Factur-X, UBL or CII invoice, or a PDF.',
};

const refused = (format: EInvoiceFormat, fr: string, en: string, withAsk = true): Refused => ({
	format,
	message: withAsk ? { fr: `${fr} ${ask.fr}`, en: `${en} ${ask.en}` } : { fr, en },
});

const order = refused(
	'order-x',
	'Ce fichier est une commande (Order-X), pas une facture\u00a0: il est conservé tel quel.',
	'This file is an order (Order-X), not an invoice; it is kept as it is.',
	false,
);

/** Roots that are known and not read, by name. */
const byRoot: [RegExp, (root: Element) => Refused][] = [
	[/^SCRDMCC/, () => order],
	[
		/^FatturaElettronica/,
		() =>
			refused(
				'unknown',
				'Ce fichier est une facture italienne (FatturaPA), qui n’est pas lue ici.',
				'This file is an Italian invoice (FatturaPA), not read here.',
			),
	],
	[
		/^Facturae$/,
		() =>
			refused(
				'unknown',
				'Ce fichier est une facture espagnole (Facturae), qui n’est pas lue ici.',
				'This file is a Spanish invoice (Facturae), not read here.',
			),
	],
	[
		/^(M_)?INVOIC/,
		() => refused('unknown', 'Ce fichier est un message EDIFACT (INVOIC), qui n’est pas lu ici.', 'This file is an EDIFACT message (INVOIC), not read here.'),
	],
	[
		/^CrossDomainAcknowledgementAndResponse$/,
		() =>
			refused(
				'unknown',
				'Ce fichier est un statut de facture (cycle de vie), pas une facture.',
				'This file is an invoice status (life cycle), not an invoice.',
				false,
			),
	],
	[
		/^(Order|OrderResponse|OrderChange|DespatchAdvice|Catalogue|Reminder|Statement|ApplicationResponse|Quotation)$/,
		(root) =>
			refused(
				root.name.startsWith('Order') ? 'order-x' : 'unknown',
				`Ce fichier est un document UBL «\u00a0${root.name}\u00a0», pas une facture.`,
				`This file is a UBL “${root.name}”, not an invoice.`,
				false,
			),
	],
	[
		/^Invoice$/,
		() =>
			refused(
				'unknown',
				'Ce fichier est une facture d’une norme antérieure à ZUGFeRD\u00a01 ou propre à un logiciel, qui n’est pas lue ici.',
				'This file is an invoice of a format older than ZUGFeRD 1 or of one program alone, not read here.',
			),
	],
];

/** Why this XML is read as no invoice. */
export function refusalOf(root: Element): Refused {
	const known = byRoot.find(([pattern]) => pattern.test(root.name));
	return (
		known?.[1](root) ??
		refused(
			'unknown',
			`Ce fichier XML («\u00a0${root.name.slice(0, 60)}\u00a0») n’est pas une facture électronique connue.`,
			`This XML file (“${root.name.slice(0, 60)}”) is no known e-invoice.`,
		)
	);
}

/** EDIFACT is no XML: `UNA` or `UNB` begins it. */
export const isEdifact = (text: string): boolean => /^\s*UN[AB][:+]/.test(text);

export const edifact: Refused = refused(
	'unknown',
	'Ce fichier est un message EDIFACT, qui n’est pas lu ici.',
	'This file is an EDIFACT message, not read here.',
);

const withoutDocumentType: Refused = refused(
	'unknown',
	'Ce fichier XML déclare un type de document (DOCTYPE), ce qu’une facture n’a pas à faire\u00a0: il n’est pas ouvert.',
	'This XML file declares a document type (DOCTYPE), which no invoice does; it is not opened.',
);

const tooBig: Refused = refused('unknown', 'Ce fichier XML est trop volumineux pour être une facture.', 'This XML file is too big for an invoice.');

const unreadable: Refused = refused(
	'unknown',
	'Ce fichier XML est endommagé\u00a0: rien n’a pu y être lu.',
	'This XML file is damaged; nothing in it could be read.',
);

/** Why no root could be read at all. */
export function refusalOfFault(faults: string[]): Refused {
	if (faults.includes('document type')) return withoutDocumentType;
	if (faults.includes('too long') || faults.includes('too many elements')) return tooBig;
	return unreadable;
}
