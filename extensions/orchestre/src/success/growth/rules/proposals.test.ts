import { describe, expect, it } from 'vitest';
import { client, ground, lift, product, settings, subscription } from './made-up.ts';
import { liftsByOffer, offerOf, proposalsFor } from './proposals.ts';
import type { Client, Ground, Proposal } from './types.ts';

const today = 20_779;
const propose = (over: Partial<Client> = {}, on: Partial<Ground> = {}): Proposal[] => proposalsFor(client(over), ground(on), liftsByOffer(ground(on)), today);
const plain = (text: string | undefined): string => String(text).replaceAll(/\s/g, ' ');

describe('proposalsFor', () => {
	it('proposes what similar clients have, with numbers, chance and euros', () => {
		const [one, ...rest] = propose();
		expect(rest).toEqual([]);
		expect(one).toMatchObject({ product: 'stock', title: 'Proposer Stock à Durand', expectedCents: 216_000, offer: { quantity: 20_000, amountCents: 432_000, mrrCents: 36_000 } });
		expect(one?.reasons.map(({ text }) => plain(text))).toEqual([
			'18 des 24 clients qui ont Maintenance ont aussi Stock (75 %, contre 42 % de tous les 60 clients) : 1,6 fois plus souvent, intervalle 1,2 à 2,1.',
			'20 utilisateurs à 18 € HT par mois, soit 4 320 € la première année.',
			'Chance de gain estimée à 50 % (de 40 % à 60 %) : 20 gagnées sur 40 de ce type, ramenées vers la moyenne.',
		]);
	}); // prettier-ignore

	it.each([
		['a block', { blocks: [{ code: 'ticket', text: 'Un ticket urgent est ouvert.' }] }],
		['a product that is held', { held: new Set(['maintenance', 'stock']) }],
		['a product in an open deal', { inDeals: new Set(['stock']) }],
		['a product that was refused', { refused: new Set(['stock']) }],
		['a client without the other product', { held: new Set(['pilotage']) }],
	] as [string, Partial<Client>][])('proposes nothing with %s', (_, over) => expect(propose(over)).toEqual([]));

	it('leaves retired and free products alone', () => {
		for (const over of [{ isActive: false }, { priceCents: 0 }]) expect(propose({}, { products: new Map([['stock', product('stock', over)]]) })).toEqual([]);
	});

	it('follows the catalogue’s conditions, all of them, and gives one proposal with both reasons', () => {
		const offered = (industries: string[], sizes: string[]): Map<string, ReturnType<typeof product>> =>
			new Map([
				['maintenance', product('maintenance')],
				['stock', product('stock', { offer: { with: 'maintenance', industries, sizes, reason: 'Moins de ruptures.' } })],
			]);
		const [one] = propose({}, { products: offered(['manufacturing'], ['10-49']) });
		expect(one?.reasons.map(({ code }) => code)).toEqual(['rule', 'lift', 'offer', 'odds']);
		expect(one?.reasons[0]?.text).toBe('Règle du catalogue : Stock va avec Maintenance, convient à ce secteur, convient à cette taille d’entreprise. Moins de ruptures.');
		expect(propose({}, { products: offered(['tech'], []), lifts: [] })).toEqual([]);
		expect(propose({ size: null }, { products: offered([], ['10-49']), lifts: [] })).toEqual([]);
	}); // prettier-ignore

	it('sees a plan that is about to be too small, and says when', () => {
		const usage = { measure: 'actors', unit: 'utilisateurs', included: 20, used: 17, exceededOn: today + 20, isFalling: false } as const;
		const [one] = propose({ subscriptions: [subscription({ usage })] }, { lifts: [] });
		expect(one).toMatchObject({ product: 'pilotage', subscription: 's1', title: 'Augmenter le forfait Pilotage de Durand', dueDay: today + 20, offer: { quantity: 4000, unitPriceCents: 2900, amountCents: 139_200 } });
		expect(plain(one?.reasons[0]?.text)).toBe('17 utilisateurs sur 30 jours pour 20 compris (85 %) dans « Pilotage – Durand » : à ce rythme, le client dépassera son forfait le 12 décembre 2026.');
		const full = propose({ subscriptions: [subscription({ usage: { ...usage, used: 21, exceededOn: null } })] }, { lifts: [] });
		expect(plain(full[0]?.reasons[0]?.text)).toMatch(/^Forfait atteint : 21 utilisateurs sur 30 jours pour 20 compris \(105 %\)/);
		expect(propose({ subscriptions: [subscription({ usage: { ...usage, used: 12, exceededOn: null } })] }, { lifts: [] })).toEqual([]);
	}); // prettier-ignore

	it('at most doubles a plan, and says so; offers nothing larger to a client who uses less and less', () => {
		const usage = { measure: 'actors', unit: 'utilisateurs', included: 7, used: 113, exceededOn: null, isFalling: false } as const;
		const [one] = propose({ subscriptions: [subscription({ usage, mrrCents: 14_000 })] }, { lifts: [] });
		expect(one?.offer).toEqual({ quantity: 7000, unitPriceCents: 2000, amountCents: 168_000, mrrCents: 14_000 });
		expect(plain(one?.reasons.find(({ code }) => code === 'offer')?.text)).toBe('7 utilisateurs à 20 € HT par mois, soit 1 680 € la première année. Offre limitée au double du forfait actuel : l’usage va au-delà, vérifiez-le et convenez du volume avec le client.');
		expect(propose({ subscriptions: [subscription({ usage: { ...usage, isFalling: true } })] }, { lifts: [] })).toEqual([]);
	}); // prettier-ignore

	it('names a renewal within the window and wants the offer before it', () => {
		const [one] = propose({ subscriptions: [subscription({ renewalDay: today + 60 })] });
		expect(one?.reasons.map(({ code }) => code)).toContain('renewal');
		expect(one?.dueDay).toBe(today + 30);
		expect(propose({ subscriptions: [subscription({ renewalDay: today + 91 })] })[0]?.reasons.map(({ code }) => code)).not.toContain('renewal');
	});

	it('puts the most valuable first and stops at the limit', () => {
		const lifts = [lift, { ...lift, offers: 'quality' }];
		const products = new Map([
			['stock', product('stock')],
			['quality', product('quality', { priceCents: 5000 })],
		]);
		expect(propose({}, { lifts, products }).map((one) => one.product)).toEqual(['quality', 'stock']);
		expect(propose({}, { lifts, products, settings: { ...settings, perClient: 1 } }).map((one) => one.product)).toEqual(['quality']);
	});

	it('claims no chance and no euros where no deal was ever closed', () => {
		const [one] = propose({}, { odds: null });
		expect(one).toMatchObject({ odds: null, expectedCents: 0 });
		expect(one?.reasons.at(-1)?.text).toContain('ne peut pas être estimée');
	});
});

describe('offerOf', () => {
	it('sells services once, in the usual quantity', () => {
		const training = product('training', { kind: 'service', unit: 'day', priceCents: 110_000, billingPeriod: null, typicalQuantity: 2000 });
		expect(offerOf(training, client())).toEqual({ quantity: 2000, unitPriceCents: 110_000, amountCents: 220_000, mrrCents: 0 });
		expect(offerOf({ ...training, typicalQuantity: null }, client()).quantity).toBe(1000);
	});

	it('counts a yearly price once a year', () => {
		expect(offerOf(product('x', { billingPeriod: 'yearly', priceCents: 12_000 }), client())).toMatchObject({ amountCents: 240_000, mrrCents: 20_000 });
	});
});
