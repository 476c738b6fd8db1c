import type { Prediction } from '../../../predictions/rules/prediction.ts';
import { factOf } from '../../../predictions/probability-interface/view.ts';
import { featureLabel } from '../../../predictions/rules/words.ts';
import type { Sign } from './signals.ts';

type ByModel = Extract<Prediction, { state: 'model' }>;
type ByRate = Extract<Prediction, { state: 'rate' }>;

/** Above `from` an episode begins, below `until` it ends. */
export type Thresholds = { from: number; until: number };

/**
 * What is kept on a client (`churn_reasons`). model: a model's word, its parts sum to the probability in basis points; signs: no model may
 * be shown (`why`), the signs and `capped` sum to the index; leaving: notice was given already, there is nothing to predict.
 */
export type ChurnReasons =
	| { state: 'model'; index: number; thresholds: Thresholds; prediction: ByModel }
	| {
			state: 'signs';
			index: number;
			thresholds: Thresholds;
			signs: Sign[];
			capped: number;
			why: string;
			rate: Pick<ByRate, 'won' | 'lost' | 'probability' | 'low' | 'high' | 'sentence'> | null;
	  }
	| { state: 'leaving'; endsOn: string | null };

/** The three strongest reasons as sentences, for alerts and tasks. */
export function reasonLines(reasons: ChurnReasons): string[] {
	if (reasons.state === 'leaving') return ['La résiliation est déjà demandée.'];
	if (reasons.state === 'signs') return reasons.signs.slice(0, 3).map(({ text }) => text);
	return reasons.prediction.favourable.map((effect) => `${featureLabel(effect.feature)} : ${factOf(effect, 'fr')}`);
}

/** What to do first, by what weighs most. */
export function adviceFor(reasons: ChurnReasons, client: string): string {
	const main =
		reasons.state === 'signs' ? reasons.signs[0]?.signal : reasons.state === 'model' ? themeOf[reasons.prediction.favourable[0]?.feature ?? ''] : undefined;
	const advice = {
		usage: `Appeler ${client}, comprendre pourquoi le produit sert moins et proposer une reprise en main.`,
		tickets: `Appeler ${client} avec l’état de ses tickets et une date de résolution pour chacun.`,
		payments: `Appeler ${client} pour savoir si le retard de paiement vient d’un litige ou de la trésorerie.`,
		revenue: `Rencontrer ${client} pour revoir ce dont il a besoin et l’offre qui y répond.`,
		contact: `Reprendre contact avec ${client} et fixer un point régulier.`,
		satisfaction: `Appeler ${client} au sujet de sa dernière note et convenir d’un plan pour y répondre.`,
		milestones: `Faire le point avec ${client} sur les jalons en retard et fixer de nouvelles dates.`,
		renewal: `Préparer l’échéance avec ${client} : bilan de l’année et suite proposée.`,
	} as const;
	return advice[main ?? 'contact'];
}

const themeOf: Readonly<Record<string, Sign['signal']>> = {
	usage: 'usage',
	usage_change: 'usage',
	product_users: 'usage',
	users_change: 'usage',
	last_usage: 'usage',
	tickets: 'tickets',
	tickets_burning: 'tickets',
	tickets_open: 'tickets',
	overdue: 'payments',
	overdue_days: 'payments',
	paid_late: 'payments',
	mrr_change: 'revenue',
	contractions: 'revenue',
	satisfaction: 'satisfaction',
	health: 'satisfaction',
	milestones_late: 'milestones',
	to_renewal: 'renewal',
};
