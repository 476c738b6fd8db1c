/** Directus's app gives vue-i18n to extensions at run time; its types are not installed. */
declare module 'vue-i18n' {
	import type { WritableComputedRef } from 'vue';

	export function useI18n(): { t: (key: string) => string; locale: WritableComputedRef<string> };
}
