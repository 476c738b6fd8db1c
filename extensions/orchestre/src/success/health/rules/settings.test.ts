import { expect, it } from 'vitest';
import { settingsFaults } from './settings.ts';

const weights = { usage: 25, support: 20, payment: 20, contact: 10, satisfaction: 15, plan: 10 };
const none = { usage: 0, support: 0, payment: 0, contact: 0, satisfaction: 0, plan: 0 };
const faulty = (over: object): string[] => settingsFaults({ weights, watchBelow: 80, redBelow: 60, ...over }).map(({ field }) => field);

it('the settings of health need a weight, and to watch before there is danger', () => {
	expect(faulty({})).toEqual([]);
	expect(faulty({ weights: { ...none, plan: 1 } })).toEqual([]);
	expect(faulty({ weights: none })).toEqual(['client_health_usage']);
	expect(faulty({ watchBelow: 60 })).toEqual(['client_health_watch']);
	expect(faulty({ watchBelow: 61 })).toEqual([]);
	expect(faulty({ weights: none, watchBelow: 40 })).toHaveLength(2);
});
