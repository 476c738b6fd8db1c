import type { HookConfig } from '@directus/types';
import type { Emitter } from '../../platform/later-actions.ts';
import { sharedState } from '../../platform/shared-state.ts';

type Action = Parameters<HookConfig>[0]['action'];
/** What Directus keeps its listeners of actions in (eventemitter2). */
type Listeners = { emitAsync: (event: string, meta: unknown, context: unknown) => Promise<unknown> };

const shared = sharedState('documents.announcer', () => ({ listeners: null as Listeners | null }));

const isListeners = (value: unknown): value is Listeners =>
	typeof value === 'object' && value !== null && 'emitAsync' in value && typeof value.emitAsync === 'function';

/**
 * Directus gives extensions an emitter of their own, which no flow listens to. The one that flows do listen to calls each listener as its own
 * method: there it is met, at boot and at every upload. Without it the worker does a few seconds later what the flow would have done at once.
 */
export function hearAnnouncer(action: Action): void {
	function meet(this: unknown): void {
		if (isListeners(this)) shared.listeners = this;
	}
	action('extensions.load', meet);
	action('files.upload', meet);
}

/** Tells flows and listeners of what was committed, as Directus does of its own writes. */
export function announcer(): Emitter | null {
	const { listeners } = shared;
	if (!listeners) return null;
	return {
		emitAction: (event, meta, context) => {
			// A listener that throws is its own matter, as with Directus's events.
			for (const one of [event].flat()) listeners.emitAsync(one, { event: one, ...meta }, context).catch(() => undefined);
		},
	};
}
