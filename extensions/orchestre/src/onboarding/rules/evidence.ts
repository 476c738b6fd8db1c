type Evidence = Readonly<Record<string, unknown>>;

const filled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** Why a milestone cannot count as reached, in French: evidence was agreed, and none is there. Null when it can. */
export function evidenceFault(row: Evidence): string | null {
	const { name, evidence_expected: expected, evidence, evidence_document: document } = row;
	if (!filled(expected) || filled(evidence) || filled(document)) return null;
	return `Le jalon « ${String(name)} » attend une preuve : ${String(expected).trim()}. Décrivez-la dans « Preuve apportée » ou joignez la pièce, puis marquez-le atteint.`;
}
