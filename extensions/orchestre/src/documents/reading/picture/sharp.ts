import type Sharp from 'sharp';

let loaded: Promise<typeof Sharp> | null = null;

/** Directus's own image library, without cache and with one thread: this process has other things to keep in memory. */
export function sharp(): Promise<typeof Sharp> {
	loaded ??= (async () => {
		const { default: library } = await import('sharp');
		library.cache(false);
		library.concurrency(1);
		return library;
	})();
	return loaded;
}
