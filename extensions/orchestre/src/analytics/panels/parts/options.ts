/** A field of the panel editor that chooses one of several words; nothing chosen is `placeholder`. */
export const choiceOption = (field: string, name: string, placeholder: string, choices: Record<string, string>, width: 'half' | 'full' = 'half') => ({
	field,
	name,
	type: 'string' as const,
	meta: {
		width,
		interface: 'select-dropdown',
		options: { allowNone: true, placeholder, choices: Object.entries(choices).map(([value, text]) => ({ text, value })) },
	},
}); // prettier-ignore

export const switchOption = (field: string, name: string, label: string, isOn = false) => ({
	field,
	name,
	type: 'boolean' as const,
	schema: { default_value: isOn },
	meta: { width: 'half' as const, interface: 'boolean', options: { label } },
}); // prettier-ignore

/** What the editor of each of these panels offers first: period, whose figures, and what they are compared with. */
export const commonOptions = [
	choiceOption('period', 'Période', 'Comme le tableau de bord', {
		week: 'Cette semaine',
		month: 'Ce mois',
		quarter: 'Ce trimestre',
		year: 'Cette année',
		rolling_12: 'Douze mois glissants',
	}),
	choiceOption('scope', 'Périmètre', 'Comme le tableau de bord', {
		person: 'La personne connectée',
		team: 'Son équipe',
		company: 'Toute l’entreprise',
	}),
	choiceOption('comparison', 'Comparée à', 'Comme le tableau de bord', {
		previous: 'La période précédente',
		previous_year: 'La même période de l’an passé',
		target: 'L’objectif',
	}),
];
