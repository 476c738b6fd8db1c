/** What a template may say, with the French name of each for whoever writes it. */
export const variables = {
	'contact.civilite': 'Madame ou Monsieur',
	'contact.prenom': 'prénom du contact',
	'contact.nom': 'nom du contact',
	'contact.fonction': 'fonction du contact',
	'contact.email': 'e-mail du contact',
	'contact.telephone': 'téléphone du contact',
	'entreprise.nom': 'nom de l’entreprise',
	'entreprise.ville': 'ville de l’entreprise',
	'entreprise.site': 'site web de l’entreprise',
	'demande.besoin': 'besoin exprimé',
	'demande.produit': 'produit demandé',
	'affaire.nom': 'nom de l’affaire',
	'projet.nom': 'nom du projet',
	'projet.etape': 'prochaine étape du projet',
	'projet.echeance': 'échéance de cette étape',
	'avis.lien': 'lien pour donner son avis',
	'responsable.prenom': 'prénom du responsable',
	'responsable.nom': 'nom du responsable',
	'responsable.fonction': 'fonction du responsable',
	'responsable.email': 'e-mail du responsable',
	'societe.nom': 'nom de notre société',
	'societe.telephone': 'téléphone de notre société',
	'societe.site': 'site web de notre société',
	'societe.adresse': 'adresse de notre société',
} as const;

export type Variable = keyof typeof variables;
export const isVariable = (path: string): path is Variable => Object.hasOwn(variables, path);

/** Values by variable; an unknown one is left out or null. */
export type Values = Partial<Record<Variable, string | null>>;
export type Scope = Record<string, Record<string, string>>;

/** The scope that Liquid reads: only what has a value, so that a variable without one is noticed instead of leaving a gap. */
export function scopeOf(values: Values): Scope {
	const scope: Scope = Object.create(null) as Scope;
	for (const path of Object.keys(variables)) scope[path.split('.')[0] ?? ''] ??= {};
	for (const [path, value] of Object.entries(values)) {
		const [group = '', name = ''] = path.split('.');
		const parts = scope[group];
		if (parts && value?.trim()) parts[name] = value.trim();
	}
	return scope;
}

function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
		row = next;
	}
	return row[b.length] ?? 0;
}

/** The variable that was probably meant; null when nothing is close. */
export function nearestVariable(path: string): Variable | null {
	const [best] = (Object.keys(variables) as Variable[])
		.map((name) => ({ name, apart: distance(path.slice(0, 60), name) }))
		.toSorted((a, b) => a.apart - b.apart);
	return best && best.apart <= 4 ? best.name : null;
}
