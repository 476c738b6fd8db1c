import type { Get } from '../../platform/record-panel/use-saved-record.ts';
import type { Prediction } from '../rules/prediction.ts';

export type PredictedKind = 'leads' | 'opportunities';

export type PredictedRow = { probability: number | null; isTyped: boolean; isClosed: boolean; version: string | null; prediction: Prediction | null };

const fields: Readonly<Record<PredictedKind, string>> = {
	leads: 'probability,probability_reasons,model_version,closed_at',
	opportunities: 'probability,probability_reasons,probability_source,model_version,closed_at',
};

type Answer = {
	probability: number | null;
	probability_reasons: Prediction | null;
	probability_source?: string | null;
	model_version: string | null;
	closed_at: string | null;
};

/** Reads what was predicted of a lead or a deal. */
export async function readPrediction(get: Get, collection: PredictedKind, id: string): Promise<PredictedRow> {
	const answer = await get<Answer>(`/items/${collection}/${encodeURIComponent(id)}`, { fields: fields[collection] });
	return {
		probability: answer.probability,
		isTyped: answer.probability_source === 'person',
		isClosed: answer.closed_at !== null,
		version: answer.model_version,
		prediction: answer.probability_reasons,
	};
}
