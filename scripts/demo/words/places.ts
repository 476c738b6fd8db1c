/** A town with what depends on it. `zone`: first digit after 0 of its telephone numbers. */
export type Place = { city: string; postcode: string; region: string; zone: 1 | 2 | 3 | 4 | 5; weight: number };

/** Numbers that ARCEP keeps free for films and novels: nobody answers. */
export const fictionalPrefixes = { 1: '+3319900', 2: '+3326191', 3: '+3335301', 4: '+3346571', 5: '+3353649', mobile: '+3363998' } as const;

const towns = (region: string, zone: Place['zone'], list: string): Place[] =>
	list.split(',').map((entry) => {
		const [city = '', postcode = '', weight = '1'] = entry.trim().split(':');
		return { city, postcode, region, zone, weight: Number(weight) };
	});

export const places: Place[] = [
	...towns(
		'ile_de_france',
		1,
		'Paris:75002:4,Paris:75009:4,Paris:75011:3,Paris:75017:3,Boulogne-Billancourt:92100:3,Nanterre:92000:2,Saint-Denis:93200:2,Montreuil:93100:2,Créteil:94000,Versailles:78000,Massy:91300:2,Évry-Courcouronnes:91000,Cergy:95000,Meaux:77100,Melun:77000',
	),
	...towns(
		'auvergne_rhone_alpes',
		4,
		'Lyon:69002:5,Lyon:69003:5,Lyon:69007:4,Villeurbanne:69100:3,Grenoble:38000:3,Saint-Étienne:42000:2,Clermont-Ferrand:63000:2,Annecy:74000:2,Chambéry:73000,Valence:26000:2,Bourg-en-Bresse:01000,Roanne:42300,Vienne:38200,Oyonnax:01100',
	),
	...towns(
		'hauts_de_france',
		3,
		'Lille:59000:4,Roubaix:59100:2,Tourcoing:59200,Villeneuve-d’Ascq:59650:2,Amiens:80000:2,Dunkerque:59140,Valenciennes:59300,Lens:62300,Compiègne:60200',
	),
	...towns(
		'nouvelle_aquitaine',
		5,
		'Bordeaux:33000:4,Mérignac:33700:2,Limoges:87000,Poitiers:86000:2,La Rochelle:17000:2,Pau:64000,Bayonne:64100,Angoulême:16000,Niort:79000:2',
	),
	...towns('occitanie', 5, 'Toulouse:31000:4,Blagnac:31700:2,Labège:31670,Montauban:82000,Albi:81000,Tarbes:65000'),
	...towns('occitanie', 4, 'Montpellier:34000:3,Nîmes:30900,Perpignan:66000,Béziers:34500'),
	...towns('paca', 4, 'Marseille:13002:3,Marseille:13008:2,Aix-en-Provence:13100:2,Nice:06000:2,Sophia Antipolis:06560,Toulon:83000,Avignon:84000'),
	...towns('grand_est', 3, 'Strasbourg:67000:3,Mulhouse:68100,Colmar:68000,Metz:57000:2,Nancy:54000:2,Reims:51100:2,Troyes:10000'),
	...towns('pays_de_la_loire', 2, 'Nantes:44000:4,Saint-Herblain:44800:2,Angers:49000:2,Le Mans:72000,Laval:53000,Cholet:49300:2,La Roche-sur-Yon:85000'),
	...towns('bretagne', 2, 'Rennes:35000:3,Brest:29200,Quimper:29000,Lorient:56100,Vannes:56000,Saint-Brieuc:22000,Vitré:35500'),
	...towns('normandie', 2, 'Rouen:76000:2,Caen:14000:2,Le Havre:76600,Cherbourg-en-Cotentin:50100,Évreux:27000'),
	...towns('bourgogne_franche_comte', 3, 'Dijon:21000:2,Besançon:25000,Belfort:90000,Chalon-sur-Saône:71100'),
	...towns('centre_val_de_loire', 2, 'Tours:37000:2,Orléans:45000:2,Blois:41000,Chartres:28000'),
];

const streetKinds = ['rue', 'rue', 'rue', 'avenue', 'boulevard', 'allée', 'place', 'quai', 'chemin'] as const;
const streetNames =
	`des Tilleuls|de la République|Jean Jaurès|Victor Hugo|Pasteur|de la Gare|des Artisans|de l’Industrie|Gambetta|du Général Leclerc|Marie Curie|des Acacias|de la Liberté|Voltaire|du Moulin|de Verdun|Émile Zola|Louise Michel|des Platanes|du Port|de l’Europe|Nelson Mandela|Aristide Briand|Simone Veil|du Commerce|Gustave Eiffel|Ampère|Lavoisier|des Frères Lumière|Molière`.split(
		'|',
	);
export const streets = { kinds: streetKinds, names: streetNames };
