/** The rows behind a figure: a collection, Directus's filter, and what the list is called. */
export type ListTarget = { collection: string; filter: object; title: string };

/** The address of the list of these rows, for router-link: the module `orchestre-list` opens Directus's own list with this filter. */
export const listLink = ({ collection, filter, title }: ListTarget): string =>
	`/orchestre-list/${collection}?${new URLSearchParams({ title, filter: JSON.stringify(filter) }).toString()}`;
