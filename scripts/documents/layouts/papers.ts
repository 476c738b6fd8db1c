import { cut, dayOf, euros, firmOf, percent, personOf, plusDays, printed, quantityText, sumOf } from '../facts.ts';
import { Paper } from '../paper.ts';
import { layout, type Layout } from './layout.ts';

const yearLater = (day: string, years: number): string => plusDays(`${Number(day.slice(0, 4)) + years}${day.slice(4)}`, -1);

/** Quotes, contracts, and what is neither a bill nor a promise. */
export const papers: Layout[] = [
	layout('devis artisan', 'quote', false, (random, own) => {
		const [firm, sum, issued] = [firmOf(random, 0), sumOf(random), dayOf(random)];
		const number = `D${issued.slice(2, 4)}-${random.int(100, 999)}`;
		const paper = new Paper();
		paper.lines(40, 40, [firm.name, firm.street, `${firm.postcode} ${firm.city}`, `Siret : ${firm.siret}`]);
		paper.lines(340, 100, [own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.text(40, 170, `DEVIS N° ${number} du ${printed(issued)}`, { size: 13, bold: true });
		let y = 210;
		for (const goods of sum.goods) {
			paper.text(40, y, goods.label);
			paper.text(0, y, quantityText(goods.quantity), { right: 340 });
			paper.text(0, y, euros(goods.price), { right: 430 });
			paper.text(0, y, euros(goods.net), { right: 550 });
			y += 16;
		}
		for (const [words, value] of [
			['Total HT', sum.net],
			['Total TVA', sum.vat],
			['Total TTC', sum.gross],
		] as [string, number][]) {
			paper.text(390, y + 12, words);
			paper.text(0, y + 12, `${euros(value)} €`, { right: 550 });
			y += 15;
		}
		paper.text(40, y + 30, 'Devis valable 3 mois. Bon pour accord, date et signature du client :');
		return { paper, truth: { number, issued_on: issued, net: sum.net, vat: sum.vat, gross: sum.gross, supplier_name: firm.name, buyer_name: own.name } };
	}),
	layout('proposition', 'quote', true, (random, own) => {
		const [firm, sum, issued] = [firmOf(random, 6), sumOf(random, 3, 2000), dayOf(random)];
		const until = plusDays(issued, 30);
		const number = `PROP-${random.int(1000, 9999)}`;
		const paper = new Paper(595, 842, 'serif');
		paper.text(40, 50, 'Proposition commerciale', { size: 22, bold: true });
		paper.text(40, 84, `Référence ${number}`);
		paper.text(40, 98, `Établie le ${printed(issued, 'words')} — offre valable jusqu'au ${printed(until)}`);
		paper.lines(40, 130, ['De la part de', `${firm.name} ${firm.form}`, firm.street, `${firm.postcode} ${firm.city}`]);
		paper.lines(320, 130, ['Pour', own.name, own.street, `${own.postcode} ${own.city}`]);
		let y = 220;
		for (const goods of sum.goods) {
			paper.text(40, y, `${goods.label} : ${quantityText(goods.quantity)} ${goods.unit} à ${euros(goods.price)} €`);
			paper.text(0, y, `${euros(goods.net)} €`, { right: 550 });
			y += 18;
		}
		for (const [words, value] of [
			['Total hors taxes', sum.net],
			[`TVA (${percent(2000)})`, sum.vat],
			['Total toutes taxes comprises', sum.gross],
		] as [string, number][]) {
			paper.text(300, y + 14, words);
			paper.text(0, y + 14, `${euros(value)} €`, { right: 550 });
			y += 16;
		}
		paper.text(0, 806, `${firm.name} - SIREN ${cut(firm.siren, 3, 3, 3)}`, { size: 7, centre: 297 });
		return { paper, truth: { number, issued_on: issued, valid_until: until, net: sum.net, vat: sum.vat, gross: sum.gross, supplier_name: firm.name } };
	}),
	layout('contrat de services', 'contract', false, (random, own) => {
		const [firm, start] = [firmOf(random, 7), `${random.int(2025, 2026)}-0${random.int(1, 9)}-01`];
		const price = random.int(20, 400) * 1000;
		const paper = new Paper();
		paper.text(0, 50, 'CONTRAT DE PRESTATION DE SERVICES', { size: 14, bold: true, centre: 297 });
		const { first, last } = personOf(random);
		paper.text(
			50,
			90,
			`Entre les soussignés :\n${firm.name}, ${firm.form} au capital de ${euros(firm.capital * 100)} euros, dont le siège est ${firm.street}, ${firm.postcode} ${firm.city}, immatriculée au RCS de ${firm.city} sous le numéro ${cut(firm.siren, 3, 3, 3)}, représentée par ${first} ${last}, ci-après « le Prestataire », d'une part,\n\nEt :\n${own.name}, ${own.form}, ${own.street}, ${own.postcode} ${own.city}, ci-après « le Client », d'autre part,\n\nil a été convenu ce qui suit.\n\nArticle 1 - Objet\nLe Prestataire assure l'entretien des locaux du Client.\n\nArticle 2 - Durée\nLe contrat prend effet le ${printed(start, 'words')} pour une durée d'un (1) an. Il est renouvelable par tacite reconduction pour des périodes identiques, sauf dénonciation par lettre recommandée avec un préavis de deux (2) mois avant l'échéance.\n\nArticle 3 - Prix\nLe montant annuel des prestations est fixé à ${euros(price)} € HT, payable mensuellement à terme échu.\n\nArticle 4 - Responsabilité et force majeure\nChaque partie répond des dommages directs qu'elle cause.\n\nArticle 5 - Litiges\nTout litige relève du tribunal de commerce de ${firm.city}.\n\nFait à ${firm.city}, le ${printed(plusDays(start, -20))}, en deux exemplaires originaux.`,
			{ size: 10, width: 495 },
		);
		return { paper, truth: { supplier_name: firm.name, starts_on: start, ends_on: yearLater(start, 1), notice_days: 60, renewal: 'tacit', amount: price } };
	}),
	layout('bail et location', 'contract', true, (random, own) => {
		const [firm, start] = [firmOf(random, 3), dayOf(random)];
		const price = random.int(50, 900) * 100;
		const months = random.pick([24, 36, 48]);
		const days = random.pick([30, 90]);
		const paper = new Paper(595, 842, 'serif');
		paper.text(40, 40, `${firm.name} ${firm.form}`, { size: 12, bold: true });
		paper.text(0, 80, 'Contrat de location de matériel n° L-2041', { size: 15, bold: true, centre: 297 });
		paper.text(
			50,
			120,
			`Le bailleur : ${firm.name} (${firm.form}), ${firm.street}, ${firm.postcode} ${firm.city}, SIREN ${firm.siren}.\nLe locataire : ${own.name}, ${own.street}, ${own.postcode} ${own.city}.\n\n1. Objet du contrat\nLe bailleur loue au locataire un photocopieur multifonction avec sa maintenance.\n\n2. Durée et résiliation\nLa location commence le ${printed(start)} et est conclue pour une durée irrévocable de ${months} mois. Elle n'est pas reconduite tacitement. Chaque partie peut y mettre fin à l'échéance en respectant un préavis de ${days} jours.\n\n3. Loyer\nLe loyer mensuel s'élève à ${euros(price)} € HT, payable d'avance le 1er de chaque mois. Des pénalités de 50,00 € sont dues en cas de retard. Dépôt de garantie : ${euros(price * 2)} €.\n\n4. Assurance et responsabilité\nLe locataire assure le matériel contre le vol et l'incendie.\n\nLu et approuvé, signature des parties`,
			{ size: 10.5, width: 495 },
		);
		const end = new Date(Date.UTC(Number(start.slice(0, 4)), Number(start.slice(5, 7)) - 1 + months, Number(start.slice(8))));
		return {
			paper,
			truth: {
				supplier_name: firm.name,
				starts_on: start,
				ends_on: plusDays(end.toISOString().slice(0, 10), -1),
				notice_days: days,
				renewal: 'none',
				amount: price,
			},
		};
	}),
	layout('courrier', 'other', false, (random, own) => {
		const [firm, day] = [firmOf(random), dayOf(random)];
		const paper = new Paper();
		paper.lines(40, 40, [firm.name, firm.street, `${firm.postcode} ${firm.city}`]);
		paper.lines(340, 100, [own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.text(340, 160, `${firm.city}, le ${printed(day, 'words')}`);
		paper.text(
			40,
			210,
			'Objet : fermeture annuelle\n\nMadame, Monsieur,\n\nNous vous informons que nos bureaux seront fermés du 1er au 20 août. Une permanence est assurée par téléphone. Nous vous remercions de votre fidélité et vous prions d’agréer nos salutations distinguées.\n\nLa direction',
			{ size: 10, width: 500 },
		);
		return { paper, truth: { issued_on: day, supplier_name: firm.name } };
	}),
	layout('bon de livraison', 'other', true, (random, own) => {
		const [firm, sum, day] = [firmOf(random, 4), sumOf(random), dayOf(random)];
		const paper = new Paper();
		paper.text(40, 40, firm.name, { size: 14, bold: true });
		paper.text(0, 40, `BON DE LIVRAISON BL${random.int(1000, 9999)}`, { size: 12, bold: true, right: 555 });
		paper.text(0, 58, `Livré le ${printed(day)}`, { right: 555 });
		paper.lines(340, 100, [own.name, own.street, `${own.postcode} ${own.city}`]);
		for (const [at, goods] of sum.goods.entries()) {
			paper.text(40, 200 + at * 16, goods.reference);
			paper.text(140, 200 + at * 16, goods.label);
			paper.text(0, 200 + at * 16, `${quantityText(goods.quantity)} ${goods.unit}`, { right: 500 });
		}
		paper.text(40, 320, 'Reçu en bon état, date et signature');
		return { paper, truth: {} };
	}),
];
