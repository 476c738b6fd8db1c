import type { HookConfig, Query } from '@directus/types';
import type { Accountability, FilterContext, Host, SchemaOverview } from '../directus.ts';
import { notAllowed } from '../errors.ts';
import { collectionWords } from '../schema-words.ts';
import type { Guard, Reason, RowRule } from './filter.ts';
import { collectionsBehind, guardQuery, mayLeadElsewhere } from './query.ts';
import { readRules } from './rules.ts';

type Register = Parameters<HookConfig>[0];
type Services = Host['services'];

class Blind extends Error {
	readonly reason: Reason;
	readonly collection: string;
	readonly asked: string;

	constructor(reason: Reason, collection: string, asked: string) {
		super(reason);
		[this.reason, this.collection, this.asked] = [reason, collection, asked];
	}
}

const sentences: Record<Reason, (asked: string, rows: string) => string> = {
	closed: (asked, rows) => `Filtre impossible sur « ${asked} » : vous n’avez pas accès aux fiches de ce côté-là (${rows}). Retirez ce critère.`,
	ordered: (asked, rows) =>
		`Tri ou regroupement impossible par « ${asked} » : vous ne voyez qu’une partie des fiches de ce côté-là (${rows}), et l’ordre laisserait deviner les autres. Choisissez une colonne de la liste elle-même.`,
	counted: (asked, rows) =>
		`Filtre impossible sur « ${asked} » : vous ne voyez qu’une partie de ces fiches (${rows}), et leur nombre laisserait deviner les autres. Filtrez sur ce qu’elles contiennent (« au moins un », « aucun »).`,
};

async function guarded(services: Services, context: FilterContext, collection: string, query: Query): Promise<void> {
	const schema = context.schema as SchemaOverview;
	const rules = new Map<string, RowRule>();
	// Directus may still be filling in the query of a list while rules are read: look again until nothing new turns up.
	for (let missing = collectionsBehind(schema, collection, query); missing.size > 0;) {
		for (const [name, rule] of await readRules(services, context, [...missing])) rules.set(name, rule);
		for (const name of missing) if (!rules.has(name)) rules.set(name, 'none');
		missing = new Set([...collectionsBehind(schema, collection, query)].filter((name) => !rules.has(name)));
	}
	if ([...rules.values()].every((rule) => rule === 'all')) return;
	const guard: Guard = {
		schema,
		ruleOf: (name) => rules.get(name) ?? 'none',
		refuse: (reason, name, asked) => {
			throw new Blind(reason, name, asked);
		},
	};
	guardQuery(guard, collection, query);
}

const isLimited = (accountability: Accountability | null | undefined): accountability is Accountability =>
	Boolean(accountability) && accountability?.admin !== true;

type Request = { method: string; path: string; body?: unknown; accountability?: Accountability | null };
type Routes = { use: (handler: (request: Request, response: unknown, next: (error?: unknown) => void) => void) => void };

/** Changing or deleting “what this query finds” is searched by Directus with full rights: how many rows came would tell of any value. */
function refuseWritesByQuery({ method, body, accountability }: Request, _response: unknown, next: (error?: unknown) => void): void {
	const byQuery = (method === 'PATCH' || method === 'DELETE') && typeof body === 'object' && body !== null && 'query' in body;
	const asData = byQuery && method === 'PATCH' && !('data' in body);
	if (!byQuery || asData || accountability?.admin === true) return next();
	next(notAllowed('Modifier ou supprimer par requête est réservé à l’administrateur. Désignez les fiches par leurs identifiants (« keys »).'));
}

/**
 * Directus holds a caller's rules against the rows that are asked for and against the lists that come with them, but not against the
 * rows that a filter or a sort looks at on its way (docs/decisions/050). This adds them, whatever the way in, before Directus
 * reads: what it adds to a query itself, from permissions, comes later and is not looked at.
 */
export function guardRowRules({ filter, init }: Pick<Register, 'filter' | 'init'>, services: Services): void {
	filter<Query>('*.query', async (query, meta, hookContext) => {
		const context = hookContext as FilterContext;
		if (!isLimited(context.accountability) || !context.schema || !mayLeadElsewhere(query)) return query;
		try {
			await guarded(services, context, String(meta['collection']), query);
		} catch (error) {
			if (!(error instanceof Blind)) throw error;
			const words = await collectionWords(context.database, [error.collection]);
			throw notAllowed(sentences[error.reason](error.asked, words.get(error.collection)?.many ?? error.collection));
		}
		return query;
	});
	init('routes.before', (meta) => (meta['app'] as Routes).use(refuseWritesByQuery));
}
