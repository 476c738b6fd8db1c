import type { Interval } from '../../learners/assess/intervals.ts';
import { UserError } from '../../platform/errors.ts';
import type { Announced, Calibration } from '../kpis/breakdowns/calibration.ts';
import { judge, meanGap, type Bin, type Judgement } from '../kpis/rules/calibration.ts';
import { definePanelData } from '../panels/registry.ts';
import { ofCompany, readMonths } from './months.ts';

/** The newest training of a target, and the model in use where that is another one. */
export type ModelLine = {
	id: string;
	name: string;
	target: string;
	version: number;
	status: string;
	rows: number | null;
	positives: number | null;
	auc: Interval | null;
	drift: string;
	verdict: string | null;
	trainedAt: string | null;
};
export type ModelFigures = {
	models: ModelLine[];
	told: { kind: Announced; bins: Bin[]; cases: number; gap: number | null; judgement: Judgement } | null;
	forecast: Calibration['forecast'] | null;
};

const kinds: readonly Announced[] = ['deal_win', 'lead_conversion', 'churn', 'upsell'];
const fields = ['name', 'target', 'version', 'status', 'row_count', 'positive_count', 'metrics', 'drift_state', 'verdict', 'trained_at'];
const order = ['champion', 'shadow', 'candidate', 'refused', 'failed', 'training', 'retired'];

definePanelData('models', {
	follows: ['models', 'performance'],
	reads: ['models', 'performance'],
	needs: 'models',
	async read({ reader, view, options }): Promise<ModelFigures | null> {
		const kind = kinds.find((one) => one === (options['target'] ?? 'deal_win'));
		if (!kind) throw new UserError(`Au choix : ${kinds.join(', ')}.`);
		const rows = await reader.rows('models', {
			needs: ['trained_at', 'target'],
			fields,
			filter: { status: { _neq: 'retired' } } as never,
			sort: ['-trained_at', 'id'],
			limit: 60,
		});
		const models = [...Map.groupBy(rows, ({ target }) => String(target)).values()].flatMap((own) => {
			const inUse = own.find(({ status }) => status === 'champion');
			return [...new Set([inUse ?? own[0], own[0]])].flatMap((row): ModelLine[] =>
				row
					? [
							{
								id: String(row['id']),
								name: String(row['name']),
								target: String(row['target']),
								version: Number(row['version']),
								status: String(row['status']),
								rows: row['row_count'] as number | null,
								positives: row['positive_count'] as number | null,
								auc: (row['metrics'] as { auc?: Interval } | null)?.auc ?? null,
								drift: String(row['drift_state'] ?? 'unknown'),
								verdict: row['verdict'] as string | null,
								trainedAt: row['trained_at'] ? String(row['trained_at']) : null,
							},
						]
					: [],
			);
		});
		const own = (await readMonths<Calibration>(reader, 'calibration_modeles', ofCompany(view), 2)).at(-1)?.own;
		if (models.length === 0 && !own) return null;
		const bins = own?.told[kind] ?? [];
		return {
			models: models.toSorted((one, two) => order.indexOf(one.status) - order.indexOf(two.status)),
			told: own ? { kind, bins, cases: bins.reduce((sum, bin) => sum + bin.cases, 0), gap: meanGap(bins), judgement: judge(bins) } : null,
			forecast: own?.forecast ?? null,
		};
	},
});
