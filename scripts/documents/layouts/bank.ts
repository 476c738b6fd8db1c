import { dayOf, euros, firmOf, grouped, plusDays, printed } from '../facts.ts';
import { Paper } from '../paper.ts';
import { layout, type Layout } from './layout.ts';

const houses = [
	'Banque Populaire Grand Ouest',
	'Crédit Mutuel Océan',
	'BNP Paribas',
	'Société Générale',
	'La Banque Postale',
	'Crédit Agricole Centre-Est',
	'LCL',
] as const;

/** What banks hand out: account details and statements. */
export const bank: Layout[] = [
	layout('rib classique', 'bank_details', false, (random) => {
		const [firm, house] = [firmOf(random), random.pick(houses)];
		const paper = new Paper(595, 400);
		paper.text(40, 36, house, { size: 15, bold: true });
		paper.text(0, 70, 'RELEVÉ D’IDENTITÉ BANCAIRE', { size: 14, bold: true, centre: 297 });
		paper.text(40, 110, 'Titulaire du compte');
		paper.lines(40, 126, [`${firm.form} ${firm.name}`, firm.street, `${firm.postcode} ${firm.city}`], { size: 10, bold: true });
		for (const [at, [head, value]] of (
			[
				['Code banque', firm.rib[0]],
				['Code guichet', firm.rib[1]],
				['N° de compte', firm.rib[2]],
				['Clé RIB', firm.rib[3]],
			] as const
		).entries()) {
			paper.text(40 + at * 120, 200, head, { size: 8 });
			paper.text(40 + at * 120, 213, value, { size: 11 });
		}
		paper.text(40, 250, `IBAN : ${grouped(firm.iban, 4)}`, { size: 11 });
		paper.text(40, 268, `BIC : ${firm.bic}`, { size: 11 });
		paper.text(40, 300, `Domiciliation : ${house} ${firm.city}`);
		return { paper, truth: { iban: firm.iban, bic: firm.bic, account_holder: firm.name, bank_name: house } };
	}),
	layout('rib cases', 'bank_details', true, (random) => {
		const [firm, house] = [firmOf(random), random.pick(houses)];
		const paper = new Paper(595, 842, 'serif');
		paper.mark(40, 36, 30, '#003399');
		paper.text(80, 44, house.toUpperCase(), { size: 13, bold: true });
		paper.text(40, 100, 'Relevé d’identité bancaire / IBAN', { size: 16 });
		paper.text(40, 124, 'Ce relevé est destiné à être remis, sur leur demande, à vos créanciers ou débiteurs', { size: 8 });
		paper.text(300, 160, 'Intitulé du compte :', { size: 8 });
		paper.lines(300, 174, [firm.name.toUpperCase(), firm.street.toUpperCase(), `${firm.postcode} ${firm.city.toUpperCase()}`]);
		paper.text(40, 240, 'IBAN (International Bank Account Number)', { size: 8 });
		for (const [at, part] of grouped(firm.iban, 4).split(' ').entries()) {
			paper.box(40 + at * 62, 252, 56, 20);
			paper.text(0, 257, part, { size: 11, centre: 68 + at * 62 });
		}
		paper.text(40, 290, 'BIC (Bank Identifier Code)', { size: 8 });
		paper.text(40, 302, firm.bic, { size: 11 });
		for (const [at, [head, value]] of (
			[
				['Banque', firm.rib[0]],
				['Guichet', firm.rib[1]],
				['Compte', firm.rib[2]],
				['Clé', firm.rib[3]],
			] as const
		).entries()) {
			paper.text(40 + at * 100, 340, head, { size: 8 });
			paper.text(40 + at * 100, 354, value, { size: 11 });
		}
		return { paper, truth: { iban: firm.iban, bic: firm.bic, account_holder: firm.name, bank_name: house } };
	}),
	layout('relevé de compte', 'bank_statement', false, (random, own) => {
		const [house, start] = [random.pick(houses), `${dayOf(random).slice(0, 7)}-01`];
		const end = plusDays(start, 27);
		const opening = random.int(50_000, 3_000_000);
		const moves = Array.from({ length: random.int(5, 12) }, (_, at) => ({
			day: plusDays(start, 1 + at * 2),
			words: random.pick(['VIR SEPA CLIENT', 'PRLV URSSAF', 'CARTE 12/05 SNCF', 'CHEQUE 0004521', 'FRAIS TENUE DE COMPTE', 'PRLV ORANGE']),
			value: (random.chance(0.5) ? 1 : -1) * random.int(1000, 90_000),
		}));
		const closing = opening + moves.reduce((sum, { value }) => sum + value, 0);
		const paper = new Paper();
		paper.text(40, 36, house, { size: 14, bold: true });
		paper.text(40, 70, 'RELEVÉ DE COMPTE', { size: 13, bold: true });
		paper.text(40, 88, `du ${printed(start)} au ${printed(end)}`);
		paper.lines(340, 90, [`${own.form} ${own.name}`.toUpperCase(), own.street, `${own.postcode} ${own.city}`]);
		paper.text(40, 150, `IBAN ${grouped(own.iban, 4)}   BIC ${own.bic}`);
		let y = 180;
		for (const [x, head] of [
			[40, 'Date'],
			[95, 'Valeur'],
			[150, 'Nature de l’opération'],
			[420, 'Débit'],
			[500, 'Crédit'],
		] as const)
			paper.text(x, y, head, { bold: true });
		paper.text(150, y + 18, `Solde précédent au ${printed(plusDays(start, -1))}`);
		paper.text(0, y + 18, euros(opening), { right: 545 });
		y += 36;
		for (const { day, words, value } of moves) {
			paper.text(40, y, printed(day).slice(0, 5));
			paper.text(95, y, printed(day).slice(0, 5));
			paper.text(150, y, words);
			y = paper.text(0, y, euros(Math.abs(value)), { right: value < 0 ? 460 : 545 }) + 3;
		}
		paper.text(150, y + 10, `Nouveau solde au ${printed(end)}`, { bold: true });
		paper.text(0, y + 10, euros(closing), { right: closing < 0 ? 460 : 545, bold: true });
		return {
			paper,
			truth: {
				iban: own.iban,
				bank_name: house,
				account_holder: own.name,
				starts_on: start,
				ends_on: end,
				opening_balance: opening,
				...(closing >= 0 ? { closing_balance: closing } : {}),
			},
		};
	}),
	layout('extrait de compte', 'bank_statement', true, (random, own) => {
		const [house, start] = [random.pick(houses), `${dayOf(random).slice(0, 7)}-05`];
		const end = plusDays(start, 30);
		const opening = random.int(500_000, 3_000_000);
		const moves = Array.from({ length: random.int(6, 14) }, (_, at) => ({
			day: plusDays(start, 1 + at * 2),
			words: random.pick(['Virement reçu', 'Prélèvement EDF', 'Retrait DAB', 'Remise de chèques', 'Cotisation carte', 'Virement émis loyer']),
			value: (random.chance(0.55) ? 1 : -1) * random.int(1000, 30_000),
		}));
		const closing = opening + moves.reduce((sum, { value }) => sum + value, 0);
		const paper = new Paper(595, 842, 'serif');
		paper.text(0, 40, house, { size: 16, bold: true, right: 555 });
		paper.text(40, 44, 'Extrait de compte professionnel', { size: 12 });
		paper.text(40, 62, `Arrêté au ${printed(end, 'words')} — page 1`);
		paper.lines(40, 90, [own.name, own.street, `${own.postcode} ${own.city}`]);
		paper.text(320, 90, `Compte n° ${own.rib.join(' ')}`);
		paper.text(320, 104, `IBAN : ${own.iban}`);
		let y = 160;
		paper.text(40, y, `Ancien solde créditeur au ${printed(start, 'dot')}`);
		paper.text(0, y, `+ ${euros(opening, 'point')}`, { right: 555 });
		for (const { day, words, value } of moves) {
			y += 16;
			paper.text(40, y, printed(day, 'dot'));
			paper.text(110, y, words);
			paper.text(0, y, `${value < 0 ? '-' : '+'} ${euros(Math.abs(value), 'point')}`, { right: 555 });
		}
		paper.text(40, y + 26, `Nouveau solde créditeur au ${printed(end, 'dot')}`, { bold: true });
		paper.text(0, y + 26, `+ ${euros(closing, 'point')}`, { right: 555, bold: true });
		return { paper, truth: { iban: own.iban, bank_name: house, account_holder: own.name, ends_on: end, opening_balance: opening, closing_balance: closing } };
	}),
];
