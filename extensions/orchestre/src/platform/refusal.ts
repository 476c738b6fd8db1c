/** The sentence with which the server refused a request of the app; null when it said nothing. */
export const sentenceOf = (error: unknown): string | null =>
	(error as { response?: { data?: { errors?: { message?: string }[] } } } | null)?.response?.data?.errors?.[0]?.message ?? null;
