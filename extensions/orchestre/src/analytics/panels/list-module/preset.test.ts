import { describe, expect, it } from 'vitest';
import { behindFigure, idOfList, type Preset } from './preset.ts';

const own: Preset = {
	id: 12,
	collection: 'leads',
	user: 'me',
	role: null,
	bookmark: null,
	filter: { grade: { _eq: 'A' } },
	layout: 'kanban',
	layout_query: { tabular: { fields: ['name'] } },
};

describe('the list behind a figure', () => {
	it('has the filter of the figure and the columns of the known list', () => {
		const preset = behindFigure('leads', own, { filter: '{"status":{"_eq":"new"}}', title: 'Nouveaux' });
		expect(preset).toMatchObject({ filter: { status: { _eq: 'new' } }, bookmark: 'Nouveaux', layout: 'tabular', layout_query: own.layout_query });
	});
	it('belongs to nobody and replaces no saved preset', () => {
		const preset = behindFigure('leads', own, {});
		expect([preset.user, preset.role, preset.filter]).toEqual([null, null, null]);
		expect(preset.id).toBe(idOfList('leads'));
		expect(preset.id).toBeLessThan(0);
		expect(idOfList('deals')).not.toBe(idOfList('leads'));
	});
	it('stands a filter that is none', () => {
		expect(behindFigure('leads', null, { filter: '{nonsense' }).filter).toBeNull();
		expect(behindFigure('leads', null, { filter: '[1]' }).filter).toBeNull();
	});
}); // prettier-ignore
