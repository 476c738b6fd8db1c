/** @directus/api ships no types; these are the entry points that the platform's tests use, as of 35.2.0. */
declare module '@directus/api/logger/index' {
	import type { ApiExtensionContext } from '@directus/types';
	export function useLogger(): ApiExtensionContext['logger'];
}

declare module '@directus/api/emitter' {
	const emitter: { onFilter: (event: string, handler: () => void) => void; offFilter: (event: string, handler: () => void) => void };
	export default emitter;
}
