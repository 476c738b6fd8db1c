import { fold } from '../../platform/text.ts';
import type { DocumentClass, Reading } from '../types.ts';
import type { Context } from './context.ts';
import type { Identifier } from './identifiers.ts';

/** What a class is told by: a pattern on the folded text, its weight in log-odds, and how often it counts at most. */
type Sign = { pattern: RegExp; weight: number; most: number; title?: boolean };
type Kind = Exclude<DocumentClass, 'sales_invoice' | 'purchase_invoice'> | 'invoice';

const sign = (pattern: RegExp, weight: number, most = 1): Sign => ({ pattern: new RegExp(pattern.source, 'g'), weight, most });
const title = (pattern: RegExp, weight: number): Sign => ({ ...sign(pattern, weight), title: true });

const signs: Record<Kind, Sign[]> = {
	invoice: [
		title(/\b(?:facture|note n|folio|invoice|rechnung|handelsrechnung|warenrechnung|beitragsrechnung|note d'honoraires|tax invoice|facturation)\b/, 2.2),
		sign(
			/\b(?:facture|invoice|rechnungs?)[ -]?(?:n°|no\b|nr|number|nummer|#|num)|(?:n°|numero|reference) (?:de |de la |de votre )?facture|rechnungsnummer|\binvoice id\b/,
			1.8,
		),
		sign(/date (?:de |d')?(?:facture|facturation|echeance)|invoice date|due date|rechnungsdatum|echeance/, 0.9, 2),
		sign(
			/net a payer|montant a payer|total a payer|a regler avant|amount due|balance due|zahlbetrag|conditions de (?:reglement|paiement)|date limite de paiement/,
			0.6,
			2,
		),
		sign(/penalites? de retard|indemnite forfaitaire|escompte/, 0.6, 2),
		sign(/\bfactures?\b|\binvoices?\b|rechnung/, 0.25, 4),
		sign(/rib|iban/, 0.15),
	],
	credit_note: [
		title(/\b(?:facture d'avoir|avoir|credit note|credit memo|note de credit|rechnungskorrektur)\b/, 4.2),
		sign(
			/\bavoir (?:n°|no\b|numero|numero)|n° (?:d'|de l')avoir|date (?:de l'|d')avoir|credit note (?:no|number|#)|avoir sur (?:la )?facture|facture d'avoir|gutschrifts?-?(?:nr|nummer)/,
			2.2,
		),
		sign(/annul(?:e|ation) (?:de )?(?:la )?facture|remboursement|montant credite|total avoir|rechnungskorrektur/, 0.7, 2),
	],
	quote: [
		title(/\b(?:devis|proposition commerciale|offre de prix|offre commerciale|quote|quotation|estimate|angebot|cotation|facture pro ?forma|proforma)\b/, 3.6),
		sign(/devis (?:n°|no\b|numero|nr|#)|n° (?:de |du )?devis|date (?:du |de )?devis|quote (?:no|number|#)|reference (?:du )?devis/, 1.8),
		sign(
			/bon pour accord|valable jusqu|validite (?:du |de l'|de )|duree de validite|offre valable|devis valable|valid until|signature (?:du client|precedee)/,
			1.3,
			2,
		),
		sign(/\bdevis\b/, 0.4, 3),
	],
	receipt: [
		title(
			/\b(?:ticket(?: de caisse)?|recu|receipt|addition|ticket client|note de restaurant|ticket de carte bancaire|carte bancaire|justificatif de paiement|justificatif)\b/,
			1.8,
		),
		sign(/ticket (?:client|de caisse|a conserver|n°|no)|a conserver|duplicata/, 1.2, 2),
		sign(
			/\b(?:rendu(?: monnaie)?|especes|sans contact|carte bancaire|\bcb\b|\bemv\b|montant reel|debit|no ?auto|autorisation|mastercard|visa|cartes? bleue)\b/,
			0.6,
			4,
		),
		sign(
			/\b(?:caisse|caissier|caissiere|serveu(?:r|se)|couverts?|table|hotesse|operateur|vendeu(?:r|se)|magasin|pompe|volume|taxi|course|licence|entree|sortie|distance|sp95|sp98|gazole|gasoil|peage|stationnement|parking|horodateur)\b/,
			0.5,
			4,
		),
		sign(/(?:montant|total) (?:acquitte|regle|paye|debite)|paye(?:e)? (?:par|en)|regle(?:e)? (?:par|en)|payment method|paid by/, 0.9),
		sign(/merci (?:de|pour) votre (?:visite|achat|confiance)|a bientot|au revoir|bonne journee|merci et a/, 1, 2),
		sign(/\b\d{2}[:h]\d{2}(?::\d{2})?\b/, 0.4),
		sign(/\bsubtotal\b|\bchange\b|\bcashier\b|thank you/, 0.4, 3),
	],
	contract: [
		title(/\b(?:contrat|convention|accord|avenant|bail|contract|agreement|conditions particulieres|mandat|protocole)\b/, 2.6),
		sign(/entre les soussignes|ci-apres|d'une part|d'autre part|les parties|between the parties|hereinafter/, 1.3, 4),
		sign(/\barticle \d+|\barticle premier|\b\d+\. (?:objet|duree|resiliation|prix)|article i\b/, 0.6, 5),
		sign(
			/tacite reconduction|preavis|resiliation|prend effet|duree (?:du|de la|d'engagement|initiale)|droit applicable|juridiction|tribunal|confidentialite|force majeure|termination|governing law/,
			0.7,
			6,
		),
		sign(/lu et approuve|fait a .{2,30} le|en deux exemplaires|en double exemplaire|signature/, 0.8, 3),
	],
	business_card: [],
	bank_statement: [
		title(
			/\b(?:releve(?: d[eu]s?)?(?: votre| mensuel)? ?(?:compte|operations?)?|extrait de compte|bank statement|account statement|kontoauszug|releve)\b/,
			2.2,
		),
		sign(/releve (?:de |d'|des |du )(?:compte|operations|identite)|extrait de (?:votre )?compte|statement of account|kontoauszug/, 1.5),
		sign(
			/(?:ancien|nouveau|precedent) solde|solde (?:precedent|initial|final|crediteur|debiteur|au|anterieur|d'ouverture|de cloture)|opening balance|closing balance/,
			1.5,
			3,
		),
		sign(/date (?:de )?valeur|\bvaleur\b|\bdebit\b|\bcredit\b|libelle|nature (?:de l'|des )operation|total des (?:operations|mouvements)/, 0.6, 5),
		sign(/\b(?:vir(?:ement)?|prlv|prelevement|cheque|retrait dab|carte|cotisation|frais)\b/, 0.2, 8),
	],
	bank_details: [
		title(/releve d'identite bancaire|\br\.?i\.?b\.?\b|identite bancaire|coordonnees bancaires|bank details|iban/, 2.6),
		sign(/releve d'identite bancaire|identifiant (?:national|international) de compte|international bank account/, 2, 2),
		sign(/code banque|code guichet|cle rib|n° (?:de |du )?compte|domiciliation|\bguichet\b|\bcle\b/, 0.9, 5),
		sign(/titulaire(?: du compte)?|account owner|account holder/, 0.9),
		sign(/\bbic\b|\bswift\b|\biban\b/, 0.5, 2),
		sign(/facture|invoice|total|montant|solde/, -1, 3),
	],
	other: [
		title(
			/bon de (?:livraison|commande|reception|preparation)|bordereau|delivery note|packing list|lieferschein|purchase order|bulletin de (?:paie|salaire)|fiche de paie|attestation|extrait kbis|certificat|avis d'imp|curriculum|compte[- ]rendu|proces-verbal|mode d'emploi|notice|rapport|convocation|ordre du jour|echeancier/,
			2.6,
		),
		// A reminder names the invoice, its sum and its due date: taken for one, the debt would be there twice.
		title(
			/(?:^|\n)(?:\d+(?:e|er|ere|re|nde?|st|nd) )?(?:relance|rappel|mise en demeure|lettre de (?:relance|rappel)|payment reminder|mahnung|zahlungserinnerung)\b(?! (?:des? )?(?:vos?|votre|vous|conditions?|references?))/,
			5,
		),
		sign(
			/(?:relance|rappel|reglement) (?:de |d'une |de la |des |pour )?factures? (?:impayee|echue|non reglee|en retard)|mise en demeure de payer|reste(?:nt)? (?:a ce jour )?(?:impayee?s?|due?s?)|sauf erreur (?:ou omission )?de notre part|votre compte presente un solde/,
			2,
			2,
		),
		sign(/madame,? monsieur|veuillez agreer|salutations distinguees|nous vous informons|je vous prie|cordialement|dear (?:sir|madam)/, 1, 3),
	],
};

/** What nothing speaks for is “other” for want of anything better: as sure as that, and no surer. */
const unproven = 0.5;

const softmax = (scores: Record<string, number>): Record<string, number> => {
	const most = Math.max(...Object.values(scores));
	const powers = Object.entries(scores).map(([kind, score]) => [kind, Math.exp(score - most)] as const);
	const sum = powers.reduce((total, [, power]) => total + power, 0);
	return Object.fromEntries(powers.map(([kind, power]) => [kind, power / sum]));
};

/** The large or early lines in which a document says what it is. */
function titlesOf(context: Context): string {
	const [first] = context.sheets;
	if (!first) return '';
	const heights = first.rows.flatMap((row) => row.tokens.map((token) => token.y1 - token.y0)).toSorted((one, other) => one - other);
	const usual = heights[Math.floor(heights.length / 2)] ?? 10;
	return first.rows
		.filter((row) => row.y0 < 0.5 * first.height)
		.flatMap((row) =>
			row.text
				.split('\t')
				.filter((cell) => cell.length < 60)
				.filter((cell, _place) => row.y1 - row.y0 > 1.25 * usual || row.index < 6 || /^[\p{Lu}\d\s°N'’.:/-]{4,}$/u.test(cell)),
		)
		.map((cell) => fold(cell))
		.join('\n');
}

/** A card: few words, an e-mail or a phone, no sums. */
function cardScore(context: Context, words: number, identifiers: readonly Identifier[]): number {
	const mail = identifiers.some(({ kind }) => kind === 'email');
	const site = identifiers.some(({ kind }) => kind === 'website');
	const text = context.rows.map((row) => row.text).join(' ');
	const phone = /(?:\+\d{2}|0\d)(?:[ .-]?\(?0?\)?[ .-]?\d){8,10}/.test(text);
	const money = context.amounts.filter(({ currency, decimals, repaired }) => !repaired && (currency !== null || decimals === 2)).length;
	const [sheet] = context.sheets;
	const wide = sheet && sheet.height > 0 ? sheet.width / sheet.height : 1;
	return (
		(mail ? 1.6 : 0) +
		(phone ? 1.2 : 0) +
		(site ? 0.6 : 0) +
		(words < 20 ? 1.8 : words < 45 ? 1.4 : words < 70 ? 0 : -3) -
		1.8 * Math.min(3, money) +
		(wide > 1.3 || wide < 0.7 ? 0.3 : 0) -
		1.2
	);
}

/** What kind of document it is, with the probability of each class; `sales` splits invoices. */
export function classify(reading: Reading, context: Context, identifiers: readonly Identifier[], sales: number): Partial<Record<DocumentClass, number>> {
	if (reading.format === 'vcard') return { business_card: 1 };
	const text = context.rows.map((row) => fold(row.text).replaceAll('\t', ' ')).join('\n');
	const titles = `${titlesOf(context)}\n${context.rows
		.slice(0, 25)
		.map(({ compact }) => compact)
		.filter((line) => line.length < 40)
		.join('\n')}`;
	const words = text.split(/\s+/).filter((word) => word.length > 1).length;
	if (words < 2) return { other: unproven };
	const scores: Record<string, number> = {};
	const signsOf = (list: readonly Sign[]): number =>
		list.reduce((sum, { pattern, weight, most, title: isTitle }) => sum + weight * Math.min(most, (isTitle ? titles : text).match(pattern)?.length ?? 0), 0);
	const hasSigns = signsOf(signs.other) > 0;
	for (const [kind, list] of Object.entries(signs)) if (list.length > 0) scores[kind] = signsOf(list) - 0.5;
	const named = context.labels.filter(({ kind, strength }) => kind === 'number' && strength === 1).length;
	const totals = (kind: 'gross' | 'net' | 'payable' | 'vat'): boolean => context.amounts.some(({ kinds }) => (kinds[kind] ?? 0) > 0.5);
	const adds = Number(totals('gross') || totals('payable')) + Number(totals('net')) + Number(totals('vat'));
	for (const kind of ['invoice', 'credit_note', 'quote'] as const)
		scores[kind] = (scores[kind] ?? 0) + 0.4 * adds + (kind === 'invoice' ? 0.5 * Math.min(1, named) : 0);
	scores.other = (scores.other ?? 0) + 2.1 - (adds >= 2 ? 2.5 : 0);
	scores.business_card = cardScore(context, words, identifiers);
	const [sheet] = context.sheets;
	const sums = context.amounts.filter(({ currency, decimals, percent }) => !percent && (currency !== null || decimals === 2)).length;
	// A roll of paper is long, or small: 90 mm at most.
	const roll = sheet !== undefined && (sheet.height / sheet.width > 1.55 || sheet.width < 260);
	if (roll && sums > 0) scores.receipt = (scores.receipt ?? 0) + 1.6;
	if (words < 90 && sums > 0) scores.receipt = (scores.receipt ?? 0) + 0.7;
	if (sums === 0) for (const kind of ['invoice', 'receipt', 'credit_note', 'bank_statement']) scores[kind] = (scores[kind] ?? 0) - 2.5;
	if (sums > 1) scores.bank_details = (scores.bank_details ?? 0) - 1.5;
	if (words > 250) scores.receipt = (scores.receipt ?? 0) - 1.5;
	if (words < 150) scores.contract = (scores.contract ?? 0) - 1.5;
	if (!identifiers.some(({ kind }) => kind === 'iban') && !/\brib\b/.test(text)) scores.bank_details = (scores.bank_details ?? 0) - 2.5;
	const { invoice = 0, other = 0, ...shares } = softmax(scores);
	return { ...shares, other: hasSigns ? other : Math.min(other, unproven), sales_invoice: invoice * sales, purchase_invoice: invoice * (1 - sales) };
}
