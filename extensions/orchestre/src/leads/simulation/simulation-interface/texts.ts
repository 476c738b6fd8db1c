const percent = (part: number, locale: string): string => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(part);

export const simulationTexts = {
	fr: {
		label: 'Essayer d’autres poids',
		intro: 'Rejoue les leads des 90 derniers jours avec ces poids, sans rien modifier. Les poids en vigueur ne changent qu’à l’enregistrement de cette page.',
		weights: {
			weight_load: 'Charge',
			weight_expertise: 'Expertise',
			weight_performance: 'Performance',
			weight_availability: 'Disponibilité',
			newcomer_share: 'Part des nouveaux venus (%)',
		},
		reserved: 'La simulation est réservée à la direction et aux managers.',
		run: 'Rejouer 90 jours',
		running: 'Simulation en cours…',
		apply: 'Reporter dans le formulaire',
		applied: 'Poids reportés ci-dessus : enregistrez pour les appliquer.',
		failed: 'La simulation n’a pas abouti : réessayez.',
		none: 'Aucun lead à rejouer sur cette période.',
		summary: (leads: number, days: number, fixed: number) =>
			`${leads} leads arrivés en ${days} jours, dont ${fixed} choisis à la main (identiques dans les deux cas).`,
		changed: (count: number, share: number) =>
			count === 0
				? 'Aucun lead ne changerait de responsable.'
				: `${count} ${count === 1 ? 'lead irait' : 'leads iraient'} à quelqu’un d’autre (${percent(share, 'fr-FR')}).`,
		table: 'Leads par personne',
		person: 'Personne',
		current: 'Poids actuels',
		tried: 'Poids essayés',
		difference: 'Écart',
		others: 'Autres équipes',
		perTen: (value: string) => `${value} pour 10 places`,
		measures: 'Mesures',
		spread: 'Écart entre la personne la plus et la moins servie (leads pour 10 places)',
		onTime: 'Premiers contacts à l’heure attendus',
		unknown: 'inconnu',
		waited: 'Leads qui auraient attendu une place',
		unassigned: 'Leads restés sans responsable',
		examples: 'Exemples, du plus récent au plus ancien',
		nobody: 'personne',
		limits: 'Ce que la simulation ne sait pas',
		fidelity: (same: number, of: number) =>
			of === 0
				? 'Aucune attribution automatique connue ne permet de vérifier le rejeu.'
				: `Rejouées avec les poids actuels, ${percent(same / of, 'fr-FR')} des attributions automatiques connues (${same} sur ${of}) retombent sur la même personne : c’est la précision de ce rejeu.`,
		assumptions: [
			'Chaque lead occupe une place aussi longtemps qu’en réalité, quelle que soit la personne qui l’aurait reçu.',
			'Expertise, langues, capacité, équipes et responsables de comptes sont ceux d’aujourd’hui ; absences, dates d’arrivée, leads gagnés et perdus sont ceux du jour.',
			'Les réattributions après relance ne sont pas rejouées : on ne sait pas qui aurait été en retard.',
		],
		contacts: (known: number) =>
			known < 30
				? `Délai de premier contact : ${known} cas connus, trop peu pour en attendre quelque chose.`
				: `Premiers contacts à l’heure : chacun garde son taux passé (${known} cas connus), ramené vers la moyenne ; plus de leads pourrait le faire baisser.`,
		departed: (count: number) =>
			`${count} ${count === 1 ? 'lead a été suivi' : 'leads ont été suivis'} par quelqu’un qui n’en reçoit plus : le rejeu les partage entre les autres.`,
	},
	en: {
		label: 'Try other weights',
		intro: 'Replays the leads of the last 90 days with these weights and changes nothing. The weights in force only change when this page is saved.',
		weights: {
			weight_load: 'Load',
			weight_expertise: 'Expertise',
			weight_performance: 'Performance',
			weight_availability: 'Availability',
			newcomer_share: 'Share of newcomers (%)',
		},
		reserved: 'The simulation is for the direction and for managers.',
		run: 'Replay 90 days',
		running: 'Simulation running…',
		apply: 'Copy to the form',
		applied: 'Weights copied above: save to apply them.',
		failed: 'The simulation did not finish: try again.',
		none: 'No lead to replay in this period.',
		summary: (leads: number, days: number, fixed: number) => `${leads} leads arrived in ${days} days, ${fixed} of them given by hand (the same in both).`,
		changed: (count: number, share: number) =>
			count === 0 ? 'No lead would change its owner.' : `${count} ${count === 1 ? 'lead' : 'leads'} would go to somebody else (${percent(share, 'en-GB')}).`,
		table: 'Leads per person',
		person: 'Person',
		current: 'Current weights',
		tried: 'Tried weights',
		difference: 'Difference',
		others: 'Other teams',
		perTen: (value: string) => `${value} for 10 slots`,
		measures: 'Measures',
		spread: 'Gap between who gets most and who gets least (leads for 10 slots)',
		onTime: 'First contacts expected in time',
		unknown: 'unknown',
		waited: 'Leads that would have waited for a slot',
		unassigned: 'Leads left without an owner',
		examples: 'Examples, newest first',
		nobody: 'nobody',
		limits: 'What the simulation does not know',
		fidelity: (same: number, of: number) =>
			of === 0
				? 'No automatic assignment is known to check the replay against.'
				: `Replayed with the current weights, ${percent(same / of, 'en-GB')} of the known automatic assignments (${same} of ${of}) find the same person: that is how exact this replay is.`,
		assumptions: [
			'Each lead takes a slot as long as it really did, whoever would have got it.',
			'Expertise, languages, capacity, teams and account owners are those of today; absences, first days, leads won and lost are those of the day.',
			'Reassignments after a reminder are not replayed: who would have been late is not known.',
		],
		contacts: (known: number) =>
			known < 30
				? `Time to first contact: ${known} known cases, too few to expect anything from.`
				: `First contacts in time: everybody keeps their past rate (${known} known cases), drawn to the mean; more leads may lower it.`,
		departed: (count: number) =>
			`${count} ${count === 1 ? 'lead was' : 'leads were'} followed by somebody who gets none any more: the replay shares them among the others.`,
	},
};
