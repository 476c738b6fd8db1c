import { compare, type Comparison } from './intervals.ts';

export type Contest = Comparison & { isReplaced: boolean; sentence: string };

const figure = (value: number, digits: number): string => value.toLocaleString('fr-FR', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/**
 * Whether a new model takes the place of the one in use: on the same newest rows its mean log loss must be lower, and its AUC must
 * not be lower by more than chance allows. An equal model changes nothing.
 */
export function contest(champion: ArrayLike<number>, challenger: ArrayLike<number>, labels: ArrayLike<number>): Contest {
	const found = compare(champion, challenger, labels);
	const isReplaced = found.logLoss.value < 0 && !(found.auc.high < 0);
	const figures = `sur les mêmes ${labels.length.toLocaleString('fr-FR')} lignes les plus récentes : erreur logarithmique ${figure(found.logLoss.value, 4)}, AUC ${figure(found.auc.value, 3)} d’écart`;
	return { ...found, isReplaced, sentence: isReplaced ? `Le nouveau modèle prend la relève, ${figures}.` : `Le modèle en place est conservé, ${figures}.` };
}
