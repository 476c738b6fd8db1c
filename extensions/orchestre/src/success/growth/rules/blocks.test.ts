import { expect, it } from 'vitest';
import { blocksOf, type Concerns } from './blocks.ts';

const well: Concerns = {
	lifecycle: 'active',
	score: 80,
	band: 'good',
	isLeaving: false,
	ticket: null,
	tickets: 0,
	invoice: null,
	overdueCents: 0,
	cancelled: null,
};
const said = (over: Partial<Concerns>): string[] => blocksOf({ ...well, ...over }).map(({ text }) => text.replaceAll(/\s/g, ' '));

it('says why nothing is proposed, and nothing when all is well', () => {
	expect(said({})).toEqual([]);
	expect(said({ band: 'watch' })).toEqual([]);
	expect(said({ band: 'red', score: 31 })).toEqual(['La santé du client est en danger (31 sur 100) : d’abord le retenir.']);
	expect(said({ isLeaving: true })).toEqual(['Le risque de départ de ce client est élevé : d’abord le retenir.']);
	expect(said({ lifecycle: 'churned' })).toEqual(['Ce client est parti.']);
	expect(said({ cancelled: { id: 's', name: 'Stocks', day: 20_779 } })).toEqual(['Le client a résilié « Stocks » le 22 novembre 2026.']);
	expect(said({ ticket: { id: 't', subject: 'Panne', priority: 'urgent', isLate: false }, tickets: 2 })).toEqual(['Un ticket urgent est ouvert : « Panne », et 1 autre.']);
	expect(said({ ticket: { id: 't', subject: 'Panne', priority: 'normal', isLate: true }, tickets: 1 })).toEqual(['Un ticket hors délai est ouvert : « Panne ».']);
	expect(said({ invoice: { id: 'i', number: 'FAC-1', dueDay: 20_779 }, overdueCents: 123_400 })).toEqual(['La facture FAC-1 est en retard depuis le 22 novembre 2026 : 1 234 € à recevoir.']);
}); // prettier-ignore
