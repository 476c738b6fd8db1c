import { rule, type Rule } from './rule.ts';

/** What may stand for `number`. */
export const no = String.raw`(?:nummer|number|numeros?|num|nr|n[°o*]|#|id)[.:]?`;
/** Words for papers that have a number. */
export const invoice = String.raw`(?:facture|invoice|rechnungs?|handelsrechnungs?|avoir|facturette|creditnote|creditmemo|notedecredit|gutschrifts?|rechnungskorrektur|devis|quote|quotation|angebots?|estimate|proforma|recu|receipt|ticket|note|bill|tax-?invoice|beleg|dokument(?:en)?|document|piece|proposition|offre)`;

/** Labels of numbers and references. */
export const identifiers: Rule[] = [
	rule(
		'number',
		1,
		String.raw`${invoice}-?${no}`,
		String.raw`facture[\p{L}'/-]{0,22}?(?:n°|num(?:ero)?|no)[.:]?`,
		String.raw`(?:transaction|justificatif|folio|note)${no}`,
		String.raw`(?:${no}|ref(?:erence)?\.?|identifiant)(?:dela|du|de|d'|del')?(?:votre)?(?:facture|avoir|devis|recu|ticket|note|piece|document|facturation)`,
		'referencefacture',
		String.raw`facture/?(?:avoir)?ref(?:erence)?\.?`,
		String.raw`belegnr`,
		String.raw`invoice(?:ref(?:erence)?)`,
		String.raw`invoicenumber/rechnungsnummer`,
		'numerodefacture',
		'facturaa?numero',
	),
	rule('number', 0.6, String.raw`(?:${invoice}|facturen)`),
	rule('number', 0.45, 'numero', 'number'),
	rule('number', 0.25, no, String.raw`ref(?:erence)?\.?`, 'nosref(?:erence)?s?', 'notreref(?:erence)?'),
	rule(
		'customer',
		0.9,
		String.raw`(?:${no}|code|ref(?:erence)?\.?|identifiant|compte)(?:de|du|d'|vos|votre)?(?:votre)?(?:client|compteclient|compte|contrat|abonnement|abonne|dossier|adherent|membre|societaire|assure|mandat|pointdelivraison|pdl|prm|ligne|table|caisse|lot|chambre|reservation|immatriculation|vendeur|colis|telephone|tva|siren|siret|rcs|serie|marche|engagement|lot)s?`,
		String.raw`(?:client|customer|account|compte|kunden|contrat|contract|abonne|ihrekunden|lieferanten|mitglieds|steuer|handelsregister|mandats|mandate|rum|creditor|ics|pdl|prm|pce|lief|art|versicherungs)-?${no}`,
		'customerid',
		'accountnumber',
		'rum',
		'ics',
		'pdl',
		'prm',
		'terminal',
		'identifianttva',
		String.raw`telephone|tel[.:]|fax|mobile|siret?|siren|rcs|naf|ape|gln|gtin|steuernummer|ust-?id(?:nr)?`,
	),
	rule(
		'order',
		1,
		String.raw`(?:${no}|ref(?:erence)?\.?)(?:de|du)?(?:votre)?(?:bonde)?(?:commande)(?:client)?`,
		String.raw`(?:bondecommande|commandeclient|votrecommande|commande|bdc)${no}?`,
		String.raw`votreref(?:erence)?\.?`,
		String.raw`vosref(?:erence)?s?\.?`,
		String.raw`yourref(?:erence)?\.?`,
		String.raw`(?:customer)?p\.?o\.?(?:number|no\.?|#)`,
		String.raw`(?:purchase)?order(?:number|no\.?|#|ref(?:erence)?|id)`,
		'purchaseorder',
		String.raw`(?:ihre)?(?:bestell|auftrags)(?:ung)?-?${no}?`,
		String.raw`bestellung`,
		"numerod'engagement",
		"n[°o]d'engagement",
		'auftrag-nr-lief',
	),
	rule(
		'delivery_note',
		0.9,
		String.raw`(?:${no})?(?:de|du)?(?:bonde)?(?:livraison|reception)`,
		String.raw`bondelivraison${no}?`,
		String.raw`lieferschein-?${no}?`,
		'deliverynote',
	),
	rule(
		'invoice_reference',
		1,
		String.raw`(?:${no})?(?:dela|de)?facture(?:d'origine|associee|initiale|concernee|rectifiee|annulee)`,
		String.raw`(?:annule(?:etremplace)?|surla|relati(?:ve|f)ala|rectifiela|concernantla|reference(?:dela)?facture:?origine|avoirsur(?:la)?|remboursementdela)facture(?:${no})?`,
		String.raw`originalinvoice(?:${no})?`,
		String.raw`zurechnung(?:${no})?`,
		String.raw`ursprungsrechnung`,
	),
];
