/** One thing that the schema does not allow, as libxml2 says it, without namespaces. */
export type Fault = { line: number; text: string };

export const withoutNamespaces = (message: string): string =>
	message
		.replaceAll(/\{[^}]*\}/g, '')
		.trim()
		.slice(0, 300);

/** The name of the element that stands where the schema has none of that name; null for a fault of another kind. */
export const unexpected = ({ text }: Fault): string | null => /^Element '([\w.-]+)': This element is not expected\./.exec(text)?.[1] ?? null;
