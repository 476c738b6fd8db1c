/** Directus's app gives vue-router to extensions at run time; its types are not installed. */
declare module 'vue-router' {
	export function useRouter(): {
		push: (path: string) => Promise<unknown>;
		replace: (path: string) => Promise<unknown>;
		currentRoute: { value: { query: Record<string, string | string[] | null | undefined> } };
	};
}
