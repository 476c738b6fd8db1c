/** A Directus filter. */
export type Rule = Readonly<Record<string, unknown>>;

const isRule = (value: unknown): value is Rule => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A rule on a deal as a rule on its company alone, for clients that come without a deal: what asks for the company stays, and what asks
 * for the deal itself can never hold. Null when nothing is left that could.
 */
export function ruleOnCompany(rule: Rule): Rule | null {
	const parts: Rule[] = [];
	for (const [key, value] of Object.entries(rule)) {
		if (key === 'company' && isRule(value)) {
			parts.push(value);
			continue;
		}
		if ((key !== '_and' && key !== '_or') || !Array.isArray(value)) return null;
		const inner = value.map((one: unknown) => (isRule(one) ? ruleOnCompany(one) : null));
		const kept = inner.filter((one) => one !== null);
		if (kept.length === 0 || (key === '_and' && kept.length < inner.length)) return null;
		parts.push({ [key]: kept });
	}
	return parts.length === 0 ? null : { _and: parts };
}
