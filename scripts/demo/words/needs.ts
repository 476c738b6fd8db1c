/** What leads write, by the product that they are after. */
export const needs: Record<string, string[]> = {
	pilotage: [
		'Nous suivons nos ordres de travail sur tableur et nous perdons le fil dès qu’une urgence arrive. Nous cherchons un outil simple pour {employees} personnes.',
		'Besoin d’un tableau de bord de production en temps réel, avec une reprise de nos données actuelles.',
		'Notre logiciel actuel n’est plus maintenu. Nous voulons comparer deux ou trois solutions avant la fin de l’année.',
		'Nous ouvrons un second site et il nous faut un suivi commun des équipes.',
	],
	planning: [
		'Le planning des équipes est fait à la main chaque vendredi et change tous les jours. Nous voulons gagner ce temps.',
		'Nous devons tenir compte des compétences et des absences dans le planning des machines.',
		'Nos retards de livraison viennent surtout du planning. Pouvez-vous nous montrer ce que vous proposez ?',
	],
	maintenance: [
		'Nous subissons trop d’arrêts non prévus et voulons passer à une maintenance préventive.',
		'Il nous faut un historique des interventions par machine pour notre prochain audit.',
		'Nous cherchons à remplacer des fiches papier pour une équipe de maintenance de six personnes.',
	],
	stock: [
		'Les inventaires nous prennent deux jours par mois. Nous voulons des lecteurs de codes-barres et un stock juste.',
		'Nous manquons régulièrement de pièces détachées alors que le stock est élevé.',
	],
	quality: [
		'Certification à renouveler dans l’année : nous avons besoin de tracer les contrôles et les non-conformités.',
		'Notre client principal nous demande une traçabilité complète des lots.',
	],
	portal: [
		'Nos clients appellent sans arrêt pour savoir où en est leur commande. Un portail nous aiderait.',
		'Nous voulons donner à nos clients un accès au suivi et aux documents.',
	],
	api: [
		'Nous voulons connecter vos données à notre logiciel de gestion. Avez-vous une documentation technique ?',
		'Est-il possible de récupérer les temps de production par une interface de programmation ?',
	],
};

/** What they work with so far. */
export const currentSolutions = [
	'Tableur',
	'Tableur',
	'Papier',
	'Logiciel maison',
	'Progiciel de gestion sans module atelier',
	'Ancien logiciel en fin de vie',
	'Logiciel concurrent',
	'Aucun outil',
];

export const competitors = ['Atelio', 'Gesprod Plus', 'Mainteo', 'PlanExpert', 'Développement interne', 'Tableur amélioré'];

/** Where the consent of a lead was given. */
export const consentProofs: Record<string, string> = {
	website: 'Case cochée sur le formulaire de contact du site.',
	content: 'Case cochée au téléchargement du livre blanc.',
	webinar: 'Case cochée à l’inscription au webinaire.',
	event: 'Badge scanné sur le stand, accord donné sur la tablette.',
	ads: 'Case cochée sur la page de la campagne.',
	social: 'Formulaire rempli sur le réseau social.',
	inbound_call: 'Accord donné au téléphone, noté pendant l’appel.',
	referral: 'Accord donné par retour d’e-mail.',
	partner: 'Accord recueilli par le partenaire, formulaire transmis.',
	reseller: 'Accord recueilli par le revendeur, formulaire transmis.',
};
