import type { HookConfig } from '@directus/types';
import { beforeCommit } from './before-commit.ts';
import { isSystem, type Accountability, type FilterContext, type Knex } from './directus.ts';
import { refuseFaults, UnexpectedError, UserError, type FieldFault } from './errors.ts';

export type Filter = Parameters<HookConfig>[0]['filter'];
export type Payload = Record<string, unknown>;

/** What one transaction did to one row, gathered until just before it commits. */
export type Written = {
	id: string;
	created: boolean;
	/** The fields that the caller set, presets included, with their values as Directus shows them; later writes win. */
	set: Payload;
	/** Who did it; null for somebody who is not signed in. */
	user: string | null;
};

/** Completes rows that were written, in their own transaction. A user's error thrown here is answered as such and undoes the write. */
export type Treatment = (trx: Knex, written: readonly Written[]) => Promise<void>;

type Activity = { action?: string; collection?: string; item?: string; user?: string | null };
type Revision = { collection?: string; item?: string; delta?: unknown };

const isObject = (value: unknown): value is Payload => typeof value === 'object' && value !== null && !Array.isArray(value);

type Noted = { context: FilterContext; id: string; note: (row: Written) => void };
type Listeners = Map<string, ((noted: Noted) => void)[]>;

/**
 * One pair of listeners for all the treatments of all hooks: Node warns of a leak from the eleventh on, and each costs on every write.
 * Directus takes the hooks of a bundle away together and imports it anew: then this begins anew, too.
 */
let registered: Listeners | null = null;

function listen(filter: Filter): Listeners {
	if (registered) return registered;
	const listeners: Listeners = new Map();
	registered = listeners;
	filter('activity.create', (payload, _meta, raw) => {
		const { action, collection = '', item: id, user } = payload as Activity;
		if (!id || (action !== 'create' && action !== 'update')) return;
		const note = (row: Written): void => {
			row.created ||= action === 'create';
			row.user = user ?? null;
		};
		for (const hear of listeners.get(collection) ?? []) hear({ context: raw as FilterContext, id, note });
	});
	filter('revisions.create', (payload, _meta, raw) => {
		const { collection = '', item: id, delta } = payload as Revision;
		if (!id || !isObject(delta)) return;
		for (const hear of listeners.get(collection) ?? []) hear({ context: raw as FilterContext, id, note: (row) => void Object.assign(row.set, delta) });
	});
	return listeners;
}

/**
 * Calls `treat` once per transaction with the rows of `collection` that it created or changed, whatever the way in, just before
 * the commit (docs/decisions/023). What the caller set comes from the revision that Directus writes in the same transaction.
 */
export function treatWritten(filter: Filter, collection: string, treat: Treatment): void {
	const flush = (trx: Knex, written: Map<string, Written>): Promise<void> => treat(trx, [...written.values()]);
	const hear = ({ context, id, note }: Noted): void => {
		const batch = beforeCommit(context.database, () => new Map<string, Written>(), flush);
		const row = batch.get(id) ?? { id, created: false, set: {}, user: null };
		batch.set(id, row);
		note(row);
	};
	const listeners = listen(filter);
	listeners.set(collection, [...(listeners.get(collection) ?? []), hear]);
}

/** What a room's rules say of a payload: cleaned values to store, and faults of the person who sent it. */
export type Checked = { values?: Payload; faults?: readonly FieldFault[] };

/** `keys` of the rows that an update is about; null for a creation. */
type Check = (payload: Payload, keys: readonly string[] | null, context: FilterContext) => Checked | Promise<Checked>;

/**
 * Guards the way into `collection`: refuses `computed` fields from outside and what `check` finds wrong, all faults at once, and
 * hands on the cleaned values. A filter may change what was sent and must not add to it: what it adds is held against the
 * caller's rights. A write without accountability is refused, because Directus would note no activity and nothing would treat it.
 */
export function guardInput(filter: Filter, collection: string, computed: readonly string[], check: Check = () => ({})): void {
	const guard = async (raw: unknown, keys: readonly string[] | null, context: FilterContext): Promise<Payload> => {
		if (!context.accountability) throw new UnexpectedError(`${collection} must be written with an accountability, or nothing would treat them`);
		if (!isObject(raw)) throw new UserError('Une fiche est un objet avec des champs.');
		const { values = {}, faults = [] } = await check(raw, keys, context);
		refuseFaults([...computedFaults(raw, computed, context.accountability), ...faults].map((fault) => ({ collection, ...fault })));
		return { ...raw, ...values };
	};
	filter(`${collection}.items.create`, (payload, _meta, context) => guard(payload, null, context as FilterContext));
	filter(`${collection}.items.update`, (payload, meta, context) => guard(payload, (meta['keys'] as string[] | undefined) ?? [], context as FilterContext));
}

/** Faults of a payload from outside that brings fields only the product writes. */
export const computedFaults = (payload: Payload, computed: readonly string[], accountability: Accountability | null): FieldFault[] =>
	isSystem(accountability)
		? []
		: computed.filter((field) => field in payload).map((field) => ({ field, message: 'Ce champ est calculé par Orchestre et ne peut pas être fourni.' }));

/** Refuses (403) every write from outside to a table of events that only the product writes; `message` in French. */
export function keepHistory(filter: Filter, collection: string, message: string): void {
	for (const event of ['create', 'update', 'delete']) {
		filter(`${collection}.items.${event}`, (_payload, _meta, { accountability }) => {
			if (!isSystem(accountability)) throw new UserError(message, { code: 'KEPT_BY_ORCHESTRE', status: 403 });
		});
	}
}
