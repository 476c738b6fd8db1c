import type { ConfidenceFit, Field } from '../types.ts';
import fitted from './confidence.json' with { type: 'json' };

/** The fit in the repository, of the public labels and the generated set (`npm run documents:fit`). */
export const builtInFit = (): ConfidenceFit => fitted as ConfidenceFit;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** What a field without a model of its own gets: the share of its score and the lead on the next reading, never sure. */
const unfitted = ({ score = 0, margin = 0 }: Record<string, number>): number => Math.min(0.9, 0.25 + 0.4 * Math.min(1, score) + 0.25 * margin);

/** Probability that a reading with this evidence is right. Evidence that the model does not know is passed over. */
export function probability(name: string, evidence: Record<string, number>, fit: ConfidenceFit): number {
	const model = fit.fields[name];
	if (!model) return unfitted(evidence);
	let sum = model.bias;
	for (const [key, weight] of Object.entries(model.weights)) sum += weight * (evidence[key] ?? 0);
	return sigmoid(sum);
}

/** The field with its fitted confidence; what is left is shared among the other readings by their scores. */
export function withConfidence(field: Field, fit: ConfidenceFit): Field {
	const confidence = probability(field.name, field.evidence, fit);
	const total = field.alternatives.reduce((sum, { confidence: score }) => sum + Math.max(0.01, score), 0.3);
	const alternatives = field.alternatives.map((one) => ({ ...one, confidence: (1 - confidence) * (Math.max(0.01, one.confidence) / total) }));
	return { ...field, confidence, alternatives };
}
