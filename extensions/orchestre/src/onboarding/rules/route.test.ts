import { expect, it } from 'vitest';
import { routeOf, type Flow, type Operation } from './route.ts';

const flows: Flow[] = [
	{ id: 'main', name: 'Intégrer', isActive: true, entry: 'choose' },
	{ id: 'parts', name: 'Branches', isActive: true, entry: 'welcome' },
];
const operation = (id: string, type: string, options: Record<string, unknown>, resolve: string | null, reject: string | null = null): Operation => ({
	id,
	flow: 'main',
	key: id,
	type,
	options,
	resolve,
	reject,
});
const own = (id: string, options: Record<string, unknown>, resolve: string | null): Operation => operation(id, 'orchestre-onboarding', options, resolve);
const large = { choose: { value: { _gt: 50_000 } } };
const drawn: Operation[] = [
	own('choose', { action: 'choose' }, 'large'),
	operation('large', 'condition', { filter: large }, 'plan-large', 'plan-small'),
	own('plan-large', { action: 'plan' }, 'go'),
	operation('go', 'trigger', { flow: 'parts' }, null),
	own('plan-small', { action: 'plan' }, null),
	own('welcome', { action: 'branch', branch: 'welcome' }, 'slack'),
	own('slack', { action: 'branch', branch: 'slack' }, null),
];
const without = (id: string): Operation[] => {
	const gone = drawn.find((one) => one.id === id);
	return drawn
		.filter((one) => one.id !== id)
		.map((one) => ({ ...one, resolve: one.resolve === id ? (gone?.resolve ?? null) : one.resolve, reject: one.reject === id ? null : one.reject }));
};

it('weighs the conditions on the facts and follows the flows that are triggered', () => {
	expect(routeOf('main', flows, drawn, { value: 60_000 })).toEqual({ plan: true, branches: ['welcome', 'slack'] });
	expect(routeOf('main', flows, drawn, { value: 50_000 })).toEqual({ plan: true, branches: [] });
	// A condition on what is not known fails, as in Directus.
	expect(routeOf('main', flows, drawn, {})).toEqual({ plan: true, branches: [] });
});

it('does not do what was taken out of the drawing', () => {
	expect(routeOf('main', flows, without('slack'), { value: 60_000 }).branches).toEqual(['welcome']);
	expect(routeOf('main', flows, without('plan-small'), { value: 1 }).plan).toBe(false);
	const off = flows.map((flow) => (flow.id === 'parts' ? { ...flow, isActive: false } : flow));
	expect(routeOf('main', off, drawn, { value: 60_000 }).branches).toEqual([]);
});

it('comes to an end in a drawing that leads back', () => {
	const ring = drawn.map((one) => (one.id === 'slack' ? { ...one, resolve: 'welcome' } : one));
	expect(routeOf('main', flows, ring, { value: 60_000 }).branches).toEqual(['welcome', 'slack']);
});

it('passes operations of others by', () => {
	const more = [...drawn.map((one) => (one.id === 'choose' ? { ...one, resolve: 'log' } : one)), operation('log', 'log', {}, 'large')];
	expect(routeOf('main', flows, more, { value: 60_000 }).branches).toEqual(['welcome', 'slack']);
});
