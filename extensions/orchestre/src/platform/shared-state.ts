/**
 * State that must be one per process, not one per module instance: Directus loads the bundle natively while tests load
 * the sources through vite, and a hot reload of the extension imports it anew. `name` is unique within the product.
 */
export function sharedState<T>(name: string, create: () => T): T {
	const key = Symbol.for(`orchestre.${name}`);
	const store = globalThis as unknown as Record<symbol, T | undefined>;
	return (store[key] ??= create());
}
