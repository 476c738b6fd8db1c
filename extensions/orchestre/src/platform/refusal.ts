type Answer = { status?: number; data?: { errors?: { message?: string }[] } };

/** The sentence with which the server refused a request of the app; null when it said nothing, or broke: those words are for no reader. */
export function sentenceOf(error: unknown): string | null {
	const { status = 0, data } = (error as { response?: Answer } | null)?.response ?? {};
	return status >= 400 && status < 500 ? (data?.errors?.[0]?.message ?? null) : null;
}
