import type { Language } from '../../platform/amount.ts';
import { withMinus, type Grade, type ScoreChange, type Side } from './view.ts';

type ScoreTexts = {
	label: string;
	isNew: string;
	forbidden: string;
	notScored: string;
	noReason: Record<Side, string>;
	fit: Record<Grade['letter'], string>;
	engagement: Record<Grade['digit'], string>;
	side: Record<Side, string>;
	sideHint: Record<Side, string>;
	inFavour: string;
	against: string;
	capped: string;
	points: (count: number) => string;
	total: (count: number) => string;
	mismatch: (sum: number) => string;
	others: (count: number) => string;
	fewer: string;
	scoredOn: (moment: string) => string;
	rulesVersion: (version: number) => string;
	history: string;
	noChange: string;
	changes: (count: number) => string;
	chart: (first: string, last: string) => string;
	today: string;
	columns: { date: string; grade: string; points: string; cause: string };
	cause: Record<ScoreChange['cause'], string>;
};

export const scoreTexts: Record<Language, ScoreTexts> = {
	fr: {
		label: 'Score du lead',
		isNew: 'Le score apparaîtra à l’enregistrement.',
		forbidden: 'Votre rôle ne permet pas de voir le score de ce lead.',
		notScored: 'Ce lead n’a pas encore de score. La notation est peut-être désactivée dans les réglages.',
		noReason: { fit: 'Aucun critère rempli\u00a0: complétez l’entreprise et la personne.', engagement: 'Aucun signe d’intérêt pour l’instant.' },
		fit: { A: 'très bonne adéquation', B: 'bonne adéquation', C: 'adéquation moyenne', D: 'faible adéquation' },
		engagement: { 1: 'intérêt fort', 2: 'intérêt soutenu', 3: 'intérêt naissant', 4: 'peu d’intérêt' },
		side: { fit: 'Adéquation', engagement: 'Intérêt' },
		sideHint: { fit: 'Ce lead ressemble-t-il à nos clients\u00a0?', engagement: 'Que montre-t-il de son intérêt\u00a0?' },
		inFavour: 'pour',
		against: 'contre',
		capped: 'plafond atteint',
		points: (count) => `${withMinus(count)} point${Math.abs(count) > 1 ? 's' : ''}`,
		total: (count) => `Total\u00a0: ${withMinus(count)} point${Math.abs(count) > 1 ? 's' : ''}`,
		mismatch: (sum) => `Les raisons donnent ${withMinus(sum)}\u00a0: le score sera recalculé au prochain enregistrement.`,
		others: (count) => (count > 1 ? `Voir les ${count} autres` : 'Voir l’autre'),
		fewer: 'Réduire',
		scoredOn: (moment) => `Noté le ${moment}`,
		rulesVersion: (version) => `version ${version} des critères`,
		history: 'Historique',
		noChange: 'Aucun changement depuis la première note.',
		changes: (count) => `${count} notes, de la plus récente à la première`,
		chart: (first, last) => `Évolution du score, de ${first} à ${last}`,
		today: 'aujourd’hui',
		columns: { date: 'Date', grade: 'Note', points: 'Points', cause: 'Cause' },
		cause: { created: 'Création', updated: 'Modification', decay: 'Intérêt qui s’estompe', rules: 'Critères modifiés' },
	},
	en: {
		label: 'Score of the lead',
		isNew: 'The score will appear once the lead is saved.',
		forbidden: 'Your role does not let you see the score of this lead.',
		notScored: 'This lead has no score yet. Scoring may be switched off in the settings.',
		noReason: { fit: 'No criterion is met: complete the company and the person.', engagement: 'No sign of interest so far.' },
		fit: { A: 'very good fit', B: 'good fit', C: 'fair fit', D: 'poor fit' },
		engagement: { 1: 'strong interest', 2: 'steady interest', 3: 'early interest', 4: 'little interest' },
		side: { fit: 'Fit', engagement: 'Interest' },
		sideHint: { fit: 'Does this lead look like our clients?', engagement: 'What shows its interest?' },
		inFavour: 'for',
		against: 'against',
		capped: 'limit reached',
		points: (count) => `${withMinus(count)} point${Math.abs(count) === 1 ? '' : 's'}`,
		total: (count) => `Total: ${withMinus(count)} point${Math.abs(count) === 1 ? '' : 's'}`,
		mismatch: (sum) => `The reasons add up to ${withMinus(sum)}: the score will be worked out again with the next save.`,
		others: (count) => (count > 1 ? `Show ${count} more` : 'Show one more'),
		fewer: 'Show less',
		scoredOn: (moment) => `Scored on ${moment}`,
		rulesVersion: (version) => `version ${version} of the criteria`,
		history: 'History',
		noChange: 'No change since the first score.',
		changes: (count) => `${count} scores, the latest first`,
		chart: (first, last) => `Course of the score, from ${first} to ${last}`,
		today: 'today',
		columns: { date: 'Date', grade: 'Grade', points: 'Points', cause: 'Cause' },
		cause: { created: 'Created', updated: 'Updated', decay: 'Fading interest', rules: 'Criteria changed' },
	},
};
