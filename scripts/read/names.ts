import type { DocumentClass, DocumentRead, FieldName, FieldSource } from '../../extensions/orchestre/src/documents/types.ts';

/** What people call classes, fields and sources, on the command line. */
export const classNames: Record<DocumentClass, string> = {
	sales_invoice: 'Facture de vente',
	purchase_invoice: 'Facture d’achat',
	credit_note: 'Avoir',
	quote: 'Devis',
	receipt: 'Ticket ou reçu',
	contract: 'Contrat',
	business_card: 'Carte de visite',
	bank_statement: 'Relevé bancaire',
	bank_details: 'RIB',
	other: 'Autre document',
};

export const fieldNames: Record<FieldName, string> = {
	supplier_name: 'Fournisseur',
	supplier_siren: 'SIREN du fournisseur',
	supplier_siret: 'SIRET du fournisseur',
	supplier_vat_number: 'N° de TVA du fournisseur',
	supplier_address: 'Adresse du fournisseur',
	supplier_electronic_address: 'Adresse électronique du fournisseur',
	buyer_name: 'Client',
	buyer_siren: 'SIREN du client',
	buyer_siret: 'SIRET du client',
	buyer_vat_number: 'N° de TVA du client',
	buyer_address: 'Adresse du client',
	buyer_electronic_address: 'Adresse électronique du client',
	iban: 'IBAN',
	bic: 'BIC',
	bank_name: 'Banque',
	account_holder: 'Titulaire du compte',
	number: 'Numéro',
	issued_on: 'Date',
	due_on: 'Échéance',
	delivered_on: 'Livraison',
	valid_until: 'Valable jusqu’au',
	currency: 'Devise',
	net: 'Total HT',
	vat: 'TVA',
	gross: 'Total TTC',
	paid: 'Déjà payé',
	payable: 'Net à payer',
	order_reference: 'Référence de commande',
	invoice_reference: 'Facture concernée',
	contract_kind: 'Nature du contrat',
	starts_on: 'Début',
	ends_on: 'Fin',
	notice_days: 'Préavis (jours)',
	renewal: 'Reconduction',
	amount: 'Montant',
	merchant: 'Commerçant',
	contact_first_name: 'Prénom',
	contact_last_name: 'Nom',
	contact_job: 'Fonction',
	contact_company: 'Société',
	contact_email: 'E-mail',
	contact_phone: 'Téléphone',
	contact_mobile: 'Mobile',
	contact_address: 'Adresse',
	contact_website: 'Site web',
	opening_balance: 'Solde initial',
	closing_balance: 'Solde final',
};

export const amounts: readonly FieldName[] = ['net', 'vat', 'gross', 'paid', 'payable', 'amount', 'opening_balance', 'closing_balance'];

export const sourceNames: Record<FieldSource, string> = { xml: 'XML', text: 'texte', ocr: 'image', ai: 'IA', person: 'personne' };

export const methodNames: Record<DocumentRead['method'], string> = {
	xml: 'facture électronique (XML)',
	text: 'texte du fichier',
	ocr: 'reconnaissance de l’image',
	none: 'non lu',
};

export const verdictNames = { valid: 'valide', invalid: 'non conforme', refused: 'non prise en charge' } as const;
