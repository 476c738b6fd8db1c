import type { JsonObject } from '../../scripts/schema/snapshot.ts';

/** What the app calls a layout with its options: the three that the product's bookmarks use. */
export type View = { layout: string; layout_query: JsonObject; layout_options: JsonObject };

/** What everybody opens a collection on. Its filter stands in the search bar, where one click takes it off. */
export type DefaultView = View & { filter?: JsonObject };

/**
 * A list. Columns are written `field:width` (pixels), in order, separated by spaces; a field that the reader may not
 * see is left out by the app. Sorted as Directus does: `-` for falling.
 */
export function list(columns: string, ...sort: string[]): View {
	const widths = columns.split(' ').map((column): [string, number] => {
		const [field = '', width] = column.split(':');
		return [field, Number(width ?? 160)];
	});
	return {
		layout: 'tabular',
		layout_query: { tabular: { fields: widths.map(([field]) => field), sort, page: 1, limit: 25 } },
		layout_options: { tabular: { widths: Object.fromEntries(widths), spacing: 'compact' } },
	};
}

type Card = {
	title: string;
	text?: string;
	date?: string;
	user?: string;
	/** Field of the related row that names a column, for a relation. */ groupTitle?: string;
};

/** A board with a column for each choice, or each related row, of `group`. What a card does not name is said to be nothing: the app would guess. */
export const board = (group: string, { title, text, date, user, groupTitle }: Card): View => ({
	layout: 'kanban',
	layout_query: { kanban: { page: 1, limit: 500 } },
	layout_options: {
		kanban: {
			groupField: group,
			groupTitle: groupTitle ?? null,
			titleField: title,
			textField: text ?? null,
			dateField: date ?? null,
			userField: user ?? null,
			tagsField: null,
			imageSource: null,
			showUngrouped: false,
			crop: true,
		},
	},
});

/** A calendar that starts on Monday and opens on the current month, or week where rows have a time of day. */
export const calendar = (template: string, start: string, end: string | null, view: 'dayGridMonth' | 'timeGridWeek' = 'dayGridMonth'): View => ({
	layout: 'calendar',
	layout_query: {},
	layout_options: { calendar: { template, startDateField: start, ...(end && { endDateField: end }), firstDay: 1, viewInfo: { type: view } } },
});
