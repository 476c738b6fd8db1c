import type { HookConfig } from '@directus/types';
import type { Knex } from './directus.ts';
import { sharedState } from './shared-state.ts';

type ActionEvent = { event: string | string[]; meta: Record<string, unknown>; context: unknown };
/** What Directus keeps its listeners of actions in (eventemitter2). */
type Listeners = { emitAsync: (event: string, meta: unknown, context: unknown) => Promise<unknown> };

const shared = sharedState('platform.announcer', () => ({ listeners: null as Listeners | null }));

const isListeners = (value: unknown): value is Listeners =>
	typeof value === 'object' && value !== null && 'emitAsync' in value && typeof value.emitAsync === 'function';

/**
 * Directus gives extensions an emitter of their own, which no flow and no other hook listens to. The one that they do listen to calls each
 * listener as its own method: there it is met, at boot and at every upload.
 */
export function hearAnnouncer(action: Parameters<HookConfig>[0]['action']): void {
	function meet(this: unknown): void {
		if (isListeners(this)) shared.listeners = this;
	}
	action('extensions.load', meet);
	action('files.upload', meet);
}

/**
 * Actions of writes that are part of a larger transaction: kept back, and emitted once all of it is committed, so that no flow or
 * listener hears of something that never was. `options` go into each write of Directus's services.
 */
export class LaterActions {
	readonly #events: ActionEvent[] = [];
	readonly options = { bypassLimits: true, bypassEmitAction: (event: ActionEvent) => void this.#events.push(event) } as never;

	/** Tells flows and hooks, as Directus does of its own writes: a listener that throws is its own matter. */
	emit(): void {
		for (const { event, meta, context } of this.#events)
			for (const one of [event].flat()) shared.listeners?.emitAsync(one, { event: one, ...meta }, context).catch(() => undefined);
	}

	/** Emits as soon as `trx` is committed, whoever commits it. */
	emitOnceCommitted(trx: Knex): void {
		(trx as Knex.Transaction).executionPromise.then(
			() => this.emit(),
			() => undefined,
		);
	}
}
