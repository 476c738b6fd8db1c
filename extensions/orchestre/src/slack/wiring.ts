import { sharedState } from '../platform/shared-state.ts';

const wiring = sharedState('slack', () => ({ publicUrl: '' }));

/** The address that people open the app at; set once at boot. */
export function usePublicUrl(url: unknown): void {
	wiring.publicUrl = String(url ?? '').replace(/\/+$/, '');
}

export const publicUrl = (): string => wiring.publicUrl;
