import { cut, dayOf, euros, firmOf, percent, printed, sumOf } from '../facts.ts';
import { Paper } from '../paper.ts';
import { layout, type Layout } from './layout.ts';

const clockOf = (random: { int: (min: number, max: number) => number }): string =>
	`${String(random.int(8, 21)).padStart(2, '0')}:${String(random.int(0, 59)).padStart(2, '0')}`;

/** Tickets on rolls of paper: 80 mm are 226 points. */
export const receipts: Layout[] = [
	layout('ticket restaurant', 'receipt', false, (random) => {
		const [firm, day] = [firmOf(random, 5), dayOf(random)];
		const name = random.pick(['Le Petit Zinc', 'Chez Simone', 'La Table d’Ariane', 'Brasserie du Port', 'Le Comptoir 21']);
		const dishes = random
			.shuffled([
				['Menu midi', 1690],
				['Plat du jour', 1350],
				['Café', 220],
				['Eau 50 cl', 350],
				['Dessert', 690],
			] as [string, number][])
			.slice(0, 3);
		const gross = dishes.reduce((sum, [, price]) => sum + price * 2, 0);
		const net = Math.round(gross / 1.1);
		const paper = new Paper(226, 420, 'mono');
		let y = paper.text(0, 16, name, { size: 13, bold: true, centre: 113 });
		for (const words of [firm.street, `${firm.postcode} ${firm.city}`, `Tel ${firm.phone}`, `SIRET ${firm.siret}`])
			y = paper.text(0, y, words, { size: 8, centre: 113 });
		y = paper.text(10, y + 8, `Table ${random.int(1, 30)}   Couverts 2`, { size: 8 });
		y = paper.text(10, y, `${printed(day)} ${clockOf(random)}  Ticket ${random.int(1000, 99_999)}`, { size: 8 });
		paper.rule(10, y + 3, 206);
		y += 10;
		for (const [words, price] of dishes) {
			paper.text(10, y, `2 ${words}`, { size: 8 });
			y = paper.text(0, y, euros(price * 2), { size: 8, right: 216 });
		}
		paper.rule(10, y + 3, 206);
		paper.text(10, y + 12, 'TOTAL', { size: 12, bold: true });
		paper.text(0, y + 12, `${euros(gross)} EUR`, { size: 12, bold: true, right: 216 });
		paper.text(10, y + 34, `TVA 10,00%  HT ${euros(net)}  TVA ${euros(gross - net)}`, { size: 7 });
		paper.text(10, y + 48, 'CB', { size: 8 });
		paper.text(0, y + 48, euros(gross), { size: 8, right: 216 });
		paper.text(0, y + 72, 'Merci de votre visite', { size: 8, centre: 113 });
		return { paper, truth: { gross, net, vat: gross - net, issued_on: day, merchant: name, supplier_siret: firm.siret } };
	}),
	layout('ticket supermarché', 'receipt', true, (random) => {
		const [firm, day] = [firmOf(random), dayOf(random)];
		const name = random.pick(['SUPER MARCHÉ DU CENTRE', 'PRIMALIA', 'HYPER VERNEUIL', 'EPICERIE BIO NATURE']);
		const goods = random
			.shuffled([
				['LAIT 1/2 ECREME 1L', 118],
				['PAIN MIE COMPLET', 189],
				['CAFE MOULU 250G', 349],
				['EPONGES X3', 210],
				['YAOURT NAT X8', 164],
				['BANANES VRAC', 143],
				['LESSIVE 2L', 895],
				['PATES 500G', 95],
			] as [string, number][])
			.slice(0, random.int(3, 7));
		const gross = goods.reduce((sum, [, price]) => sum + price, 0);
		const given = Math.ceil((gross + 1) / 1000) * 1000;
		const cash = random.chance(0.4);
		const paper = new Paper(226, 470, 'mono');
		let y = paper.text(0, 14, name, { size: 11, bold: true, centre: 113 });
		y = paper.text(0, y, `${firm.postcode} ${firm.city.toUpperCase()}`, { size: 8, centre: 113 });
		y = paper.text(0, y, 'Ouvert de 8h30 à 20h', { size: 8, centre: 113 }) + 8;
		for (const [words, price] of goods) {
			paper.text(8, y, words, { size: 8 });
			y = paper.text(0, y, `${euros(price)} ${random.chance(0.5) ? 'A' : 'B'}`, { size: 8, right: 218 });
		}
		y = paper.text(8, y + 6, `${goods.length} ARTICLES`, { size: 8 });
		paper.text(8, y, 'A PAYER', { size: 11, bold: true });
		y = paper.text(0, y, `${euros(gross)} €`, { size: 11, bold: true, right: 218 }) + 4;
		if (cash) {
			paper.text(8, y, 'ESPECES', { size: 8 });
			y = paper.text(0, y, euros(given), { size: 8, right: 218 });
			paper.text(8, y, 'RENDU', { size: 8 });
			y = paper.text(0, y, euros(given - gross), { size: 8, right: 218 });
		} else {
			paper.text(8, y, 'CARTE BANCAIRE', { size: 8 });
			y = paper.text(0, y, euros(gross), { size: 8, right: 218 });
		}
		y = paper.text(8, y + 8, `CAISSE 0${random.int(1, 9)} OP ${random.int(100, 999)}  ${printed(day, 'short')} ${clockOf(random)}`, { size: 8 });
		paper.text(0, y + 8, 'A BIENTOT DANS VOTRE MAGASIN', { size: 8, centre: 113 });
		return { paper, truth: { gross, issued_on: day, merchant: name } };
	}),
	layout('carburant', 'receipt', false, (random) => {
		const day = dayOf(random);
		const name = random.pick(['STATION DES PINS', 'RELAIS AUTOROUTE A7', 'TOTALIA ACCESS']);
		const price = random.int(1650, 1999);
		const litres = random.int(1500, 5500);
		const gross = Math.round((price * litres) / 1000);
		const net = Math.round(gross / 1.2);
		const place = firmOf(random);
		const paper = new Paper(200, 360, 'mono');
		let y = 14;
		for (const words of [
			name,
			place.street,
			`${place.postcode} ${place.city}`,
			`Le ${printed(day)} a ${clockOf(random)}`,
			`Pompe ${random.int(1, 8)}  GAZOLE`,
			`Volume ${euros(litres)} L`,
			`Prix ${String(price / 1000).replace('.', ',')} EUR/L`,
			'',
			`TTC ${euros(gross)} EUR`,
			`HT ${euros(net)} EUR`,
			`TVA 20,00% ${euros(gross - net)} EUR`,
			'',
			'CB SANS CONTACT',
			`MONTANT ${euros(gross)} EUR`,
			'DEBIT',
			'TICKET CLIENT A CONSERVER',
		])
			y = paper.text(10, y, words, { size: 9 });
		return { paper, truth: { gross, net, vat: gross - net, issued_on: day, merchant: name } };
	}),
	layout('péage ou parking', 'receipt', true, (random) => {
		const [day, firm] = [dayOf(random), firmOf(random)];
		const name = random.pick(['Parking Gare Sud', 'Autoroutes de l’Ouest', 'Stationnement Centre-Ville']);
		const gross = random.int(180, 4500);
		const net = Math.round(gross / 1.2);
		const paper = new Paper(190, 300, 'sans');
		let y = paper.text(0, 16, name, { size: 12, bold: true, centre: 95 });
		for (const words of [
			`${firm.form} ${firm.name}`,
			`N° TVA ${firm.vat}`,
			'',
			'REÇU',
			`N° ${random.int(10_000, 999_999)}`,
			`Entrée ${printed(day, 'dot')} 08:12`,
			`Sortie ${printed(day, 'dot')} ${clockOf(random)}`,
			'',
			`Montant acquitté : ${euros(gross)} €`,
			`dont TVA (20%) : ${euros(gross - net)} €`,
			'Payé par carte',
		])
			y = paper.text(0, y, words, { size: 9, centre: 95 });
		return { paper, truth: { gross, vat: gross - net, issued_on: day, merchant: name } };
	}),
	layout('facturette taxi', 'receipt', true, (random) => {
		const day = dayOf(random);
		const gross = random.int(900, 8900);
		const net = Math.round(gross / 1.1);
		const firm = firmOf(random);
		const name = `Taxi ${firm.name.split(' ').at(-1)}`;
		const paper = new Paper(226, 330, 'sans');
		let y = paper.text(14, 16, name, { size: 12, bold: true });
		for (const [words, value] of [
			['Station', firm.city],
			['Licence', String(random.int(10, 400))],
			['Siret', cut(firm.siret, 3, 3, 3, 5)],
			['Date course', printed(day, 'dash')],
			['Départ', '09h14'],
			['Arrivée', '09h41'],
			['Distance', `${random.int(3, 40)},${random.int(0, 9)} km`],
			['Prise en charge', '3,00 €'],
			['Prix de la course TTC', `${euros(gross)} €`],
			['TVA 10 % incluse', `${euros(gross - net)} €`],
			['Réglé par', 'CB'],
		]) {
			paper.text(14, y + 2, words ?? '', { size: 9 });
			y = paper.text(0, y + 2, value ?? '', { size: 9, right: 212 });
		}
		return { paper, truth: { gross, issued_on: day, merchant: name, vat: gross - net } };
	}),
	layout('reçu de boutique', 'receipt', false, (random) => {
		const [firm, sum, day] = [firmOf(random, 4), sumOf(random, 3, 2000), dayOf(random)];
		const paper = new Paper(226, 400, 'sans');
		let y = paper.text(0, 16, firm.name, { size: 12, bold: true, centre: 113 });
		y = paper.lines(60, y, [firm.street, `${firm.postcode} ${firm.city}`], { size: 8 }) + 8;
		y = paper.text(14, y, `Reçu n° ${random.int(100, 9999)} du ${printed(day)} à ${clockOf(random)}`, { size: 8 }) + 6;
		for (const goods of sum.goods) {
			paper.text(14, y, goods.label.slice(0, 24), { size: 8 });
			y = paper.text(0, y, euros(Math.round(goods.net * 1.2)), { size: 8, right: 212 });
		}
		for (const [words, value, bold] of [
			['Total HT', sum.net, false],
			[`TVA ${percent(2000)}`, sum.vat, false],
			['Total TTC', sum.gross, true],
			['Carte bancaire', sum.gross, false],
		] as const) {
			paper.text(14, y + 6, words, { size: 9, bold });
			y = paper.text(0, y + 6, `${euros(value)} €`, { size: 9, bold, right: 212 });
		}
		paper.text(0, y + 14, `SIRET ${firm.siret}`, { size: 7, centre: 113 });
		return { paper, truth: { gross: sum.gross, net: sum.net, vat: sum.vat, issued_on: day, merchant: firm.name } };
	}),
];
