/** A row of directus_presets, as far as it is looked at here. */
export type Preset = {
	id?: number | null;
	collection: string;
	user: string | null;
	role: string | null;
	bookmark: string | null;
	filter: unknown;
	layout?: string | null;
	layout_query?: Record<string, unknown> | null;
	[other: string]: unknown;
};

/** A number below zero for each collection, which no saved preset has: the list is the same bookmark each time, not one more. */
export const idOfList = (collection: string): number => -1 - [...collection].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7);

function filterOf(text: unknown): object | null {
	try {
		const filter: unknown = JSON.parse(String(text));
		return typeof filter === 'object' && !Array.isArray(filter) ? filter : null;
	} catch {
		return null;
	}
}

/** The bookmark of the rows behind a figure: columns and order as in `like`, the list that the reader knows. Nobody's, so that saving it makes a new one. */
export function behindFigure(collection: string, like: Preset | null, { filter, title }: { filter?: unknown; title?: unknown }): Preset {
	return {
		...like,
		id: idOfList(collection),
		collection,
		user: null,
		role: null,
		bookmark: typeof title === 'string' && title !== '' ? title : collection,
		icon: 'filter_alt',
		filter: filterOf(filter),
		search: null,
		layout: like?.layout_query?.['tabular'] ? 'tabular' : (like?.layout ?? 'tabular'),
	};
}
