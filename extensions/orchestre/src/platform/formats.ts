import type { Language } from './amount.ts';

const locales: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

/**
 * Formats are kept: each new one takes some ten kilobytes outside of JavaScript's own memory, which its collector does not see. A night
 * that words 40,000 candidates grew by 300 MB of them.
 */
function kept<Format, Options>(make: (locale: string, options?: Options) => Format): (language: Language, options?: Options) => Format {
	const formats = new Map<string, Format>();
	return (language, options) => {
		const key = language + JSON.stringify(options ?? null);
		const format = formats.get(key) ?? make(locales[language], options);
		formats.set(key, format);
		return format;
	};
}

export const numberFormat = kept((locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));
/** In the time zone of this machine unless the options name one: the reader's own in a browser, the company's on the server. */
export const dateFormat = kept((locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options));
export const relativeFormat = kept((locale, options?: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options));
