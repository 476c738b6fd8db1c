/** What a company of an industry is called, does (NAF, with its meaning) and how large it tends to be. */
export type IndustryWords = {
	weight: number;
	naf: [code: string, label: string][];
	before: string[];
	after: string[];
	sizes: Record<'1-9' | '10-49' | '50-249' | '250-999' | '1000+', number>;
};

const list = (text: string): string[] => text.split('|');

/** Stems that an invented firm name is built on; none is meant to be an existing firm. */
export const stems = list(
	'Valmont|Orsane|Brévia|Castelune|Dorlane|Estéval|Fontalis|Grandvaux|Hautelande|Isoréa|Jolivane|Kervaléo|Lumensia|Montrivel|Novéane|Ombreval|Pierrelune|Quercéo|Rivéane|Solmarin|Talvéra|Ursalis|Verneuse|Altéria|Boréalis|Cévéa|Delphéa|Églantis|Faréole|Galvane|Hélioréa|Ivoiris|Jurassia|Loravel|Maréval|Nordéa Sud|Océvia|Pastelis|Roncevia|Silvane|Terravelle|Vertuval|Albarine|Chantelys|Écluséa|Florival|Garonnelle|Ardélune|Brocévia|Clairéval|Druméa|Escarpia|Lavandis|Mistralys|Noréval|Palombia|Rochelune|Sablonis|Tourmalis|Vallonéa|Armoréa|Baliséo|Cormélis|Dunéo|Ferrandel|Givréa|Houléo|Lanterne Bleue|Méridiane|Noctalis|Oriflam|Pavélis|Rosélia|Savinéo|Thermalys|Vigneraie|Aubréa|Bastidéo|Calanéa|Durancia',
);

export const industries: Record<string, IndustryWords> = {
	manufacturing: {
		weight: 5,
		naf: [
			['25.62B', 'Mécanique industrielle'],
			['22.29A', 'Fabrication de pièces techniques en plastique'],
			['28.29B', 'Fabrication de machines'],
			['10.71A', 'Fabrication industrielle de pain et pâtisserie'],
			['31.09B', 'Fabrication de meubles'],
		],
		before: list('Ateliers|Mécanique|Plasturgie|Usinage|Fonderie|Industries|Établissements'),
		after: list('Industrie|Précision|Composites|Mécatronique'),
		sizes: { '1-9': 1, '10-49': 4, '50-249': 5, '250-999': 2, '1000+': 0.4 },
	},
	tech: {
		weight: 3,
		naf: [
			['62.01Z', 'Programmation informatique'],
			['62.02A', 'Conseil en systèmes et logiciels informatiques'],
			['63.11Z', 'Traitement de données, hébergement'],
		],
		before: list('Studio|Labo'),
		after: list('Digital|Numérique|Systèmes|Data|Cloud|Logiciels'),
		sizes: { '1-9': 3, '10-49': 5, '50-249': 3, '250-999': 0.7, '1000+': 0.1 },
	},
	logistics: {
		weight: 3,
		naf: [
			['49.41A', 'Transports routiers de fret interurbains'],
			['52.10B', 'Entreposage et stockage non frigorifique'],
			['52.29A', 'Messagerie, fret express'],
		],
		before: list('Transports|Messagerie|Entrepôts'),
		after: list('Logistique|Fret|Express'),
		sizes: { '1-9': 1, '10-49': 5, '50-249': 4, '250-999': 1.2, '1000+': 0.2 },
	},
	construction: {
		weight: 3,
		naf: [
			['43.21A', 'Installation électrique'],
			['41.20B', 'Construction d’autres bâtiments'],
			['43.22B', 'Installation d’équipements thermiques'],
		],
		before: list('Bâtiment|Charpentes|Électricité|Couverture|Travaux'),
		after: list('Construction|BTP|Énergies|Rénovation'),
		sizes: { '1-9': 4, '10-49': 6, '50-249': 2, '250-999': 0.4, '1000+': 0.1 },
	},
	retail: {
		weight: 2.5,
		naf: [
			['46.69B', 'Commerce de gros de fournitures industrielles'],
			['47.52B', 'Commerce de détail de bricolage'],
			['46.39B', 'Commerce de gros alimentaire'],
		],
		before: list('Comptoir|Maison|Négoce'),
		after: list('Distribution|Fournitures|Équipement'),
		sizes: { '1-9': 4, '10-49': 5, '50-249': 2, '250-999': 0.8, '1000+': 0.3 },
	},
	services: {
		weight: 2.5,
		naf: [
			['70.22Z', 'Conseil pour les affaires et la gestion'],
			['81.21Z', 'Nettoyage courant des bâtiments'],
			['71.12B', 'Ingénierie, études techniques'],
		],
		before: list('Cabinet|Groupe|Services'),
		after: list('Conseil|Ingénierie|Propreté|Maintenance'),
		sizes: { '1-9': 4, '10-49': 5, '50-249': 2.5, '250-999': 0.7, '1000+': 0.2 },
	},
	health: {
		weight: 1.5,
		naf: [
			['86.10Z', 'Activités hospitalières'],
			['32.50A', 'Fabrication de matériel médico-chirurgical'],
			['86.90B', 'Laboratoires d’analyses médicales'],
		],
		before: list('Clinique|Laboratoires|Centre de soins'),
		after: list('Santé|Médical|Biologie'),
		sizes: { '1-9': 1, '10-49': 3, '50-249': 4, '250-999': 1.5, '1000+': 0.2 },
	},
	hospitality: {
		weight: 1.2,
		naf: [
			['55.10Z', 'Hôtels et hébergement similaire'],
			['56.10A', 'Restauration traditionnelle'],
			['56.21Z', 'Services des traiteurs'],
		],
		before: list('Hôtels|Traiteur|Tables'),
		after: list('Hôtellerie|Réceptions|Séjours'),
		sizes: { '1-9': 4, '10-49': 5, '50-249': 1.5, '250-999': 0.2, '1000+': 0 },
	},
	finance: {
		weight: 0.8,
		naf: [
			['66.22Z', 'Agents et courtiers d’assurances'],
			['69.20Z', 'Activités comptables'],
		],
		before: list('Cabinet|Courtage'),
		after: list('Assurances|Patrimoine|Expertise'),
		sizes: { '1-9': 4, '10-49': 4, '50-249': 1.5, '250-999': 0.3, '1000+': 0.1 },
	},
	education: {
		weight: 0.7,
		naf: [
			['85.59A', 'Formation continue d’adultes'],
			['85.42Z', 'Enseignement supérieur'],
		],
		before: list('Institut|École|Campus'),
		after: list('Formation|Compétences'),
		sizes: { '1-9': 3, '10-49': 5, '50-249': 2, '250-999': 0.4, '1000+': 0 },
	},
	public: {
		weight: 0.7,
		naf: [
			['84.11Z', 'Administration publique générale'],
			['36.00Z', 'Captage, traitement et distribution d’eau'],
		],
		before: list('Régie|Syndicat mixte|Communauté de communes'),
		after: list('Agglomération|Territoire'),
		sizes: { '1-9': 0, '10-49': 3, '50-249': 5, '250-999': 2, '1000+': 0.2 },
	},
};

/** Head counts within a band, and yearly revenue per head in thousands of euros. */
export const headCounts: Record<string, [number, number]> = {
	'1-9': [2, 9],
	'10-49': [10, 49],
	'50-249': [50, 249],
	'250-999': [250, 900],
	'1000+': [1000, 2600],
};
export const sizeBands = ['1-9', '10-49', '50-249', '250-999', '1000+'] as const;
export type SizeBand = (typeof sizeBands)[number];

/** Job titles with the part that people in it play in a purchase, and the department they speak for. */
export const jobs: { title: { female: string; male: string }; role: 'decision_maker' | 'champion' | 'influencer' | 'user'; weight: number }[] = [
	{ title: { female: 'Directrice générale', male: 'Directeur général' }, role: 'decision_maker', weight: 3 },
	{ title: { female: 'Gérante', male: 'Gérant' }, role: 'decision_maker', weight: 3 },
	{ title: { female: 'Directrice des opérations', male: 'Directeur des opérations' }, role: 'decision_maker', weight: 3 },
	{ title: { female: 'Directrice administrative et financière', male: 'Directeur administratif et financier' }, role: 'decision_maker', weight: 2.5 },
	{ title: { female: 'Directrice de production', male: 'Directeur de production' }, role: 'champion', weight: 3 },
	{ title: { female: 'Responsable maintenance', male: 'Responsable maintenance' }, role: 'champion', weight: 3 },
	{ title: { female: 'Directrice des systèmes d’information', male: 'Directeur des systèmes d’information' }, role: 'influencer', weight: 2 },
	{ title: { female: 'Responsable qualité', male: 'Responsable qualité' }, role: 'influencer', weight: 2.5 },
	{ title: { female: 'Responsable logistique', male: 'Responsable logistique' }, role: 'champion', weight: 2 },
	{ title: { female: 'Responsable achats', male: 'Responsable achats' }, role: 'influencer', weight: 2 },
	{ title: { female: 'Cheffe de projet', male: 'Chef de projet' }, role: 'influencer', weight: 2 },
	{ title: { female: 'Comptable', male: 'Comptable' }, role: 'user', weight: 1.5 },
	{ title: { female: 'Assistante de direction', male: 'Assistant de direction' }, role: 'user', weight: 1.5 },
	{ title: { female: 'Technicienne de maintenance', male: 'Technicien de maintenance' }, role: 'user', weight: 1.5 },
	{ title: { female: 'Étudiante en alternance', male: 'Étudiant en alternance' }, role: 'user', weight: 0.8 },
];
