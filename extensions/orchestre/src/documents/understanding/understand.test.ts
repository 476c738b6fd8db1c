import { describe, expect, it } from 'vitest';
import type { FieldName, Understanding } from '../types.ts';
import { understand } from './index.ts';
import { pageOf, stranger } from './made-up.ts';

const own = { name: 'Atelier Lumen', siren: '732829320', vatNumber: 'FR44732829320', iban: null, emailDomain: 'atelier-lumen.fr' };
const valueOf = (understanding: Understanding, name: FieldName): string | number | undefined =>
	understanding.fields.find((field) => field.name === name)?.value;

const invoice = [
	'Menuiserie Kerval SARL',
	'12 rue des Lilas',
	'29000 Quimper',
	'',
	'                                                       Atelier Lumen',
	'                                                       4 place Bellecour',
	'                                                       69002 Lyon',
	'',
	'FACTURE N° FA-2026-0142',
	'Date de facturation : 12/03/2026            Date d’échéance : 11/04/2026',
	'',
	'Désignation                     Qté        P.U. HT       TVA        Total HT',
	'Porte en chêne                    2         450,00       10 %         900,00',
	'Pose 80 mm                     3,50          48,00       20 %         168,00',
	'',
	'Taux       Base HT       Montant TVA',
	'10 %        900,00             90,00',
	'20 %        168,00             33,60',
	'',
	'                                                  Total HT         1 068,00 €',
	'                                                  Total TVA          123,60 €',
	'                                                  Net à payer      1 191,60 €',
	'',
	'SARL au capital de 8 000 € - RCS Quimper 552 100 554 - TVA FR 21 552 100 554',
	'IBAN FR76 3000 6000 0112 3456 7890 189 - BIC AGRIFRPP',
];

describe('an invoice', () => {
	const understanding = understand(pageOf(invoice), own);

	it('is told from other papers, and ours from those we get', () => {
		expect(understanding.class).toBe('purchase_invoice');
		const ours = invoice.map((line) =>
			line
				.replace('Menuiserie Kerval SARL', 'Atelier Lumen')
				.replace('                    Atelier Lumen', '                    Mairie de Brest')
				.replaceAll(/552 100 554/g, '732 829 320')
				.replace('FR 21', 'FR 44'),
		);
		expect(understand(pageOf(ours), own).class).toBe('sales_invoice');
	});

	it('is ours where our number stands in the sender’s place, though the client’s stands on it, too; so is a credit note, and the parties follow', () => {
		const horizon = { name: 'Atelier Horizon SAS', siren: '552100554', vatNumber: null, iban: null, emailDomain: null };
		const client = { name: 'Menuiserie Le Goff SARL', siren: '732829320', vatNumber: null, iban: null, emailDomain: null };
		const right = ' '.repeat(55);
		const address = ['Menuiserie Le Goff SARL', '14 rue du Port', '29200 Brest', 'SIREN 732 829 320'].map((line) => right + line);
		const head = ['Atelier Horizon SAS', '8 quai de la Fosse', '44000 Nantes', 'SIRET 552 100 554 00013', 'TVA FR77552100554', '', ...address, ''];
		const table = ['Désignation        Qté      P.U. HT      TVA      Total HT', 'Conseil              2       450,00      20 %       900,00', ''];
		const sums = ['Total HT   900,00 €', 'TVA 20 %   180,00 €', 'Total TTC   1 080,00 €', 'IBAN FR76 3000 6000 0112 3456 7890 189 BIC AGRIFRPP'];
		const paper = (title: string): string[] => [...head, `${title} N° FAC-2026-000123`, 'Date : 12/03/2026', '', ...table, ...sums];
		for (const [title, sold, bought] of [
			['FACTURE', 'sales_invoice', 'purchase_invoice'],
			['AVOIR', 'credit_note', 'credit_note'],
		] as const) {
			const [ours, theirs] = [understand(pageOf(paper(title)), horizon), understand(pageOf(paper(title)), client)];
			expect([ours.class, theirs.class]).toEqual([sold, bought]);
			const parties = ['Atelier Horizon SAS', '552100554', 'Menuiserie Le Goff SARL', '732829320'];
			for (const found of [ours, theirs])
				expect((['supplier_name', 'supplier_siren', 'buyer_name', 'buyer_siren'] as const).map((name) => valueOf(found, name))).toEqual(parties);
		}
	});

	it('is no reminder of one, which would be the same debt twice; a line that recalls the terms makes none', () => {
		const reminder = ['Menuiserie Kerval SARL', '', 'RELANCE - RAPPEL DE FACTURE IMPAYÉE N° FA-2026-0142', '', 'Madame, Monsieur,', 'Sauf erreur de notre part, la facture ci-dessous reste impayée à ce jour.', '', 'Facture FA-2026-0142 du 12/03/2026     Échéance 11/04/2026     Net à payer 1 191,60 €', '', 'IBAN FR76 3000 6000 0112 3456 7890 189']; // prettier-ignore
		expect(understand(pageOf(reminder), own).class).toBe('other');
		expect(understand(pageOf([...invoice, 'Rappel de vos conditions de règlement : 30 jours']), own).class).toBe('purchase_invoice');
	});

	it('gives its number, its days, its sums and its parties', () => {
		const found = Object.fromEntries(understanding.fields.map(({ name, value }) => [name, value]));
		expect(found).toMatchObject({
			number: 'FA-2026-0142',
			issued_on: '2026-03-12',
			due_on: '2026-04-11',
			currency: 'EUR',
			net: 106_800,
			vat: 12_360,
			gross: 119_160,
			payable: 119_160,
			supplier_name: 'Menuiserie Kerval SARL',
			supplier_siren: '552100554',
			buyer_name: 'Atelier Lumen',
			iban: 'FR7630006000011234567890189',
			bic: 'AGRIFRPP',
		});
	});

	it('reads the table of goods and the VAT of each rate', () => {
		expect(understanding.lines.map(({ label, quantity, unitPrice, vatRate, net }) => ({ label, quantity, unitPrice, vatRate, net }))).toEqual([
			{ label: 'Porte en chêne', quantity: 2000, unitPrice: 45_000, vatRate: 1000, net: 90_000 },
			{ label: 'Pose 80 mm', quantity: 3500, unitPrice: 4800, vatRate: 2000, net: 16_800 },
		]);
		expect(understanding.vat.map(({ rate, base, vat }) => ({ rate, base, vat }))).toEqual([
			{ rate: 1000, base: 90_000, vat: 9000 },
			{ rate: 2000, base: 16_800, vat: 3360 },
		]);
	});

	it('says where each field stood, as shares of the page', () => {
		const number = understanding.fields.find(({ name }) => name === 'number');
		expect(number?.page).toBe(1);
		expect(number?.box?.[0]).toBeCloseTo((30 + 11 * 5) / 595, 2);
		expect(number?.box?.[1]).toBeCloseTo((40 + 8 * 14) / 842, 2);
	});

	it('trusts the sum rather than a label: a larger amount that adds up to nothing is not the total', () => {
		const lines = invoice.map((line) => (line.includes('Net à payer') ? 'Total des commandes de l’année 2025 : 9 800,00 €' : line));
		lines.splice(21, 0, '                                                  Total TTC        1 191,60 €');
		expect(valueOf(understand(pageOf(lines), own), 'gross')).toBe(119_160);
	});
});

describe('what is not printed', () => {
	it('is computed from the terms of payment, and its evidence says so', () => {
		const lines = invoice.map((line) => line.replace(/ +Date d’échéance : .*$/, '').replace('Pose ', 'Paiement à 30 jours fin de mois\nPose '));
		const due = understand(pageOf(lines.flatMap((line) => line.split('\n'))), own).fields.find(({ name }) => name === 'due_on');
		expect(due?.value).toBe('2026-04-30');
		expect(due?.evidence.computed).toBe(1);
	});
});

describe('a scan', () => {
	it('is put right where the check proves it, and letters among figures are read as figures', () => {
		const scanned = invoice.map((line) => line.replace('1 191,60 €', '1 l9l,6O €').replace('FR76 3000 6000', 'FR76 3OOO 6000'));
		const understanding = understand(pageOf(scanned, 'ocr'), own);
		expect(valueOf(understanding, 'gross')).toBe(119_160);
		expect(valueOf(understanding, 'iban')).toBe('FR7630006000011234567890189');
	});
});

describe('other papers', () => {
	it('a ticket gives its shop, its day and what was paid, not the cash that was given', () => {
		const understanding = understand(
			pageOf([
				'    BOULANGERIE DES HALLES',
				'    3 rue du Four',
				'    35000 Rennes',
				'',
				'Ticket n° 4521   14/05/2026 12:41',
				'2 x Pain complet        5,60',
				'Tarte aux pommes       14,00',
				'TOTAL                  19,60',
				'dont TVA 5,50 %         1,02',
				'Espèces                20,00',
				'Rendu                   0,40',
				'Merci de votre visite',
			]),
			stranger,
		);
		expect(understanding.class).toBe('receipt');
		expect(valueOf(understanding, 'gross')).toBe(1960);
		expect(valueOf(understanding, 'merchant')).toBe('BOULANGERIE DES HALLES');
		expect(valueOf(understanding, 'issued_on')).toBe('2026-05-14');
	});

	it('a card gives the person, the post, the company and the numbers', () => {
		const understanding = understand(
			pageOf([
				'NOVATECH Ingénierie',
				'',
				'Claire MOREAU',
				'Directrice commerciale',
				'Tél. : 02 98 44 10 20   Mobile : 06 12 34 56 78',
				'claire.moreau@novatech-ingenierie.fr',
				'www.novatech-ingenierie.fr',
				'8 quai Malbert 29200 Brest',
			]),
			stranger,
		);
		expect(understanding.class).toBe('business_card');
		expect(Object.fromEntries(understanding.fields.map(({ name, value }) => [name, value]))).toMatchObject({
			contact_first_name: 'Claire',
			contact_last_name: 'Moreau',
			contact_job: 'Directrice commerciale',
			contact_company: 'NOVATECH Ingénierie',
			contact_phone: '+33298441020',
			contact_mobile: '+33612345678',
			contact_email: 'claire.moreau@novatech-ingenierie.fr',
		});
	});

	it('a contract gives its parties, its term, its notice and its renewal', () => {
		const understanding = understand(
			pageOf([
				'CONTRAT DE MAINTENANCE',
				'',
				'Entre les soussignés :',
				'La société Ascenseurs Ponant, SAS au capital de 50 000 €, RCS Brest 552 100 554,',
				'ci-après « le Prestataire », d’une part,',
				'et la société Atelier Lumen, SARL au capital de 10 000 €, d’autre part,',
				'Article 1 - Objet : la maintenance des ascenseurs.',
				'Article 2 - Durée : le présent contrat prend effet le 1er janvier 2026 pour une durée de douze (12) mois.',
				'Il se renouvelle par tacite reconduction, sauf préavis de trois (3) mois.',
				'Article 3 - Prix : la redevance annuelle est de 2 400,00 € HT.',
				'Article 4 - Résiliation, force majeure et droit applicable.',
				'Fait à Brest, en deux exemplaires, le 12/12/2025',
			]),
			own,
		);
		expect(understanding.class).toBe('contract');
		expect(Object.fromEntries(understanding.fields.map(({ name, value }) => [name, value]))).toMatchObject({
			supplier_name: 'Ascenseurs Ponant',
			contract_kind: 'maintenance',
			starts_on: '2026-01-01',
			ends_on: '2026-12-31',
			notice_days: 90,
			renewal: 'tacit',
			amount: 240_000,
		});
	});

	it('bank details give the account and its holder, from the boxes of a RIB too', () => {
		const understanding = understand(
			pageOf([
				'RELEVÉ D’IDENTITÉ BANCAIRE',
				'Crédit Agricole du Finistère',
				'Titulaire du compte : ATELIER LUMEN',
				'Code banque   Code guichet   N° de compte     Clé',
				'30006         00001          12345678901      89',
				'BIC : AGRIFRPP',
			]),
			stranger,
		);
		expect(understanding.class).toBe('bank_details');
		expect(valueOf(understanding, 'iban')).toBe('FR7630006000011234567890189');
		expect(valueOf(understanding, 'account_holder')).toBe('ATELIER LUMEN');
	});

	it('an empty page is another paper, with nothing in it', () => {
		// Nothing speaks for it: it is only that nothing else is.
		for (const text of [[], ['Bonjour'], ['Zorglub 12', 'à voir avec Paul']])
			expect(understand(pageOf(text), stranger).classConfidence).toBeLessThanOrEqual(0.5);
		expect(understand(pageOf([]), stranger)).toMatchObject({ class: 'other', fields: [], lines: [] });
	});
});
