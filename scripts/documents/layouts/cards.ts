import { plain } from '../../demo/words/names.ts';
import { firmOf, personOf } from '../facts.ts';
import { Paper } from '../paper.ts';
import { layout, type Layout } from './layout.ts';

const posts = [
	'Directeur commercial',
	'Responsable achats',
	'Gérante',
	'Chargé d’affaires',
	'Ingénieur études',
	'Cheffe de projet',
	'Assistante de direction',
	'Consultant senior',
	'Architecte d’intérieur',
	'Directrice générale',
];

const mobileOf = (random: { int: (min: number, max: number) => number }): string =>
	`0${random.int(6, 7)} ${random.int(10, 99)} ${random.int(10, 99)} ${random.int(10, 99)} ${random.int(10, 99)}`;
const international = (phone: string): string => `+33${phone.replaceAll(' ', '').slice(1)}`;

/** Cards of 85 × 55 mm. */
export const cards: Layout[] = [
	layout('carte à gauche', 'business_card', false, (random) => {
		const [firm, { first, last }, post, mobile] = [firmOf(random), personOf(random), random.pick(posts), mobileOf(random)];
		const email = `${plain(first)}.${plain(last)}@${firm.site.slice(4)}`.toLowerCase();
		const paper = new Paper(241, 156);
		paper.text(16, 16, firm.name, { size: 11, bold: true });
		paper.text(16, 46, `${first} ${last.toUpperCase()}`, { size: 11 });
		paper.text(16, 61, post, { size: 8 });
		paper.lines(16, 88, [`Tél. ${firm.phone}`, `Port. ${mobile}`, email, `${firm.street}, ${firm.postcode} ${firm.city}`], { size: 7.5 });
		return {
			paper,
			truth: {
				contact_first_name: first,
				contact_last_name: last,
				contact_job: post,
				contact_company: firm.name,
				contact_email: email,
				contact_phone: international(firm.phone),
				contact_mobile: international(mobile),
			},
		};
	}),
	layout('carte centrée', 'business_card', true, (random) => {
		const [firm, { first, last }, post, mobile] = [firmOf(random), personOf(random), random.pick(posts), mobileOf(random)];
		const email = `${plain(first)[0]}${plain(last)}@${firm.site.slice(4)}`.toLowerCase().replaceAll(' ', '');
		const paper = new Paper(241, 156, 'serif');
		paper.text(0, 18, `${first} ${last}`, { size: 14, centre: 120 });
		paper.text(0, 37, post.toUpperCase(), { size: 7, centre: 120 });
		paper.text(0, 70, firm.name.toUpperCase(), { size: 11, bold: true, centre: 120 });
		paper.text(0, 88, `${firm.street} - ${firm.postcode} ${firm.city}`, { size: 7, centre: 120 });
		paper.text(0, 100, `T ${firm.phone.replaceAll(' ', '.')}  |  M ${mobile.replaceAll(' ', '.')}`, { size: 7, centre: 120 });
		paper.text(0, 112, `${email}  |  ${firm.site}`, { size: 7, centre: 120 });
		return {
			paper,
			truth: {
				contact_first_name: first,
				contact_last_name: last,
				contact_job: post.toUpperCase(),
				contact_company: firm.name,
				contact_email: email,
				contact_phone: international(firm.phone),
				contact_mobile: international(mobile),
				contact_website: firm.site,
			},
		};
	}),
	layout('carte haute', 'business_card', true, (random) => {
		const [firm, { first, last }, post, mobile] = [firmOf(random), personOf(random), random.pick(posts), mobileOf(random)];
		const email = `contact@${firm.site.slice(4)}`;
		const paper = new Paper(156, 241);
		paper.mark(58, 16, 40, '#883311');
		paper.lines(14, 76, [firm.name, 'depuis 1987'], { size: 9 });
		paper.text(14, 112, last.toUpperCase(), { size: 12, bold: true });
		paper.text(14, 126, first, { size: 12 });
		paper.text(14, 142, post, { size: 7.5 });
		paper.lines(
			14,
			168,
			[international(mobile).replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '+33 (0)$1 $2 $3 $4 $5'), email, firm.site, `${firm.postcode} ${firm.city}`],
			{ size: 7.5 },
		);
		return {
			paper,
			truth: { contact_first_name: first, contact_last_name: last, contact_job: post, contact_email: email, contact_mobile: international(mobile) },
		};
	}),
];
