import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Language } from './amount.ts';

/** The language in which a reader of this locale gets the product's own texts: French unless it is English. */
export const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('en') ? 'en' : 'fr');

/** The signed-in user's language; follows a change of it. */
export function useLanguage(): ComputedRef<Language> {
	const { locale } = useI18n();
	return computed(() => languageOf(locale.value));
}

/** A table of texts in the signed-in user's language. */
export function useTexts<Texts>(texts: Record<Language, Texts>): ComputedRef<Texts> {
	const language = useLanguage();
	return computed(() => texts[language.value]);
}
