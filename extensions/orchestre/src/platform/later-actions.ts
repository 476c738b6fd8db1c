import { sharedState } from './shared-state.ts';

type ActionEvent = { event: string | string[]; meta: Record<string, unknown>; context: unknown };
export type Emitter = { emitAction: (event: string | string[], meta: Record<string, unknown>, context: never) => void };

const wiring = sharedState('platform.emitter', () => ({ emitter: null as Emitter | null }));

/** Directus's emitter, which it gives to hooks only. */
export function useEmitter(emitter: Emitter): void {
	wiring.emitter = emitter;
}

/**
 * Actions of writes that are part of a larger transaction: kept back, and emitted once all of it is committed, so that no flow or
 * listener hears of something that never was. `options` go into each write of Directus's services.
 */
export class LaterActions {
	readonly #events: ActionEvent[] = [];
	readonly options = { bypassLimits: true, bypassEmitAction: (event: ActionEvent) => void this.#events.push(event) } as never;

	/** `through`: the emitter that flows listen to, where a room has found it (documents/filing/announce.ts). */
	emit(through: Emitter | null = wiring.emitter): void {
		for (const { event, meta, context } of this.#events) through?.emitAction(event, meta, context as never);
	}
}
