import { describe, expect, it } from 'vitest';
import { explain, intervals } from '../rules/explain.ts';
import { featureWords } from '../rules/words.ts';
import { churnSubject } from '../rules/churn.ts';
import { leadSubject } from '../rules/leads.ts';
import { dealSubject } from '../rules/deals.ts';
import { factOf, percentOf, shownOf, signedPoints } from './view.ts';

const describeAll = () => ({ value: 1 });
const names = ['age', 'amount', 'pushes', 'pace', 'meetings', 'backwards', 'reached', 'tasks_done'];

describe('reasons', () => {
	it('sum to the probability in basis points and as whole percents, whatever the contributions', () => {
		for (let seed = 1; seed < 400; seed++) {
			const values = names.map((_, index) => Math.sin(seed * (index + 1.7)) * 1.5);
			const base = Math.cos(seed) * 3;
			const explained = explain(names, base, values, describeAll);
			const logOdds = base + values.reduce((sum, value) => sum + value, 0);
			const probability = Math.round(10_000 / (1 + Math.exp(-logOdds)));
			const effects = [...explained.favourable, ...explained.adverse];
			expect(explained.base + effects.reduce((sum, { effect }) => sum + effect, 0) + explained.rest).toBe(probability);
			const shown = shownOf({ state: 'model', probability, low: probability, high: probability, similar: { rows: 1, won: 0 }, horizonDays: 60, ...explained });
			expect(shown.base + [...shown.favourable, ...shown.adverse].reduce((sum, { points }) => sum + points, 0) + shown.rest).toBe(percentOf(probability));
			expect(explained.favourable.length).toBeLessThanOrEqual(3);
			expect(explained.favourable.every(({ effect }) => effect > 0) && explained.adverse.every(({ effect }) => effect < 0)).toBe(true);
		}
	});

	it('are told as facts that people know', () => {
		expect(factOf({ feature: 'last_contact', effect: 1, value: 3 }, 'fr')).toBe('il y a 3 jours');
		expect(factOf({ feature: 'last_contact', effect: 1, value: null }, 'fr')).toBe('pas encore');
		expect(factOf({ feature: 'days_to_close', effect: 1, value: -1 }, 'fr')).toBe('dépassée de 1 jour');
		expect(factOf({ feature: 'criterion.source', effect: 1, value: 30, detail: ['Recommandé par quelqu’un'] }, 'fr')).toBe('Recommandé par quelqu’un');
		expect(factOf({ feature: 'criterion.source', effect: 1, value: 0 }, 'fr')).toBe('aucun critère rempli');
		expect(factOf({ feature: 'deal_kind', effect: 1, value: 'renewal' }, 'en')).toBe('renewal');
		expect([signedPoints(6), signedPoints(-3)]).toEqual(['+6', '−3']);
	});

	it('have words for every fact that is learnt from', () => {
		const learnt = [...leadSubject.features, ...dealSubject.features, ...churnSubject.features].map(({ name }) => name);
		expect(learnt.filter((name) => !featureWords[name])).toEqual([]);
	});

	it('never come from where somebody is from, who they are, or what is filled in after the end', () => {
		const learnt = [...leadSubject.features, ...dealSubject.features, ...churnSubject.features].map(({ name }) => name).join(' ');
		expect(learnt).not.toMatch(/gender|birth|national|postal|country|language|lost_reason|closed|converted|competitor|cancel|ended|churn|lifecycle|outcome/);
	});
});

describe('an interval', () => {
	it('holds the probability, follows what was seen, and narrows with the cases', () => {
		const few = intervals([{ rows: 10, meanProbability: 0.3, share: 0.3 }])(0.3);
		const many = intervals([{ rows: 1000, meanProbability: 0.3, share: 0.3 }])(0.3);
		const wrong = intervals([{ rows: 1000, meanProbability: 0.3, share: 0.1 }])(0.3);
		expect(few.low < many.low && many.high < few.high).toBe(true);
		expect(many).toMatchObject({ similar: { rows: 1000, won: 300 } });
		expect(wrong.low < 1200 && wrong.high === 3000).toBe(true);
	});
});
