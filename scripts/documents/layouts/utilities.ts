import { cut, dayOf, euros, firmOf, plusDays, printed } from '../facts.ts';
import { Paper } from '../paper.ts';
import { layout, type Layout } from './layout.ts';

/** Bills of those who deliver by the meter or the month, and hotels. */
export const utilities: Layout[] = [
	layout('électricité', 'purchase_invoice', true, (random, own) => {
		const issued = dayOf(random);
		const due = plusDays(issued, 16);
		const brand = random.pick(['Voltéo', 'Énergie du Ponant', 'Lumélec', 'Watt & Co']);
		const legal = firmOf(random);
		const subscription = random.int(900, 3500);
		const consumption = random.int(8000, 90_000);
		const taxes = random.int(400, 6000);
		const low = Math.round(subscription * 0.055);
		const high = Math.round((consumption + taxes) * 0.2);
		const net = subscription + consumption + taxes;
		const gross = net + low + high;
		const number = `10${random.int(100_000_000, 999_999_999)}`;
		const paper = new Paper();
		paper.text(40, 34, brand, { size: 22, bold: true, colour: '#0a6' });
		paper.lines(
			40,
			80,
			[
				'Vos références',
				`N° client : ${cut(String(random.int(100_000_000, 999_999_999)), 3, 3, 3)}`,
				`N° de compte : ${random.int(1_000_000_000, 9_999_999_999)}`,
				'Contrat : Pro 36 kVA',
			],
			{ size: 8 },
		);
		paper.lines(330, 110, [own.name.toUpperCase(), own.street.toUpperCase(), `${own.postcode} ${own.city.toUpperCase()}`], { size: 10 });
		paper.text(40, 170, `Facture du ${printed(issued, 'words')}`, { size: 14, bold: true });
		paper.text(40, 190, `N° de facture : ${cut(number, 2, 3, 3, 3)}`);
		paper.box(40, 215, 515, 60, '#e8f5ee');
		paper.text(55, 226, 'Montant total TTC', { size: 11 });
		paper.text(0, 224, `${euros(gross)} €`, { size: 16, bold: true, right: 540 });
		paper.text(55, 250, `à régler avant le ${printed(due)}`, { size: 10 });
		let y = 300;
		for (const [words, value] of [
			['Abonnement (HT)', subscription],
			[`Consommation du ${printed(plusDays(issued, -62))} au ${printed(plusDays(issued, -2))} (HT)`, consumption],
			['Taxes et contributions (HT)', taxes],
			['Total hors TVA', net],
			[`TVA à 5,50 % (sur ${euros(subscription)} €)`, low],
			[`TVA à 20,00 % (sur ${euros(consumption + taxes)} €)`, high],
			['Total TTC pour cette facture', gross],
		] as [string, number][]) {
			paper.text(40, y, words, { bold: words.startsWith('Total') });
			paper.text(0, y, `${euros(value)} €`, { right: 555, bold: words.startsWith('Total') });
			y += 17;
		}
		paper.text(
			40,
			y + 14,
			`Relevé : index début ${random.int(1000, 40_000)} - index fin ${random.int(40_001, 90_000)} - Point de livraison ${random.int(10_000_000, 99_999_999)}${random.int(100_000, 999_999)}`,
			{ size: 8 },
		);
		paper.text(40, y + 28, `Prochaine facture vers le ${printed(plusDays(issued, 60))}. Service client : 09 69 32 15 15 (appel non surtaxé).`, { size: 8 });
		paper.text(
			0,
			806,
			`${brand}, SA au capital de ${euros(123_456_700)} euros - ${cut(legal.siren, 3, 3, 3)} RCS Nanterre - TVA FR${legal.vat.slice(2, 4)} ${cut(legal.siren, 3, 3, 3)}`,
			{ size: 7, centre: 297 },
		);
		return { paper, truth: { number, issued_on: issued, due_on: due, net, vat: low + high, gross, supplier_name: brand, supplier_siren: legal.siren } };
	}),
	layout('gaz', 'purchase_invoice', false, (random, own) => {
		const issued = dayOf(random);
		const taken = plusDays(issued, 12);
		const legal = firmOf(random);
		const [a, b] = [random.int(1500, 4000), random.int(9000, 70_000)];
		const vat = Math.round(a * 0.055) + Math.round(b * 0.2);
		const gross = a + b + vat;
		const number = `FG${random.int(10_000_000, 99_999_999)}`;
		const paper = new Paper();
		paper.text(40, 40, 'GAZÉLIA', { size: 20, bold: true });
		paper.lines(330, 90, [own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.lines(40, 110, ['Votre facture de gaz', `Référence client : ${random.int(100_000, 999_999)}`, `Facture n° ${number} du ${printed(issued)}`], {
			size: 10,
		});
		paper.text(40, 190, 'Montant à payer', { size: 12, bold: true });
		paper.text(0, 190, `${euros(gross)} € TTC`, { size: 12, bold: true, right: 555 });
		paper.text(40, 208, `Prélèvement le ${printed(taken)} sur votre compte bancaire`);
		for (const [at, [words, value]] of (
			[
				['Abonnement', a],
				['Consommation', b],
				['Total HT', a + b],
				['Total TVA', vat],
				['Total TTC', gross],
			] as const
		).entries()) {
			paper.text(40, 250 + at * 16, words);
			paper.text(0, 250 + at * 16, `${euros(value)} €`, { right: 555 });
		}
		paper.text(40, 806, `GAZÉLIA SA - capital 15 000 000 € - RCS Paris ${cut(legal.siren, 3, 3, 3)} - N° TVA ${legal.vat}`, { size: 7 });
		return { paper, truth: { number, issued_on: issued, due_on: taken, net: a + b, vat, gross, supplier_name: 'GAZÉLIA', supplier_siren: legal.siren } };
	}),
	layout('téléphone', 'purchase_invoice', false, (random, own) => {
		const issued = dayOf(random);
		const legal = firmOf(random);
		const net = random.int(1500, 22_000);
		const vat = Math.round(net * 0.2);
		const number = `${random.int(100, 999)}${random.int(1_000_000, 9_999_999)}`;
		const paper = new Paper();
		paper.text(40, 36, 'Télécom Azur Pro', { size: 16, bold: true });
		paper.lines(40, 70, ['Service clients', 'TSA 10002', '59878 Lille cedex 9'], { size: 8 });
		paper.lines(340, 110, [own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.text(40, 180, `facture n° ${number}`, { size: 11, bold: true });
		paper.text(40, 196, `du ${printed(issued)}`, { size: 11 });
		paper.text(40, 212, `Compte client ${random.int(10_000_000, 99_999_999)}`);
		for (const [at, [words, value]] of (
			[
				['Vos abonnements et options', net],
				['Montant total HT', net],
				['TVA 20,00 %', vat],
				['Montant total TTC', net + vat],
			] as const
		).entries()) {
			paper.text(40, 260 + at * 18, words, { bold: at === 3 });
			paper.text(0, 260 + at * 18, euros(value), { right: 555, bold: at === 3 });
		}
		paper.text(40, 350, `Ce montant sera prélevé le ${printed(plusDays(issued, 10))} - montants exprimés en euros`);
		paper.text(40, 806, `Télécom Azur Pro - SAS au capital de 2 000 000 € - ${cut(legal.siren, 3, 3, 3)} RCS Lille`, { size: 7 });
		return {
			paper,
			truth: {
				number,
				issued_on: issued,
				due_on: plusDays(issued, 10),
				net,
				vat,
				gross: net + vat,
				supplier_name: 'Télécom Azur Pro',
				supplier_siren: legal.siren,
			},
		};
	}),
	layout('hôtel', 'purchase_invoice', true, (random, own) => {
		const issued = dayOf(random);
		const firm = firmOf(random, 5);
		const nights = random.int(1, 4);
		const room = random.int(7000, 16_000);
		const breakfast = random.int(900, 1600);
		const stay = 165 * nights;
		const ten = nights * room + nights * breakfast;
		const net = Math.round(ten / 1.1);
		const gross = ten + stay;
		const number = `H${random.int(10_000, 99_999)}`;
		const hotel = `Hôtel ${random.pick(['du Parc', 'Beaurivage', 'des Remparts', 'Le Cygne', 'Bellevue'])}`;
		const paper = new Paper(595, 842, 'serif');
		paper.text(0, 40, hotel, { size: 20, bold: true, centre: 297 });
		paper.text(0, 66, `${firm.street} - ${firm.postcode} ${firm.city} - Tél. ${firm.phone}`, { size: 9, centre: 297 });
		paper.lines(40, 120, [own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.lines(350, 120, [
			`Note n° ${number}`,
			`Chambre ${random.int(101, 412)}`,
			`Arrivée ${printed(plusDays(issued, -nights), 'short')}`,
			`Départ ${printed(issued, 'short')}`,
			`Éditée le ${printed(issued)}`,
		]);
		let y = 230;
		for (const [words, count, price] of [
			['Nuitée chambre double', nights, room],
			['Petit déjeuner', nights, breakfast],
			['Taxe de séjour', nights, 165],
		] as const) {
			paper.text(40, y, words);
			paper.text(300, y, String(count));
			paper.text(0, y, euros(price), { right: 420 });
			paper.text(0, y, euros(count * price), { right: 550 });
			y += 16;
		}
		paper.text(40, y + 20, `Total TTC : ${euros(gross)} EUR`, { bold: true, size: 11 });
		paper.text(40, y + 38, `dont TVA 10 % : ${euros(ten - net)}   Base HT : ${euros(net)}   Taxe de séjour non soumise : ${euros(stay)}`);
		paper.text(40, y + 56, `Carte bancaire : ${euros(gross)}    Solde : 0,00`);
		paper.text(0, 800, `${firm.form} ${firm.name} - SIRET ${firm.siret} - FR ${firm.vat.slice(2)}`, { size: 8, centre: 297 });
		return { paper, truth: { number, issued_on: issued, gross, supplier_name: hotel, supplier_siret: firm.siret } };
	}),
	layout('avoir', 'credit_note', false, (random, own) => {
		const [issued, firm, net] = [dayOf(random), firmOf(random), random.int(3000, 90_000)];
		const vat = Math.round(net * 0.2);
		const number = `AV${random.int(1000, 9999)}`;
		const origin = `FC${random.int(10_000, 99_999)}`;
		const paper = new Paper();
		paper.lines(40, 40, [firm.name, firm.street, `${firm.postcode} ${firm.city}`]);
		paper.lines(340, 100, [own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.text(40, 180, `AVOIR N° ${number}`, { size: 14, bold: true });
		paper.text(40, 200, `Date : ${printed(issued)}`);
		paper.text(40, 214, `Avoir sur facture n° ${origin}`);
		for (const [at, [words, value]] of (
			[
				['Retour de marchandise', net],
				['Total HT', net],
				['TVA 20 %', vat],
				['Total TTC', net + vat],
			] as const
		).entries()) {
			paper.text(40, 250 + at * 16, words);
			paper.text(0, 250 + at * 16, `${euros(value)} €`, { right: 555 });
		}
		paper.text(40, 800, `${firm.name} ${firm.form} - SIREN ${firm.siren} - TVA ${firm.vat}`, { size: 7 });
		return {
			paper,
			truth: { number, issued_on: issued, net, vat, gross: net + vat, invoice_reference: origin, supplier_name: firm.name, supplier_siren: firm.siren },
		};
	}),
	layout('note de crédit', 'credit_note', true, (random, own) => {
		const [issued, firm, net] = [dayOf(random), firmOf(random), random.int(3000, 90_000)];
		const vat = Math.round(net * 0.2);
		const number = `NC-${issued.slice(0, 4)}-${random.int(10, 99)}`;
		const paper = new Paper(595, 842, 'serif');
		paper.text(0, 40, "FACTURE D'AVOIR", { size: 16, bold: true, right: 555 });
		paper.lines(40, 40, [`${firm.form} ${firm.name}`, firm.street, `${firm.postcode} ${firm.city}`, `TVA : ${firm.vat}`]);
		paper.lines(340, 120, ['À l’attention de', own.name, own.street, `${own.postcode} ${own.city}`]);
		for (const [at, [head, value]] of (
			[
				['Numéro', number],
				['Date', printed(issued)],
				["Facture d'origine", `${issued.slice(0, 4)}-${random.int(100, 999)}`],
			] as const
		).entries()) {
			paper.text(40 + at * 130, 210, head, { bold: true });
			paper.text(40 + at * 130, 224, value);
		}
		paper.text(40, 260, 'Annulation partielle suite à erreur de tarif');
		paper.text(0, 260, `-${euros(net)}`, { right: 555 });
		for (const [at, [words, value]] of (
			[
				['Montant HT', net],
				['Montant TVA (20,00 %)', vat],
				['Montant TTC à votre crédit', net + vat],
			] as const
		).entries()) {
			paper.text(330, 300 + at * 16, words);
			paper.text(0, 300 + at * 16, `-${euros(value)} €`, { right: 555 });
		}
		return { paper, truth: { number, issued_on: issued, net: -net, vat: -vat, gross: -(net + vat), supplier_name: firm.name, supplier_vat_number: firm.vat } };
	}),
];
