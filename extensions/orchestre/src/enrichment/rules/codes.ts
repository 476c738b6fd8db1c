/** Codes of INSEE as the product's own choices. */

const regions: Readonly<Record<string, string>> = {
	'11': 'ile_de_france',
	'24': 'centre_val_de_loire',
	'27': 'bourgogne_franche_comte',
	'28': 'normandie',
	'32': 'hauts_de_france',
	'44': 'grand_est',
	'52': 'pays_de_la_loire',
	'53': 'bretagne',
	'75': 'nouvelle_aquitaine',
	'76': 'occitanie',
	'84': 'auvergne_rhone_alpes',
	'93': 'paca',
	'94': 'corse',
};
const overseas = ['01', '02', '03', '04', '05', '06', '07', '08'];

export const regionOf = (code: string | null | undefined): string | null => (code ? (regions[code] ?? (overseas.includes(code) ? 'outre_mer' : null)) : null);

/** Bands of the head count (INSEE: tranche d’effectif salarié). 00 and NN say nothing about the size of a firm. */
export function sizeBandOf(code: string | null | undefined): string | null {
	if (!code || !/^\d\d$/.test(code) || code === '00') return null;
	const number = Number(code);
	if (number <= 3) return '1-9';
	if (number <= 12) return '10-49';
	if (number <= 31) return '50-249';
	return number <= 41 ? '250-999' : '1000+';
}

/** Legal form from the legal category (INSEE, first digits). */
export function legalFormOf(code: string | null | undefined): string | null {
	if (!code) return null;
	const forms: readonly [RegExp, string][] = [
		[/^57/, 'sas'],
		[/^(?:54|55[01]5$)/, 'sarl'],
		[/^654/, 'sci'],
		[/^5202/, 'snc'],
		[/^(?:51|6317|6318)/, 'cooperative'],
		[/^(?:55|56)/, 'sa'],
		[/^1/, 'ei'],
		[/^92/, 'association'],
		[/^(?:4|7)/, 'public'],
		[/^3/, 'foreign'],
	];
	return forms.find(([pattern]) => pattern.test(code))?.[1] ?? 'other';
}

const sections: Readonly<Record<string, string>> = {
	C: 'manufacturing',
	F: 'construction',
	G: 'retail',
	H: 'logistics',
	I: 'hospitality',
	J: 'tech',
	K: 'finance',
	L: 'services',
	M: 'services',
	N: 'services',
	O: 'public',
	P: 'education',
	Q: 'health',
	S: 'services',
};

/** Industry from the section of the NAF. */
export const industryOf = (section: string | null | undefined): string | null => (section ? (sections[section] ?? 'other') : null);
