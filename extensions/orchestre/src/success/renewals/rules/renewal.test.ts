import { describe, expect, it } from 'vitest';
import { briefingText, dayIn, followUpLevel, isDealOf, leftText, termsOf, type Briefing, type Piece, type RenewalDeal } from './renewal.ts';

const day = 20_799;
const today = day - 60;
const piece = (id: string, over: Partial<Piece> = {}): Piece => ({
	collection: 'subscriptions',
	id,
	name: id,
	company: 'c1',
	day,
	owner: null,
	mrrCents: 10_000,
	amountCents: 120_000,
	isTacit: true,
	noticeDays: 30,
	...over,
});

describe('termsOf', () => {
	it('takes a client’s subscriptions of one day together, and each contract by itself', () => {
		const terms = termsOf([piece('a'), piece('b', { amountCents: 240_000, mrrCents: 20_000 }), piece('k', { collection: 'contracts', mrrCents: 0 }), piece('later', { day: day + 3 })]);
		expect(terms.map(({ pieces, amountCents, mrrCents }) => [pieces.map(({ id }) => id), amountCents, mrrCents])).toEqual([
			[['b', 'a'], 360_000, 30_000],
			[['k'], 120_000, 0],
			[['later'], 120_000, 10_000],
		]);
		expect(terms.map(({ key }) => key)).toEqual(['renewal:company:c1:2026-12-12', 'renewal:contract:k:2026-12-12', 'renewal:company:c1:2026-12-15']);
		expect(dayIn(terms[0]?.key ?? '')).toBe('2026-12-12');
	}); // prettier-ignore
});

describe('isDealOf', () => {
	const terms = termsOf([piece('k1', { collection: 'contracts', day }), piece('k2', { collection: 'contracts', day: day + 62 }), piece('s', { day: day + 62 })]);
	const of = (over: Partial<RenewalDeal>): string[] => {
		const deal = { id: 'd', subscription: null, closeDay: day, madeDay: today, key: null, ...over };
		return terms.filter((term) => isDealOf(deal, term, terms)).flatMap(({ pieces }) => pieces.map(({ id }) => id));
	};

	it('gives a deal to one term: that of its subscription, of its date, or that it was taken for', () => {
		expect(of({})).toEqual(['k1']);
		expect(of({ closeDay: day - 20 })).toEqual(['k1']);
		expect(of({ closeDay: day + 50, subscription: 's' })).toEqual(['s']);
		expect(of({ subscription: 'another' })).toEqual([]);
		expect(of({ key: terms[1]?.key ?? '', closeDay: day })).toEqual([]);
		expect(of({ closeDay: day + 60, madeDay: day + 10 })).toHaveLength(1);
		expect(of({ madeDay: day - 200 })).toEqual([]);
	});
}); // prettier-ignore

it('never counts days below nought', () => {
	expect([7, 1, 0, -1, -7].map(leftText)).toEqual([
		'Il reste 7 jours.',
		'Il reste 1 jour.',
		'L’échéance est aujourd’hui.',
		'L’échéance est passée depuis 1 jour.',
		'L’échéance est passée depuis 7 jours.',
	]);
});

describe('briefingText', () => {
	const none: Briefing = { score: null, usages: [], tickets: { open: 0, urgent: 0 }, overdueCents: 0, prices: [] };
	const [term] = termsOf([piece('Pilotage')]);
	const text = (briefing: Briefing, over: Partial<Piece> = {}): string[] =>
		briefingText(termsOf([piece('Pilotage', over)])[0] ?? (term as never), today, briefing)
			.replaceAll(/[^\S\n]/g, ' ')
			.split('\n');

	it('gathers usage, health, tickets, money owed and prices', () => {
		const usage = { measure: 'actors', unit: 'utilisateurs', included: 20, used: 18, exceededOn: null, isFalling: false } as const;
		expect(text({ score: 72, usages: [{ name: 'Pilotage', usage }], tickets: { open: 2, urgent: 1 }, overdueCents: 120_000, prices: [{ label: 'Pilotage', paidCents: 2900, listCents: 3150 }] })).toEqual([
			'Échéance le 12 décembre 2026 : Pilotage (100 € par mois, 1 200 € par an, hors taxes).',
			'Tacite reconduction : le client peut y mettre fin jusqu’au 12 novembre 2026.',
			'Santé : 72 sur 100.',
			'Usage de « Pilotage » : 18 utilisateurs pour 20 compris (90 %).',
			'Tickets ouverts : 2, dont 1 urgent ou prioritaire.',
			'Factures en retard : 1 200 €.',
			'Prix de Pilotage : 29 €, 31,5 € au catalogue.',
		]);
	}); // prettier-ignore

	it('says when the client’s notice has passed', () => {
		expect(text(none, { noticeDays: 61 })[1]).toBe(
			'Tacite reconduction : le client pouvait y mettre fin jusqu’au 12 octobre 2026 ; sans autre accord, il est reconduit.',
		);
	});

	it('says what is not known, and that revenue ends without an agreement', () => {
		expect(text(none, { isTacit: false, mrrCents: 0, amountCents: 0 })).toEqual([
			'Échéance le 12 décembre 2026 : Pilotage (montant inconnu, hors taxes).',
			'Sans tacite reconduction : sans nouvel accord, le revenu s’arrête ce jour-là.',
			'Santé : pas encore calculée.',
			'Aucun ticket ouvert.',
		]);
	});
});

describe('followUpLevel', () => {
	const days = { remind: 60, escalate: 30 };
	const level = (daysLeft: number, over: object = {}): number => followUpLevel({ daysLeft, age: 20, level: 0, hasMoved: false, ...over }, days);

	it('reminds the owner at 60 days when nothing has moved, the manager at 30 as long as it is open', () => {
		expect([level(61), level(60), level(31), level(30)]).toEqual([0, 1, 1, 2]);
		expect([level(60, { hasMoved: true }), level(30, { hasMoved: true })]).toEqual([0, 2]);
		expect(level(40, { level: 1, hasMoved: true })).toBe(1);
	});

	it('gives a renewal that was found late some days first', () => {
		expect([level(20, { age: 4 }), level(20, { age: 5 })]).toEqual([0, 2]);
	});
});
