import { regionOf, type Region, type Row, type Sheet } from './page-text.ts';

/** What a printed label announces. Kinds without a field of ours are there so that they keep their values from being taken for others. */
export type LabelKind =
	| 'number'
	| 'order'
	| 'invoice_reference'
	| 'customer'
	| 'delivery_note'
	| 'issued'
	| 'due'
	| 'delivered'
	| 'starts'
	| 'ends'
	| 'valid'
	| 'other_date'
	| 'gross'
	| 'net'
	| 'vat'
	| 'payable'
	| 'paid'
	| 'base'
	| 'other_money'
	| 'opening'
	| 'closing'
	| 'tendered'
	| 'before';

export type Label = Region & { kind: LabelKind; strength: number; row: Row; from: number; to: number };

type Rule = { kind: LabelKind; strength: number; pattern: RegExp };

/** One rule from phrases without blanks, folded; the longer of two overlapping matches wins, whatever its kind. */
const rule = (kind: LabelKind, strength: number, ...phrases: string[]): Rule => ({ kind, strength, pattern: new RegExp(phrases.join('|'), 'g') });

const no = String.raw`(?:nummer|number|numeros?|num|nr|n[°o*]|#|id)[.:]?`;
const invoice = String.raw`(?:facture|invoice|rechnungs?|handelsrechnungs?|avoir|facturette|creditnote|creditmemo|notedecredit|gutschrifts?|rechnungskorrektur|devis|quote|quotation|angebots?|estimate|proforma|recu|receipt|ticket|note|bill|tax-?invoice|beleg|dokument(?:en)?|document|piece|proposition|offre)`;

const identifiers: Rule[] = [
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

const days: Rule[] = [
	rule(
		'issued',
		1,
		String.raw`date(?:dela|de|d'|du|del')?(?:facture|facturation|emission|avoir|devis|piece|document|l'offre|offre|proposition|vente|edition|signature)`,
		'datefact',
		String.raw`facture(?:dateedu|dateele|datee|emisele|emisele|emise)`,
		String.raw`(?:emise?|etablie?|editee?|redigee?|fait|delivree?)(?:a\p{L}+,?)?le`,
		String.raw`(?:invoice|issue|billing|bill|document|receipt|quote|statement|sale)date`,
		'dateofissue',
		'dateissued',
		'issuedon',
		'dateofinvoice',
		String.raw`(?:liefer-und|leistungs-und)?(?:rechnungs|beleg|ausstellungs|angebots)-?datum`,
		'dateduticket',
		'date/heure',
		'dateettime',
	),
	rule('issued', 0.6, String.raw`dates?`, 'datum', String.raw`\p{L}{3,},le`, 'vom', 'du', 'dated', 'le'),
	rule(
		'due',
		1,
		String.raw`(?:date)?(?:limite)?(?:d'|de|dela)?echeances?(?:dupaiement|dereglement)?(?:le|au|:le)?`,
		String.raw`datelimitede(?:paiement|reglement)`,
		String.raw`datede(?:paiement|reglement|prelevement)`,
		String.raw`dateduprelevement`,
		"dated'exigibilite",
		String.raw`(?:a(?:payer|regler)|payable|exigible|regler|payer|paiementattendu|reglementattendu|paiement|reglement|facturepayable|merciderglee?r)(?:auplustard|avant|pour|jusqu'au)*(?:le)?`,
		String.raw`avantle`,
		String.raw`auplustardle`,
		String.raw`(?:payment)?due(?:date|on|by)`,
		'datedue',
		'paymentdue',
		String.raw`pay(?:able)?(?:by|before)`,
		String.raw`falligkeit(?:s-?(?:datum|tag))?`,
		'falligam',
		'zahlbarbis',
		'biszum',
		String.raw`netto(?:bis|biszum)`,
		'zahlungsziel',
		String.raw`(?:zahlbar|uberweis\w*|fallig)(?:bitte)?(?:biszum|bis|am)`,
		String.raw`(?:sera)?prelevee?(?:le|apartirdu)`,
		String.raw`prelevement(?:automatique)?(?:le|du|apartirdu)`,
		'termin',
	),
	rule(
		'delivered',
		0.9,
		String.raw`date(?:dela|de|d')?(?:livraison|prestation|execution|realisation)`,
		'livrele',
		'deliverydate',
		String.raw`dateofsupply`,
		'supplydate',
		'shippingdate',
		'shipmentdate',
		String.raw`(?:liefer-?(?:und)?-?)?leistungs-?(?:datum|zeitpunkt)`,
		'lieferdatum',
		'datelivraison',
	),
	rule(
		'starts',
		0.9,
		String.raw`(?:date)?(?:de|d')?(?:debut|effet|priseeneffet|demarrage)(?:ducontrat|deprestation)?`,
		'prendeffet(?:le|au|acompterdu)?',
		'acompterdu',
		'apartirdu',
		'entreenvigueur(?:le)?',
		'startdate',
		'effectivedate',
		'periodedu',
		'perioddu',
		'commencele',
	),
	rule(
		'ends',
		0.9,
		String.raw`(?:date)?(?:de|d')?(?:fin|expiration|terme)(?:ducontrat|deprestation)?`,
		"jusqu'au",
		'enddate',
		'expire(?:ra)?(?:le)?',
		'seterminele',
		'prendrafinle',
	),
	rule(
		'valid',
		1,
		String.raw`(?:devis|offre)?valable(?:jusqu'au)?`,
		String.raw`(?:offre|devis)valide(?:jusqu'au)?`,
		String.raw`(?:date)?(?:dela|de|d'|delimitede|limitede)?validite(?:de|dudevis|del'offre)?`,
		"valablejusqu'au",
		"validejusqu'au",
		'validuntil',
		'gultigbis',
		'expirationdate',
		'expirydate',
	),
	rule(
		'other_date',
		0.9,
		String.raw`periode(?:facturee|defacturation|deconsommation|dereference)?`,
		'naissance',
		'neele',
		'nele',
		String.raw`date(?:de|d'|dela)?(?:commande|factureassociee|releve|relevereel|naissance|debut|valeur|operation|reservation|arrivee|depart|impression|commandeclient|maj|bondecommande)`,
		String.raw`(?:bestell|auftrags?|lieferschein|druck)-?datum(?:-lief)?`,
		'orderdate',
		'lieferscheindatum',
		String.raw`prochain(?:e|releve)?(?:facture|releve)?`,
		'imprimele',
		'printedon',
		'edition(?:du|le)',
		'arrivee',
		'depart',
		'checkin',
		'checkout',
		'check-in',
		'check-out',
		'miseajour',
		'depuisle',
		String.raw`bestellung(?:vom)?`,
		String.raw`(?:reglement|paiement|paye|acquittee?)(?:recu|effectue)?(?:le|du)?parvirement`,
		'commandedu',
		'stand',
		'leistungszeitraum',
		'rechnungszeitraum',
		'billingperiod',
		'serviceperiod',
	),
];

const ttc = String.raw`(?:t\.?t\.?c\.?|toutestaxescomprises|taxescomprises)`;
const ht = String.raw`(?:h\.?t\.?(?:v\.?a\.?)?|horstaxes?|horstva)`;
const euro = String.raw`(?:en)?(?:\(?(?:€|eur|euros?)\)?)?`;

const money: Rule[] = [
	rule(
		'gross',
		1,
		String.raw`(?:total|montant|somme|prix)(?:total|general|global|dela|de|du|votre|cette)*(?:facture|devis|commande|note|ticket)?${euro}${ttc}${euro}`,
		String.raw`montant(?:total)?(?:dela|devotre|dela)facture`,
		'grandtotal',
		String.raw`(?:invoice|order)total`,
		String.raw`total(?:invoice|general|facture|dudevis|facturedumois)`,
		String.raw`total(?:amount)?(?:eur|€|\$|usd|gbp|£)?(?:incl?(?:uding|usive)?\.?(?:of)?)(?:vat|tax(?:es)?)?`,
		String.raw`gesamtbetrag(?:brutto)?`,
		String.raw`brutto(?:betrag|summe|rechnungsbetrag|wert)`,
		'endbetrag',
		'rechnungsbetrag',
		'gesamtsumme',
		String.raw`(?:rechnungs)?summebrutto`,
		'endsumme',
		String.raw`total${ttc}apayer`,
		String.raw`${ttc}total`,
	),
	rule(
		'gross',
		0.75,
		String.raw`(?:montant|prix)?${ttc}`,
		String.raw`total\(?(?:eur|€|\$|usd|gbp|£|euros)\)?`,
		'totalamount',
		'gesamt',
		'totalprice',
		'prixtotal',
		String.raw`total(?:cb|carte|achats?|encaisse|general|eneuros|articles?)`,
		'montantdebite',
		'montantencaisse',
		'montantacquitte',
		String.raw`prix(?:dela|du)?\p{L}{0,12}ttc`,
		'montanttotal',
		'totalnetttc',
	),
	rule('gross', 0.55, 'total', 'summe', 'montant', 'betrag', 'amount', 'brutto'),
	rule(
		'payable',
		1,
		String.raw`(?:net|total|montant|solde|somme|reste|restant)(?:total|net|ttc|restant|du|est)*(?:de|a)+(?:votre)?(?:facture)?(?:payer|regler|verser|devoir)(?:ttc)?${euro}`,
		String.raw`(?:montant|total|solde|net|reste|restant)(?:ttc|restant)?du`,
		String.raw`apayer(?:ttc)?`,
		'aregler',
		'netclient',
		String.raw`montant(?:aetre|a)?(?:preleve|prelevement)`,
		String.raw`(?:amount|balance|total|payment|totalamount)(?:now)?(?:due|payable|topay|outstanding)`,
		'topay',
		'duetotal',
		'pleasepay',
		String.raw`zahlbetrag`,
		String.raw`zuzahlen(?:der)?(?:betrag|beitrag)?`,
		'offenerbetrag',
		'falligerbetrag',
		'restbetrag',
		String.raw`netapayer`,
		'remainingbalance',
	),
	rule(
		'net',
		1,
		String.raw`(?:total|montant|somme|base)(?:total|general|net|brut|desprestations|deslignes|avantremise|apresremise|facture)*${euro}${ht}(?:net)?${euro}`,
		String.raw`${ht}total`,
		String.raw`total(?:net)?${ht}apresremise`,
		String.raw`net(?:total|${ht})`,
		String.raw`net-?(?:amount|value)`,
		String.raw`total(?:amount)?(?:eur|€)?\(?(?:excl?(?:uding|usive)?\.?|before|ex\.?|without|w/o)(?:of)?(?:vat|tax(?:es)?)?`,
		String.raw`(?:rechnungs)?(?:gesamt)?(?:summe|betrag)(?:ohneust\.?|netto|ohnemwst)`,
		String.raw`netto(?:betrag|summe|warenwert|gesamt|rechnungsbetrag)`,
		'gesamtnetto',
		String.raw`summenetto`,
		'totalnet',
		'taxableamount',
		'nettotal',
		'totalhorstaxes',
	),
	rule(
		'net',
		0.6,
		String.raw`sous-?total`,
		String.raw`sub-?total`,
		'zwischensumme',
		'positionssumme',
		String.raw`${ht}`,
		'netto',
		'nettowert',
		'warenwert',
		String.raw`(?:montant|prix|total)net`,
	),
	rule(
		'base',
		0.9,
		String.raw`base(?:s)?(?:de|dela|d')?(?:tva|taxable|imposition|calcul)?(?:${ht})?`,
		'basisbetrag',
		'steuerbasisbetrag',
		'steuerbasis',
		'vatbase',
		'taxbase',
	),
	rule(
		'vat',
		1,
		String.raw`(?:total|montant|dont|somme)(?:total|de|dela|des|dontla)*(?:t\.?v\.?a\.?|taxes?)(?:collectee|applicable|totale)?${euro}`,
		String.raw`t\.?v\.?a\.?(?:a|au(?:tauxde)?|collectee|\(vente\)|normale|de|reduite|intermediaire)*\(?:?`,
		String.raw`(?:total|estimated)?(?:vat|salestax|tax|gst)(?:total|amount|charge)?`,
		String.raw`(?:zzgl\.?|inkl\.?|enthaltene)?(?:mwst|ust|umsatzsteuer|mehrwertsteuer|versicherungsteuer)\.?(?:-?betrag)?`,
		'steuerbetrag',
		'steuer',
		'totaltaxes',
		'totaltva',
	),
	rule(
		'paid',
		1,
		String.raw`acomptes?(?:verse|recu|regle|deja|facture|paye|percu)?e?s?`,
		String.raw`(?:montant|deja|dejaete|somme)(?:paye|regle|verse|percu|encaisse)e?s?`,
		String.raw`reglements?(?:recus?|deja)`,
		'avances?',
		String.raw`(?:amount|already|less)?(?:paid|received)`,
		'deposit',
		'anzahlung',
		String.raw`(?:bereits)?gezahlt(?:erbetrag)?`,
		'arrhes',
		'payments?received',
	),
	rule(
		'tendered',
		0.7,
		'cb',
		'cartebancaire',
		'cartebleue',
		'carte',
		'visa',
		'mastercard',
		'especes',
		'cash',
		'sanscontact',
		'cheque',
		'montantreel',
		'paiementcb',
		'espece',
		'titrerestaurant',
		'ticketrestaurant',
	),
	rule(
		'other_money',
		1,
		String.raw`(?:rendu|arendre|monnaie|monnaierendue|renducarte|change)`,
		'aucapital(?:social)?(?:de)?',
		'capital(?:social)?(?:de)?',
		String.raw`indemnite(?:forfaitaire)?`,
		String.raw`remises?`,
		'rabais',
		'escompte',
		'rabatt',
		'skonto',
		'discount',
		'economies?',
		'fidelite',
		'cagnotte',
		'pourboire',
		String.raw`prixunit(?:aire)?(?:ht|ttc)?`,
		String.raw`p\.?u\.?(?:ht|ttc)?`,
		'unitprice',
		'einzelpreis',
		'totaldesabschlage',
		String.raw`gesamtbetragder(?:zuschlage|abschlage)`,
		'nettopreis',
		'plafond',
		'franchise',
		'abschlag',
		'zuschlag',
		'prix',
		'garantie',
		String.raw`ancien(?:solde)?`,
		'soldeprecedent',
		'reportprecedent',
		'franco',
		'minimum',
		'depot de garantie',
		'netimposable',
		'decouvert',
		'bonus',
		'economisez',
	),
	rule(
		'opening',
		1,
		String.raw`(?:ancien|precedent)solde`,
		String.raw`solde(?:crediteur|debiteur|precedent|initial|d'ouverture|aude?but|endebut|anterieur|deouverture)(?:deperiode|au|le)?`,
		'soldeanterieur',
		'openingbalance',
		'report(?:solde)?',
		'soldereporte',
		'anfangssaldo',
	),
	rule(
		'closing',
		1,
		String.raw`(?:nouveau|dernier)solde(?:crediteur|debiteur)?`,
		String.raw`solde(?:final|decloture|finde|enfin|de?fin|actuel|disponible)(?:deperiode|au|le)?`,
		String.raw`solde(?:crediteur|debiteur)?(?:en)?(?:euros?)?au`,
		'closingbalance',
		'endsaldo',
	),
];

/** `Total (excl. VAT)`, `TTC (dont TVA)`: what a bracket adds belongs to the label before it. */
const aside = String.raw`(?:,?\(?(?:excl?|incl?|inkl|ohne|inclus|hors|dont|zzgl|comprise?)\.?(?:ust|mwst|vat|tva|tax|taxes)\.?\)?)?`;
const withAside = new Set<LabelKind>(['gross', 'net', 'payable']);

const rules = [...identifiers, ...days, ...money].map((one) => ({
	...one,
	pattern: new RegExp(withAside.has(one.kind) ? `(?:${one.pattern.source})${aside}` : one.pattern.source, 'gu'),
}));

const letter = /[\p{L}\p{N}]/u;

function boundaries(row: Row, from: number, to: number): boolean {
	const before = row.compact[from - 1];
	const after = row.compact[to];
	const startsWell = row.compactStart[from] === true || before === undefined || !letter.test(before);
	const endsWell = after === undefined || row.compactStart[to] === true || !letter.test(after) || (/\d/.test(after) && !/\d/.test(row.compact[to - 1] ?? ''));
	return startsWell && endsWell;
}

/** Ends of the runs of letters of `compact` that no wide gap parts: a label does not reach across columns. */
function chunksOf(row: Row): [number, number][] {
	const chunks: [number, number][] = [];
	let from = 0;
	for (let at = 1; at <= row.compact.length; at++) {
		const [left, right] = [row.tokens[row.compactOwner[at - 1] as number], row.tokens[row.compactOwner[at] as number]];
		const wide = left && right && left !== right && right.x0 - left.x1 > 2 * (right.y1 - right.y0);
		if (!wide && at < row.compact.length) continue;
		chunks.push([from, at]);
		from = at;
	}
	return chunks;
}

/** The labels in one row; where two overlap the longer one stays, so that `date d’échéance` is no `date`. */
export function labelsIn(row: Row): Label[] {
	const found: Label[] = [];
	const chunks = chunksOf(row).map(([from, to]) => ({ start: from, text: row.compact.slice(from, to) }));
	for (const { kind, strength, pattern } of rules)
		for (const [from, to] of chunks.flatMap(({ start, text }) =>
			[...text.matchAll(pattern)].map(({ 0: all, index }) => [start + index, start + index + all.length] as const),
		)) {
			if (to === from || !boundaries(row, from, to)) continue;
			const tokens = [...new Set(row.compactOwner.slice(from, to))].flatMap((place) => row.tokens[place] ?? []);
			found.push({ ...regionOf(tokens), kind, strength, row, from, to });
		}
	const longest = found.toSorted((one, other) => other.to - other.from - (one.to - one.from) || other.strength - one.strength);
	const kept: Label[] = [];
	for (const label of longest) if (!kept.some((other) => label.from < other.to && other.from < label.to)) kept.push(label);
	return kept.toSorted((one, other) => one.from - other.from);
}

/** All labels of the pages. */
export const labelsOf = (sheets: readonly Sheet[]): Label[] => sheets.flatMap((sheet) => sheet.rows.flatMap(labelsIn));
