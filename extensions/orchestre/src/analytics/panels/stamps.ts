import type { Knex } from '../../platform/directus.ts';

type Stamp = (knex: Knex, user: string) => Promise<string>;
type Row = Record<string, unknown> | undefined;

const words = (row: Row): string => Object.values(row ?? {}).map(String).join(' '); // prettier-ignore
const newest =
	(table: string, column: string): Stamp =>
	async (knex) =>
		words((await knex(table).max({ at: column }).first()) as Row);

/**
 * How far each source of figures has come, as a word that moves when it does: one look at the end of an index, or at a table of tens of rows,
 * so that open dashboards can ask every few seconds. It tells that something changed, never what.
 */
const sources = {
	performance: newest('performance', 'computed_at'),
	forecasts: newest('forecasts', 'frozen_on'),
	insights: newest('insights', 'computed_at'),
	health_history: newest('health_history', 'computed_on'),
	models: newest('models', 'date_updated'),
	/** What cockpits show: edited, added to, taken from. */
	cockpits: async (knex) => {
		const dashboards = (await knex('dashboards').max({ updated: 'date_updated' }).count({ n: '*' }).first()) as Row;
		const kpis = (await knex('dashboard_kpis').max({ updated: 'date_updated', created: 'date_created' }).count({ n: '*' }).first()) as Row;
		return `${words(dashboards)} ${words(kpis)}`;
	},
	/** The advice to one person: computed, answered, put off. */
	actions: async (knex, user) => {
		const open = knex('insights').where({ owner: user, kind: 'next_action' }).whereIn('state', ['open', 'snoozed']);
		return words((await open.max({ at: 'computed_at' }).count({ n: '*' }).first()) as Row);
	},
} satisfies Record<string, Stamp>;

export type Source = keyof typeof sources;

export const isSource = (name: string): name is Source => Object.hasOwn(sources, name);

/** The words of these sources, for this user. */
export async function stampsOf(knex: Knex, names: readonly Source[], user: string): Promise<Record<string, string>> {
	return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await sources[name](knex, user)] as const)));
}
