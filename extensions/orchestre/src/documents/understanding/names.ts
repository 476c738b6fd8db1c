import { fold } from '../../platform/text.ts';

/** Legal forms as they stand in names, French first. */
export const legalForm =
	/(?<![\p{L}.])(?:S\.?A\.?R\.?L\.?|S\.?A\.?S\.?U?\.?|E\.?U\.?R\.?L\.?|S\.?A\.?|SCI|SNC|SCOP|SELARL|SELAS|SCP|GIE|SEM|SCA|EI|EIRL|GmbH(?: ?& ?Co\.?(?: ?KG)?)?|AG|KG|OHG|UG|GbR|e\.K\.|Ltd\.?|Limited|LLP|PLC|Inc\.?|LLC|Corp\.?|Corporation|B\.?V\.?|N\.?V\.?|SPRL|SRL|S\.?p\.?A\.?|S\.?L\.?U?\.?|S\.?à\.? ?r\.?l\.?|Pty|Oy|AB|A\/S|ApS)(?![\p{L}])/u;

/** A name without its legal form, punctuation and accents: what two spellings of one company share. */
export const nameKey = (name: string): string =>
	fold(name.replaceAll(new RegExp(legalForm, 'gu'), ' '))
		.replaceAll(/\b(?:societe|ste|ets|etablissements|entreprise|cabinet)\b/g, ' ')
		.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();

const never =
	/^(?:(?:la |votre |notre |tax |duplicata |original|copie )*(?:facture|invoice|rechnung|handelsrechnung|warenrechnung|beispiel|visualisierung|copyright|powered|eur|usd|siege|references?|abweichender|urn|devis|avoir|quote|quotation|estimate|receipt|recu|ticket|contrat|contract|page|seite|date|datum|total|montant|client|adresse|telephone|tel|fax|email|e-mail|mail|siret|siren|tva|rcs|iban|bic|bienvenue|merci|thank|original|duplicata|objet|reference|ref|numero|logo|bon|www|http|contact|description|designation|order|payment|paiement|conditions|releve|note|echeancier|espace|service|vos|votre|nos|notre|a partir|n°|no|compte|titulaire|delivery|livraison|banque|bank|summary|resume|proforma|pro forma|addition|table \d|caisse|couverts?|serveur|vendeur|verkaufer|kaufer|seller|buyer|fournisseur|acheteur|carte|cb|france|deutschland|germany|united|stylesheet|zugferd|version|codelisten|handelsregister|geschaftsfuhrer|sitz|ust|gln|id|nummer|globale|bestellung|lieferschein|wahrung|rechnungswahrung|testkennzeichen|anwendungsempfehlung|liefer|leistungs|beleg|kunden|unsere|ihre|weitere|code|capital|ape|naf|agence|horaires|ouvert|monsieur|madame|m\.|mme|mr|mrs|herr|herrn|frau|relation|besoin|une question|urgence|depannage))(?![\p{L}])/u;

/** Headings of tables, by themselves. */
const heading =
	/^(?:qte|qty|quant\p{L}*|prix(?: unitaire)?|p\.? ?u\.?|libelle|unites?|unit price|price|amount|taux|rate|remise|discount|base|net|brut|articles?|prestations?|produits?)(?: (?:ht|ttc|eur|€))?\.?$/u;

const compound =
	/^(?:rechnungs|leistungs|liefer|kunden|beleg|zahlungs|bestell|auftrags|artikel|umsatz|steuer)\p{L}*(?:nummer|datum|ersteller|empf[aä]nger|bedingungen|nr|adresse|steuer|zeitraum|bezeichnung|informationen)/u;

const street =
	/^(?:\d+[ ,]?(?:bis|ter)?[ ,]|(?:bp|cs|zi|za|zac|rue|avenue|av\.|bd|boulevard|place|pl\.|chemin|route|allee|impasse|quai|cours|square|cedex|immeuble|batiment|bat|residence|lieu-?dit|tour |etage|\p{L}+(?:str\.|strasse|straße|weg|platz|gasse|allee) ?\d))/u;

/** Whether a line can be the name of a company. */
export function canBeName(text: string): boolean {
	const plain = fold(text).trim();
	const letters = plain.match(/\p{L}/gu)?.length ?? 0;
	const figures = plain.match(/\d/g)?.length ?? 0;
	if (letters < 2 || letters < 1.5 * figures || text.length > 60 || text.trim().split(/\s+/).length > 8) return false;
	// Brands of the web are written small: `weclapp.com`.
	if (!/\p{Lu}|\d|^[a-z0-9-]+\.[a-z]{2,}$/u.test(text.trim())) return false;
	if (/@|www\.|https?:|[:;=?!%©]|\(c\)|€/iu.test(text) || street.test(plain) || never.test(plain) || heading.test(plain) || compound.test(plain)) return false;
	return !/\d{5}/.test(plain);
}

/** Cuts what follows a name in legal mentions: capital, register, share, address after a dash. */
export function tidyName(text: string): string {
	const cut =
		text
			.replace(/^(?:la |le )?(?:soci[eé]t[eé]|ste|raison sociale|dénomination|nom|name|firma|company)\s*:?\s+(?=\p{Lu})/iu, '')
			.split(/\s+(?:au capital|capital|immatricul|R\.?C\.?S|SIRE[NT]|TVA|N°|dont le si[eè]ge|si[eè]ge|- |– |— |• |· |\| )/iu)[0] ?? text;
	return cut
		.replace(/^[\s,;:.\-–—•·|*]+/u, '')
		.replace(/[\s,;:\-–—•·|*(]+$/u, '')
		.trim();
}

/** Share of the words of the shorter name that the other has, too. */
export function likeness(one: string, other: string): number {
	const [a, b] = [nameKey(one).split(' ').filter(Boolean), nameKey(other).split(' ').filter(Boolean)];
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	if (short.length === 0) return 0;
	return short.filter((word) => long.includes(word)).length / short.length;
}
