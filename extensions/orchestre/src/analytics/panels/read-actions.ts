import { readDay } from '../../actions/list.ts';
import { definePanelData } from './registry.ts';
import { linesOf } from './rules/lines.ts';

/** The head of a person's day: the actions to do, the most useful first, and how far the day is. */
export type Actions = { person: string; isMe: boolean; left: number; done: number; minutes: number; cents: number; actions: object[] };

definePanelData('actions', {
	follows: ['actions'],
	reads: [],
	needs: 'insights',
	async read({ host, accountability, view, options }): Promise<Actions> {
		const limit = linesOf(options, 5, 20);
		const day = await readDay(host, accountability, options['whose'] === 'view' && view.scope === 'person' ? view.key : null, true);
		const sum = (field: string): number => day.actions.reduce((total, one) => total + Number(one[field] ?? 0), 0);
		return {
			person: day.person.name,
			isMe: day.person.isMe,
			left: day.actions.length,
			done: day.answered.filter(({ state }) => state === 'done').length,
			minutes: sum('minutes'),
			cents: sum('expected_value_cents'),
			actions: day.actions.slice(0, limit),
		};
	},
});
