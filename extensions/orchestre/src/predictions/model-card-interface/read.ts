import type { Get } from '../../platform/record-panel/use-saved-record.ts';
import type { Check } from '../../learners/assess/gates.ts';
import type { Interval } from '../../learners/assess/intervals.ts';
import type { CalibrationBin } from '../../learners/assess/metrics.ts';
import type { GroupRate } from '../rules/training.ts';
import type { Target } from '../rules/types.ts';

export type Figures = {
	rates?: Record<string, GroupRate>;
	checks?: Check[];
	auc?: Interval;
	liftAt10?: Interval;
	recallAt20?: Interval;
	ece?: Interval;
	brier?: Interval;
	test?: { rows: number; positives: number; baseRate: number };
	train?: { rows: number; positives: number };
	/** Share of the fields called sure that were right; `sure` counts them. */
	precision?: Interval | null;
	sure?: number;
};

/** Beside predictions, the fit of how sure a reading of documents is. */
export type CardTarget = Target | 'document_field';

/** A row of `models`, as the card shows it. */
export type ModelCard = {
	status: 'training' | 'candidate' | 'shadow' | 'champion' | 'refused' | 'retired' | 'failed';
	target: CardTarget;
	version: number;
	verdict: string | null;
	row_count: number | null;
	positive_count: number | null;
	data_from: string | null;
	data_until: string | null;
	trained_at: string | null;
	metrics: Figures | null;
	calibration: CalibrationBin[] | null;
	features: { name: string; importance: number | null }[] | null;
	drift: { sentence?: string; rows?: number } | null;
	drift_state: 'unknown' | 'stable' | 'warning' | 'alarm';
};

const fields = 'status,target,version,verdict,row_count,positive_count,data_from,data_until,trained_at,metrics,calibration,features,drift,drift_state';

export const readModel = (get: Get, id: string): Promise<ModelCard> => get<ModelCard>(`/items/models/${encodeURIComponent(id)}`, { fields });
