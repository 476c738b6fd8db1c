import { cut, dayOf, euros, firmOf, grouped, percent, plusDays, printed, quantityText, sumOf } from '../facts.ts';
import { Paper } from '../paper.ts';
import { layout, type Layout } from './layout.ts';

/** Invoices of small firms, as French accounting programs and word processors print them. */
export const invoices: Layout[] = [
	layout('facture artisan', 'purchase_invoice', false, (random, own) => {
		const [seller, sum, issued] = [firmOf(random, random.int(0, 1)), sumOf(random), dayOf(random)];
		const due = plusDays(issued, 30);
		const number = `FA${issued.slice(0, 4)}${String(random.int(1, 999)).padStart(4, '0')}`;
		const paper = new Paper();
		paper.text(40, 36, `${seller.name} ${seller.form}`, { size: 15, bold: true });
		paper.lines(40, 58, [seller.street, `${seller.postcode} ${seller.city}`, `Tél. ${seller.phone}`, seller.email]);
		paper.lines(330, 120, [own.name, own.street, `${own.postcode} ${own.city}`], { size: 10 });
		paper.text(40, 200, `FACTURE N° ${number}`, { size: 13, bold: true });
		paper.text(40, 218, `Date : ${printed(issued)}`);
		paper.text(40, 232, `Échéance : ${printed(due)}`);
		const columns = [40, 300, 355, 430, 490];
		for (const [at, title] of ['Désignation', 'Qté', 'P.U. HT', 'TVA', 'Montant HT'].entries()) paper.text(columns[at] ?? 40, 262, title, { bold: true });
		let y = 280;
		for (const goods of sum.goods) {
			paper.text(40, y, goods.label);
			paper.text(0, y, quantityText(goods.quantity), { right: 335 });
			paper.text(0, y, euros(goods.price), { right: 410 });
			paper.text(0, y, percent(goods.rate), { right: 465 });
			paper.text(0, y, euros(goods.net), { right: 550 });
			y += 16;
		}
		for (const [words, value] of [['Total HT', sum.net], ...sum.rates.map(({ rate, vat }) => [`TVA ${percent(rate)}`, vat]), ['Total TTC', sum.gross]] as [
			string,
			number,
		][]) {
			y += 15;
			paper.text(400, y, words);
			paper.text(0, y, `${euros(value)} €`, { right: 550 });
		}
		paper.text(40, y + 40, 'Règlement par virement à 30 jours. Pas d’escompte pour paiement anticipé.');
		paper.text(40, y + 54, 'En cas de retard : pénalités au taux de 3 fois l’intérêt légal et indemnité forfaitaire de 40 €.', { size: 8 });
		paper.text(40, y + 72, `IBAN ${grouped(seller.iban, 4)}   BIC ${seller.bic}`);
		paper.text(
			0,
			810,
			`${seller.name} - ${seller.form} au capital de ${euros(seller.capital * 100)} € - SIRET ${cut(seller.siret, 3, 3, 3, 5)} - TVA ${seller.vat}`,
			{ size: 7, centre: 297 },
		);
		return {
			paper,
			truth: {
				number,
				issued_on: issued,
				due_on: due,
				net: sum.net,
				vat: sum.vat,
				gross: sum.gross,
				supplier_name: seller.name,
				buyer_name: own.name,
				supplier_siret: seller.siret,
				supplier_vat_number: seller.vat,
				iban: seller.iban,
				bic: seller.bic,
			},
		};
	}),
	layout('facture bandeau', 'purchase_invoice', true, (random, own) => {
		const [seller, sum, issued] = [firmOf(random), sumOf(random), dayOf(random)];
		const due = plusDays(issued, random.pick([15, 45, 60]));
		const number = String(random.int(100_000, 999_999));
		const paper = new Paper(595, 842, 'serif');
		paper.box(0, 0, 595, 70, '#1f3a5f');
		paper.text(40, 24, seller.name.toUpperCase(), { size: 20, bold: true, colour: '#ffffff' });
		paper.lines(350, 90, ['Adressé à :', own.name, own.street, `${own.postcode} ${own.city}`, 'France']);
		paper.lines(40, 90, [seller.street, `${seller.postcode} ${seller.city}`, seller.site]);
		const heads: [string, string][] = [
			['Pièce n°', number],
			['Émise le', printed(issued, 'dot')],
			['Code client', `C${random.int(1000, 9999)}`],
			['À payer avant le', printed(due, 'dot')],
			['Page', '1/1'],
		];
		for (const [at, [head, value]] of heads.entries()) {
			paper.box(40 + at * 103, 190, 103, 36);
			paper.text(0, 195, head, { size: 8, centre: 91 + at * 103 });
			paper.text(0, 209, value, { size: 10, bold: true, centre: 91 + at * 103 });
		}
		paper.text(40, 168, 'Facture', { size: 16, bold: true });
		let y = 250;
		paper.text(40, y, 'Réf.', { bold: true });
		paper.text(110, y, 'Libellé', { bold: true });
		paper.text(0, y, 'Quantité', { bold: true, right: 400 });
		paper.text(0, y, 'Prix unit. net', { bold: true, right: 475 });
		paper.text(0, y, 'Montant', { bold: true, right: 555 });
		for (const goods of sum.goods) {
			y += 18;
			paper.text(40, y, goods.reference);
			paper.text(110, y, goods.label);
			paper.text(0, y, `${quantityText(goods.quantity)} ${goods.unit}`, { right: 400 });
			paper.text(0, y, euros(goods.price), { right: 475 });
			paper.text(0, y, euros(goods.net), { right: 555 });
		}
		y = 640;
		const foot: [string, string][] = [
			['Total H.T.', euros(sum.net)],
			['Taux', sum.rates.map(({ rate }) => percent(rate)).join(' / ')],
			['Total T.V.A.', euros(sum.vat)],
			['Total T.T.C.', euros(sum.gross)],
			['Acompte', '0,00'],
			['NET À PAYER', `${euros(sum.gross)} EUR`],
		];
		for (const [at, [head, value]] of foot.entries()) {
			paper.box(40 + at * 86, y, 86, 38);
			paper.text(0, y + 5, head, { size: 8, bold: at === 5, centre: 83 + at * 86 });
			paper.text(0, y + 20, value, { size: at === 1 ? 8 : 10, bold: at === 5, centre: 83 + at * 86 });
		}
		paper.text(40, 700, `Coordonnées bancaires : ${grouped(seller.iban, 4)} / ${seller.bic}`);
		paper.text(
			0,
			800,
			`${seller.form} ${seller.name} au capital de ${seller.capital} euros, ${seller.siren} RCS ${seller.city}, n° TVA intracommunautaire ${seller.vat}`,
			{ size: 7, centre: 297 },
		);
		return {
			paper,
			truth: {
				number,
				issued_on: issued,
				due_on: due,
				net: sum.net,
				vat: sum.vat,
				gross: sum.gross,
				supplier_name: seller.name,
				buyer_name: own.name,
				supplier_siren: seller.siren,
				supplier_vat_number: seller.vat,
				iban: seller.iban,
			},
		};
	}),
	layout('auto-entrepreneur', 'purchase_invoice', false, (random, own) => {
		const [seller, sum, issued] = [firmOf(random, 6), sumOf(random, 3, 0), dayOf(random)];
		const number = `${issued.slice(0, 4)}-${String(random.int(1, 60)).padStart(3, '0')}`;
		const paper = new Paper();
		paper.lines(40, 40, [seller.name, 'Entrepreneur individuel', seller.street, `${seller.postcode} ${seller.city}`, `SIRET : ${seller.siret}`]);
		paper.lines(360, 110, ['Client', own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.text(0, 190, 'Facture', { size: 18, centre: 297 });
		paper.text(40, 225, `Facture numéro ${number}`);
		paper.text(40, 239, `Fait le ${printed(issued, 'words')}`);
		let y = 275;
		paper.rule(40, y - 4, 515);
		for (const goods of sum.goods) {
			paper.text(40, y, `${goods.label} (${quantityText(goods.quantity)} x ${euros(goods.price)} €)`);
			paper.text(0, y, `${euros(goods.net)} €`, { right: 555 });
			y += 17;
		}
		paper.rule(40, y, 515);
		paper.text(380, y + 10, 'Total à payer', { bold: true });
		paper.text(0, y + 10, `${euros(sum.net)} €`, { bold: true, right: 555 });
		paper.text(40, y + 40, 'TVA non applicable, article 293 B du CGI.');
		paper.text(40, y + 56, 'Paiement à réception de la facture, par virement :');
		paper.text(40, y + 70, `IBAN : ${seller.iban}`);
		return {
			paper,
			truth: { number, issued_on: issued, due_on: issued, gross: sum.net, supplier_name: seller.name, supplier_siret: seller.siret, iban: seller.iban },
		};
	}),
	layout('facture chantier', 'purchase_invoice', false, (random, own) => {
		const [seller, sum, issued] = [firmOf(random, 0), sumOf(random, 5), dayOf(random)];
		const deposit = Math.round(sum.gross * 0.3);
		const number = `SIT-${random.int(10, 99)}/${issued.slice(2, 4)}`;
		const paper = new Paper();
		paper.mark(40, 30, 44, '#b5651d');
		paper.text(95, 40, `${seller.form} ${seller.name}`, { size: 14, bold: true });
		paper.text(95, 58, `${seller.street} · ${seller.postcode} ${seller.city} · ${seller.phone}`, { size: 8 });
		paper.lines(320, 100, ['DOIT', own.name.toUpperCase(), own.street, `${own.postcode} ${own.city.toUpperCase()}`], { size: 11 });
		paper.text(40, 190, `${seller.city}, le ${printed(issued, 'words')}`);
		paper.text(40, 212, `Situation de travaux valant facture n° ${number}`, { size: 12, bold: true });
		paper.text(40, 230, `Chantier : réfection des bureaux — Marché du ${printed(plusDays(issued, -120))}`);
		let y = 262;
		for (const goods of sum.goods) {
			paper.text(40, y, goods.label);
			paper.text(0, y, quantityText(goods.quantity), { right: 330 });
			paper.text(340, y, goods.unit);
			paper.text(0, y, euros(goods.price), { right: 440 });
			paper.text(0, y, euros(goods.net), { right: 550 });
			y += 15;
		}
		y += 10;
		for (const [words, value] of [
			['Montant des travaux HT', sum.net],
			...sum.rates.flatMap(({ rate, base, vat }) => [[`TVA ${percent(rate)} sur ${euros(base)}`, vat]]),
			['Montant TTC', sum.gross],
			['À déduire : acompte reçu', -deposit],
			['Reste à payer', sum.gross - deposit],
		] as [string, number][]) {
			paper.text(330, y, words, { bold: words === 'Reste à payer' });
			paper.text(0, y, `${euros(value)} €`, { right: 550, bold: words === 'Reste à payer' });
			y += 15;
		}
		paper.text(40, y + 20, 'Échéance : 30 jours fin de mois.');
		paper.text(
			40,
			800,
			`Siret ${cut(seller.siret, 3, 3, 3, 5)} - APE 4332A - TVA intracom. ${cut(seller.vat, 4, 3, 3, 3)} - Assurance décennale n° ${random.int(1_000_000, 9_999_999)}`,
			{ size: 7 },
		);
		const after = plusDays(issued, 30);
		const due = new Date(Date.UTC(Number(after.slice(0, 4)), Number(after.slice(5, 7)), 0)).toISOString().slice(0, 10);
		return {
			paper,
			truth: {
				number,
				issued_on: issued,
				due_on: due,
				net: sum.net,
				vat: sum.vat,
				gross: sum.gross,
				payable: sum.gross - deposit,
				supplier_name: seller.name,
				buyer_name: own.name,
				supplier_siret: seller.siret,
			},
		};
	}),
	layout('saas anglais', 'purchase_invoice', true, (random, own) => {
		const issued = dayOf(random);
		const brand = random.pick(['Northlane', 'Quillbase', 'Hexapath', 'Cloudrill', 'Tessera Labs']);
		const price = random.pick([2900, 4900, 12_000, 19_900]);
		const seats = random.int(1, 12);
		const total = price * seats;
		const number = `${random.pick(['A7F2', 'INV', '9C01B'])}-${String(random.int(1, 99)).padStart(4, '0')}`;
		const paper = new Paper();
		paper.text(50, 50, 'Invoice', { size: 20, bold: true });
		paper.text(0, 50, brand, { size: 14, bold: true, right: 545 });
		for (const [at, [head, value]] of (
			[
				['Invoice number', number],
				['Date of issue', printed(issued, 'english')],
				['Date due', printed(issued, 'english')],
			] as const
		).entries()) {
			paper.text(50, 85 + at * 14, head, { bold: true });
			paper.text(140, 85 + at * 14, value);
		}
		paper.lines(50, 145, [
			`${brand}, Inc.`,
			'548 Market Street',
			'San Francisco, CA 94104',
			'United States',
			`billing@${brand.toLowerCase().replaceAll(' ', '')}.com`,
		]);
		paper.lines(300, 145, ['Bill to', own.name, own.street, `${own.postcode} ${own.city}`, 'France', own.vat]);
		paper.text(50, 235, `$${euros(total, 'english')} USD due ${printed(issued, 'english')}`, { size: 15, bold: true });
		paper.text(50, 275, 'Description', { size: 8 });
		paper.text(0, 275, 'Qty', { size: 8, right: 370 });
		paper.text(0, 275, 'Unit price', { size: 8, right: 460 });
		paper.text(0, 275, 'Amount', { size: 8, right: 545 });
		paper.text(50, 295, 'Team plan (per seat, monthly)');
		paper.text(0, 295, String(seats), { right: 370 });
		paper.text(0, 295, `$${euros(price, 'english')}`, { right: 460 });
		paper.text(0, 295, `$${euros(total, 'english')}`, { right: 545 });
		for (const [at, words] of ['Subtotal', 'Total', 'Amount due'].entries()) {
			paper.text(300, 330 + at * 16, words, { bold: at === 2 });
			paper.text(0, 330 + at * 16, `$${euros(total, 'english')}${at === 2 ? ' USD' : ''}`, { right: 545, bold: at === 2 });
		}
		return { paper, truth: { number, issued_on: issued, due_on: issued, gross: total, currency: 'USD', supplier_name: brand } };
	}),
	layout('boutique en ligne', 'purchase_invoice', true, (random, own) => {
		const [seller, sum, issued] = [firmOf(random, 4), sumOf(random, 4, 2000), dayOf(random)];
		const number = `VF-${random.int(10, 99)}-${random.int(100_000, 999_999)}`;
		const order = `${random.int(100, 999)}-${random.int(1_000_000, 9_999_999)}`;
		const paper = new Paper();
		paper.text(40, 40, seller.site.replace('www.', ''), { size: 16, bold: true });
		paper.text(0, 40, 'Facture acquittée', { size: 12, right: 555 });
		paper.lines(40, 80, ['Vendu par', seller.name, seller.street, `${seller.postcode} ${seller.city}`, `TVA ${seller.vat}`], { size: 8 });
		paper.lines(230, 80, ['Adresse de facturation', own.name, own.street, `${own.postcode} ${own.city}`], { size: 8 });
		paper.lines(400, 80, ['Adresse de livraison', 'M. le gardien', own.street, `${own.postcode} ${own.city}`], { size: 8 });
		paper.text(40, 165, `N° de commande : ${order}     Commande passée le ${printed(plusDays(issued, -2))}`);
		paper.text(40, 180, `Numéro de facture : ${number}     Date de la facture : ${printed(issued)}`);
		let y = 215;
		paper.text(40, y, 'Article', { bold: true });
		paper.text(0, y, 'Qté', { bold: true, right: 330 });
		paper.text(0, y, 'Prix unitaire TTC', { bold: true, right: 440 });
		paper.text(0, y, 'Total TTC', { bold: true, right: 555 });
		for (const goods of sum.goods) {
			y += 20;
			paper.text(40, y, goods.label);
			paper.text(0, y, quantityText(goods.quantity), { right: 330 });
			paper.text(0, y, `${euros(Math.round(goods.price * 1.2))} €`, { right: 440 });
			paper.text(0, y, `${euros(Math.round(goods.net * 1.2))} €`, { right: 555 });
		}
		y += 30;
		for (const [words, value] of [
			['Sous-total HT', sum.net],
			['TVA (20 %)', sum.vat],
			['Total de votre commande TTC', sum.gross],
		] as [string, number][]) {
			paper.text(330, y, words);
			paper.text(0, y, `${euros(value)} €`, { right: 555 });
			y += 15;
		}
		paper.text(40, y + 10, `Réglé par carte bancaire le ${printed(plusDays(issued, -2))}`);
		paper.text(0, 812, `${seller.name} ${seller.form} - RCS ${seller.city} ${cut(seller.siren, 3, 3, 3)}`, { size: 7, centre: 297 });
		return {
			paper,
			truth: {
				number,
				issued_on: issued,
				net: sum.net,
				vat: sum.vat,
				gross: sum.gross,
				order_reference: order,
				supplier_name: seller.name,
				supplier_vat_number: seller.vat,
			},
		};
	}),
	layout('notre facture', 'sales_invoice', false, (random, own) => {
		const [client, sum, issued] = [firmOf(random), sumOf(random, 3, 2000), dayOf(random)];
		const due = plusDays(issued, 30);
		const number = `F-${issued.slice(0, 4)}-${String(random.int(1, 999)).padStart(5, '0')}`;
		const paper = new Paper();
		paper.text(40, 40, own.name, { size: 18, bold: true });
		paper.lines(40, 64, [own.street, `${own.postcode} ${own.city}`, own.email], { size: 8 });
		paper.lines(340, 110, ['Facturé à', client.name, client.street, `${client.postcode} ${client.city}`, `SIREN ${client.siren}`]);
		for (const [at, [head, value]] of (
			[
				['Facture', number],
				['Date d’émission', printed(issued)],
				['Date d’échéance', printed(due)],
				['Votre commande', `BC${random.int(100, 999)}`],
			] as const
		).entries()) {
			paper.text(40, 120 + at * 14, head);
			paper.text(140, 120 + at * 14, value, { bold: at === 0 });
		}
		let y = 230;
		for (const [x, head] of [
			[40, 'Description'],
			[330, 'Qté'],
			[390, 'Prix unitaire HT'],
			[490, 'Total HT'],
		] as const)
			paper.text(x, y, head, { bold: true });
		for (const goods of sum.goods) {
			y += 18;
			paper.text(40, y, goods.label);
			paper.text(330, y, quantityText(goods.quantity));
			paper.text(390, y, `${euros(goods.price)} €`);
			paper.text(490, y, `${euros(goods.net)} €`);
		}
		y += 30;
		for (const [words, value] of [
			['Total HT', sum.net],
			['TVA 20 %', sum.vat],
			['Total TTC', sum.gross],
		] as [string, number][]) {
			paper.text(390, y, words);
			paper.text(490, y, `${euros(value)} €`);
			y += 15;
		}
		paper.text(40, 800, `${own.name}, ${own.form} - SIREN ${own.siren} - TVA ${own.vat} - IBAN ${grouped(own.iban, 4)}`, { size: 7 });
		return {
			paper,
			truth: {
				number,
				issued_on: issued,
				due_on: due,
				net: sum.net,
				vat: sum.vat,
				gross: sum.gross,
				supplier_name: own.name,
				buyer_name: client.name,
				buyer_siren: client.siren,
			},
		};
	}),
];
