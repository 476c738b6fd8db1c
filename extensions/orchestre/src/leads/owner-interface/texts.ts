import type { Language } from '../../platform/amount.ts';
import type { Assignment } from '../rules/types.ts';

type OwnerTexts = {
	label: string;
	isNew: string;
	forbidden: string;
	nobody: string;
	whatToDo: string;
	undecided: string;
	somebody: string;
	overridden: (chosen: string | undefined) => string;
	kind: Record<Assignment['kind'], string>;
	decidedOn: (moment: string) => string;
	ahead: (moment: string, left: string) => string;
	overdue: (moment: string, late: string) => string;
	kept: (moment: string) => string;
	lateContact: (moment: string, late: string) => string;
	comparison: string;
	columns: { person: string; load: string; expertise: string; performance: string; availability: string; total: string };
	hints: { load: string; expertise: string; performance: string; availability: string; total: string };
	chosen: string;
	others: (count: number) => string;
	fewer: string;
};

export const ownerTexts: Record<Language, OwnerTexts> = {
	fr: {
		label: 'Pourquoi ce responsable',
		isNew: 'Le responsable sera choisi à l’enregistrement.',
		forbidden: 'Votre rôle ne permet pas de voir l’attribution de ce lead.',
		nobody: 'Personne ne s’occupe de ce lead',
		whatToDo: 'Choisissez quelqu’un dans le champ «\u00a0Responsable\u00a0», puis enregistrez.',
		undecided: 'Ce lead n’a pas de décision d’attribution enregistrée.',
		somebody: 'Responsable désigné',
		overridden: (chosen) => `Responsable changé à la main depuis la décision${chosen ? `, qui désignait ${chosen}` : ''}.`,
		kind: {
			manual: 'Choisi à la main',
			continuity: 'Suit déjà ce compte',
			newcomer: 'Part des nouveaux venus',
			best: 'Meilleur équilibre',
			none: 'Non attribué',
			off: 'Attribution automatique coupée',
			escalation: 'Réattribué après retard',
		},
		decidedOn: (moment) => `Attribué le ${moment}`,
		ahead: (moment, left) => `Premier contact avant le ${moment} (encore ${left})`,
		overdue: (moment, late) => `Premier contact en retard de ${late} (attendu le ${moment})`,
		kept: (moment) => `Premier contact fait à temps, le ${moment}`,
		lateContact: (moment, late) => `Premier contact le ${moment}, avec ${late} de retard`,
		comparison: 'Comparaison des personnes',
		columns: { person: 'Personne', load: 'Charge', expertise: 'Expertise', performance: 'Résultats', availability: 'Dispo.', total: 'Total' },
		hints: {
			load: 'Leads en cours sur la capacité',
			expertise: 'Secteur, taille, langue et région',
			performance: 'Taux de conversion, ramené vers la moyenne quand l’historique est court',
			availability: 'Absences et jours travaillés',
			total: 'Moyenne pondérée par les réglages',
		},
		chosen: 'choisi',
		others: (count) => (count > 1 ? `Voir les ${count} autres` : 'Voir l’autre'),
		fewer: 'Réduire',
	},
	en: {
		label: 'Why this owner',
		isNew: 'The owner will be chosen once the lead is saved.',
		forbidden: 'Your role does not let you see the assignment of this lead.',
		nobody: 'Nobody looks after this lead',
		whatToDo: 'Choose somebody in the “Owner” field, then save.',
		undecided: 'This lead has no assignment decision on record.',
		somebody: 'Appointed owner',
		overridden: (chosen) => `The owner was changed by hand since the decision${chosen ? `, which named ${chosen}` : ''}.`,
		kind: {
			manual: 'Chosen by hand',
			continuity: 'Already has this account',
			newcomer: 'Share of newcomers',
			best: 'Best balance',
			none: 'Not assigned',
			off: 'Automatic assignment is off',
			escalation: 'Reassigned after a delay',
		},
		decidedOn: (moment) => `Assigned on ${moment}`,
		ahead: (moment, left) => `First contact before ${moment} (${left} left)`,
		overdue: (moment, late) => `First contact is ${late} late (due ${moment})`,
		kept: (moment) => `First contact made in time, on ${moment}`,
		lateContact: (moment, late) => `First contact on ${moment}, ${late} late`,
		comparison: 'Comparison of people',
		columns: { person: 'Person', load: 'Load', expertise: 'Expertise', performance: 'Results', availability: 'Avail.', total: 'Total' },
		hints: {
			load: 'Open leads out of the capacity',
			expertise: 'Industry, size, language and region',
			performance: 'Win rate, drawn towards the mean while the history is short',
			availability: 'Absences and working days',
			total: 'Mean weighted by the settings',
		},
		chosen: 'chosen',
		others: (count) => (count > 1 ? `Show ${count} more` : 'Show one more'),
		fewer: 'Show less',
	},
};
