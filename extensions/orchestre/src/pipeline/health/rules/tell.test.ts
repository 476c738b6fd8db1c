import { describe, expect, it } from 'vitest';
import { bottleneckOf, type StageLoad } from './bottleneck.ts';
import { digestOf, type SickDeal } from './digest.ts';

const plain = (text: string | undefined): string => (text ?? '').replaceAll(/[\u202f\u00a0]/gu, ' ');

const load = (over: Partial<StageLoad> = {}): StageLoad => ({
	stage: 'n', name: 'Négociation', sort: 5, open: 12, slow: 7, slowCents: 31_200_000, causes: { aged: 7, no_next_step: 5, pushed: 2 }, exits: 12,
	limit: { days: 19, winners: 40, source: 'winners' }, ...over,
}); // prettier-ignore

describe('the bottleneck', () => {
	it('is named with its figures, its cause and what to do', () => {
		const found = bottleneckOf([load({ stage: 'p', name: 'Proposition', slowCents: 100 }), load()]);
		expect(found).toMatchObject({ stage: 'n', title: 'Goulot d’étranglement : Négociation' });
		expect(found?.reasons.map(plain)).toEqual([
			'7 affaires sur 12 y sont depuis plus de 19 jours (80 % des gagnées en sortent plus vite).',
			'312 000 € d’espérance de gain y attendent.',
			'Au rythme des 90 derniers jours (12 sorties), il faut 90 jours pour écouler les affaires présentes.',
			'Cause la plus fréquente : aucune prochaine étape (5 sur 7).',
		]);
		expect(found?.action).toBe('À « Négociation », fixez une prochaine étape datée pour ces 5 affaires lors du point d’équipe.');
	});
	it('is the same whatever the stages are called and in whatever order they come', () => {
		const loads = [load({ stage: 'a', slowCents: 5 }), load({ stage: 'b', slowCents: 9 }), load({ stage: 'c', slowCents: 7 })];
		for (const order of [loads, loads.toReversed(), loads.map((one, index) => ({ ...one, name: `Étape ${index}` }))])
			expect(bottleneckOf(order)?.stage).toBe('b');
	});
	it('is nowhere while only few deals are slow', () => {
		expect(bottleneckOf([load({ slow: 2, open: 2 })])).toBeNull();
		expect(bottleneckOf([load({ slow: 3, open: 11 })])).toBeNull();
		expect(bottleneckOf([])).toBeNull();
	});
	it('says so when nothing leaves the stage', () =>
		expect(bottleneckOf([load({ exits: 0 })])?.reasons).toContain('Aucune affaire n’en est sortie en 90 jours.'));
});

const deal = (over: Partial<SickDeal>): SickDeal => ({ id: 'd', name: 'Atelier Roux', owner: 'lea', team: 't', state: 'bad', atRiskCents: 600_000, isNew: false, action: 'Appelez Ana Roux.', ...over }); // prettier-ignore
const nameOf = (user: string | null): string => ({ lea: 'Léa Martin', paul: 'Paul Roche' })[user ?? ''] ?? 'sans responsable';

describe('the digest of the morning', () => {
	it('tells a salesperson their own deals, the most at risk first, and what to do', () => {
		const deals = [deal({}), deal({ id: 'e', name: 'Banque Mercier', atRiskCents: 900_000, isNew: true }), deal({ id: 'f', state: 'watch' })];
		const digest = digestOf(deals, { kind: 'own', nameOf, bottleneck: null });
		expect(digest?.subject).toBe('Vos affaires : 2 affaires en danger');
		expect(plain(digest?.message)).toBe(
			'15 000 € en jeu, 1 affaire nouvelle depuis hier ; 1 autre affaire à surveiller.\n\n- **Banque Mercier** : 9 000 € en jeu (nouveau). Appelez Ana Roux.\n- **Atelier Roux** : 6 000 € en jeu. Appelez Ana Roux.',
		);
	});
	it('tells a manager whose they are, the sums by person and the bottleneck', () => {
		const deals = [deal({}), deal({ id: 'e', owner: 'paul', atRiskCents: 900_000 }), deal({ id: 'g', owner: null, atRiskCents: 100 })];
		const digest = digestOf(deals, { kind: 'team', nameOf, bottleneck: { title: 'Goulot d’étranglement : Proposition', action: 'Faites …' } });
		expect(plain(digest?.message)).toContain('Par personne : Paul Roche 1 (9 000 €), Léa Martin 1 (6 000 €), sans responsable 1 (1 €).');
		expect(digest?.message).toContain('Goulot d’étranglement : Proposition. Faites …');
		expect(digest?.message).not.toContain('Appelez');
	});
	it('names five and counts the rest', () => {
		const many = Array.from({ length: 8 }, (_, index) => deal({ id: String(index), name: `Affaire ${index}`, atRiskCents: index * 100 }));
		const digest = digestOf(many, { kind: 'own', nameOf, bottleneck: null });
		expect(digest?.message.match(/^- \*\*/gmu)).toHaveLength(5);
		expect(digest?.message).toContain('- … et 3 autres.');
	});
	it('is not sent when nothing is in danger', () => expect(digestOf([deal({ state: 'watch' })], { kind: 'own', nameOf, bottleneck: null })).toBeNull());
});
