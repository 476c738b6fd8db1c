/** Bricks of what is written after a contact; `{…}` is filled in by interactions.ts. */
type Talk = { subjects: string[]; facts: string[]; next: string[] };

export const talks: Record<string, Talk> = {
	'lead call reached': {
		subjects: ['Premier appel', 'Appel de qualification', 'Rappel suite à la demande', 'Point sur le besoin'],
		facts: [
			'{person} confirme le besoin et décrit l’organisation actuelle.',
			'Le sujet est porté par {person}, la décision se prend avec la direction.',
			'Pas d’outil en place aujourd’hui, tout passe par des tableurs.',
			'Le projet est réel mais le budget n’est pas encore arrêté.',
			'{person} compare deux solutions et veut voir le produit sur un cas concret.',
			'Le besoin porte surtout sur {product}.',
			'L’échéance dépend de l’accord du comité de direction.',
		],
		next: [
			'Envoi d’une documentation, rappel convenu.',
			'Démonstration à proposer.',
			'À rappeler la semaine prochaine.',
			'Demande des éléments chiffrés.',
			'Doit nous rappeler.',
		],
	},
	'lead call missed': {
		subjects: ['Tentative d’appel', 'Appel sans réponse', 'Message laissé'],
		facts: [
			'Pas de réponse, message laissé sur le répondeur.',
			'Ligne occupée à deux reprises.',
			'En déplacement jusqu’à la fin de semaine, selon l’accueil.',
			'Le standard n’a pas transmis l’appel.',
		],
		next: ['Nouvel essai à prévoir.', 'E-mail envoyé en complément.', ''],
	},
	'lead email outbound': {
		subjects: ['Suite à votre demande', 'Documentation {product}', 'Proposition de rendez-vous', 'Votre projet'],
		facts: [
			'Envoi de la présentation et de deux exemples de clients du même secteur.',
			'Proposition de trois créneaux pour une démonstration.',
			'Réponse aux questions posées sur les tarifs.',
			'Relance courte, rappel de l’échéance évoquée.',
		],
		next: ['', 'Relance prévue sous huit jours.'],
	},
	'lead email inbound': {
		subjects: ['Re : votre demande', 'Question sur {product}', 'Demande de tarif', 'Disponibilités'],
		facts: [
			'{person} demande un ordre de prix.',
			'{person} propose un créneau pour échanger.',
			'{person} demande si l’outil se connecte à leur logiciel de gestion.',
			'{person} transmet le nombre d’utilisateurs prévus.',
		],
		next: ['', 'Réponse à faire dans la journée.'],
	},
	'lead meeting': {
		subjects: ['Démonstration {product}', 'Rendez-vous de découverte', 'Atelier de cadrage'],
		facts: [
			'Démonstration sur leur propre cas : l’équipe est convaincue par le tableau de bord.',
			'Questions nombreuses sur la reprise des données.',
			'La direction financière demande un retour sur investissement chiffré.',
			'L’équipe craint la charge de mise en place.',
			'{person} voit bien l’usage pour l’atelier principal.',
		],
		next: ['Affaire à ouvrir.', 'Chiffrage à préparer.', 'Compte rendu envoyé.', 'Décision attendue le mois prochain.'],
	},
	'deal call': {
		subjects: ['Point d’avancement', 'Relance de la proposition', 'Appel de suivi', 'Point sur le calendrier'],
		facts: [
			'Le dossier passe en comité de direction à la fin du mois.',
			'{person} demande un effort sur le prix de la mise en place.',
			'Les équipes techniques ont validé la connexion.',
			'Le budget est confirmé, reste le calendrier.',
			'Décision repoussée : un autre projet passe devant.',
			'Le concurrent {competitor} a fait une offre plus basse.',
			'Les conditions de résiliation posent question.',
		],
		next: ['Proposition à ajuster.', 'Rappel fixé.', 'Compte rendu envoyé à {person}.', ''],
	},
	'deal email outbound': {
		subjects: ['Votre proposition Solenval', 'Compte rendu de notre réunion', 'Version corrigée de l’offre', 'Calendrier de mise en place'],
		facts: [
			'Envoi de l’offre et du calendrier de mise en place.',
			'Compte rendu de la réunion et liste des points ouverts.',
			'Offre corrigée : deux journées de formation ajoutées.',
			'Relance sur la signature.',
		],
		next: [''],
	},
	'deal email inbound': {
		subjects: ['Re : votre proposition', 'Questions sur le contrat', 'Retour de notre direction'],
		facts: [
			'{person} demande une précision sur les délais.',
			'Retour positif de la direction, quelques remarques sur le contrat.',
			'{person} demande de décaler le démarrage.',
			'Accord de principe, en attente du bon de commande.',
		],
		next: ['', 'Réponse à préparer.'],
	},
	'deal meeting': {
		subjects: ['Démonstration', 'Réunion de cadrage', 'Présentation de l’offre', 'Réunion de négociation'],
		facts: [
			'Présentation de l’offre à {person} et à la direction.',
			'Cadrage du périmètre : deux ateliers au démarrage, le reste ensuite.',
			'Négociation sur la durée d’engagement.',
			'Visite de l’atelier et relevé des machines à connecter.',
		],
		next: ['Offre à mettre à jour.', 'Prochaine étape : validation du contrat.', ''],
	},
	'client call': {
		subjects: ['Point mensuel', 'Appel de courtoisie', 'Suivi de l’utilisation', 'Préparation du renouvellement'],
		facts: [
			'Les équipes utilisent l’outil chaque jour, {person} apprécie la prise en main.',
			'Deux nouveaux utilisateurs à former.',
			'Demande d’un rapport sur les arrêts machines.',
			'Bon retour des chefs d’équipe.',
			'Question sur les prochaines nouveautés.',
		],
		next: ['Point suivant le mois prochain.', 'Documentation envoyée.', ''],
	},
	'client email': {
		subjects: ['Nouveautés du trimestre', 'Compte rendu du point mensuel', 'Question d’usage', 'Mise à jour de vos accès'],
		facts: [
			'Envoi du compte rendu et des actions convenues.',
			'Réponse à une question sur les exports.',
			'Transmission de la liste des utilisateurs à jour.',
			'Information sur la prochaine version.',
		],
		next: [''],
	},
	'client meeting': {
		subjects: ['Revue trimestrielle', 'Comité de suivi', 'Visite sur site'],
		facts: [
			'Revue des indicateurs : délais tenus et moins d’arrêts.',
			'Le déploiement sur le second atelier est envisagé.',
			'Les objectifs de l’année sont atteints.',
			'{person} souhaite associer la direction au prochain comité.',
		],
		next: ['Plan d’action partagé.', 'Proposition à étudier.', ''],
	},
	'client trouble': {
		subjects: ['Réclamation', 'Point difficile', 'Appel suite aux incidents'],
		facts: [
			'{person} se plaint de la lenteur depuis la dernière version.',
			'Mécontentement : trois tickets restés longtemps sans réponse.',
			'La direction remet en cause l’intérêt de l’outil, peu utilisé.',
			'Le responsable du projet est parti, personne n’a repris le sujet.',
			'Budget en baisse, demande de réduction.',
		],
		next: ['Escalade interne.', 'Rendez-vous demandé avec la direction.', 'Plan de retour à la normale à envoyer.'],
	},
};

export const ticketWords: Record<
	'question' | 'incident' | 'request' | 'billing' | 'complaint',
	{ subjects: string[]; descriptions: string[]; resolutions: string[] }
> = {
	question: {
		subjects: [
			'Comment exporter le planning ?',
			'Droits d’un nouvel utilisateur',
			'Différence entre deux états',
			'Paramétrer une alerte',
			'Modifier un modèle de fiche',
		],
		descriptions: ['Nous ne trouvons pas où se règle cette option.', 'Pouvez-vous nous indiquer la marche à suivre ?'],
		resolutions: ['Marche à suivre envoyée avec captures d’écran.', 'Réponse donnée au téléphone.'],
	},
	incident: {
		subjects: [
			'Lenteur à l’ouverture des fiches',
			'Synchronisation bloquée',
			'Tablette déconnectée',
			'Erreur à l’enregistrement',
			'Capteur muet',
			'Impossible de se connecter',
			'Données du jour absentes',
		],
		descriptions: ['Le problème est apparu ce matin et bloque l’atelier.', 'L’erreur revient plusieurs fois par jour.', 'Toutes les tablettes sont touchées.'],
		resolutions: ['Correctif livré dans la nuit.', 'Passerelle redémarrée, surveillance pendant 48 heures.', 'Cache vidé et droits rétablis.'],
	},
	request: {
		subjects: ['Ajouter un champ à la fiche machine', 'Nouvel utilisateur à créer', 'Import d’une liste d’articles', 'Connexion au logiciel de paie'],
		descriptions: ['Merci de prévoir cette évolution.', 'Le fichier est joint à la demande.'],
		resolutions: ['Fait et vérifié avec le client.', 'Demande transmise au produit.'],
	},
	billing: {
		subjects: ['Facture reçue en double', 'Question sur une ligne de facture', 'Changer l’adresse de facturation'],
		descriptions: ['Merci de vérifier la dernière facture.'],
		resolutions: ['Explication envoyée par la comptabilité.', 'Adresse corrigée.'],
	},
	complaint: {
		subjects: ['Délais de réponse trop longs', 'Incidents à répétition', 'Engagement non tenu'],
		descriptions: ['Nous sommes très mécontents du suivi de ces dernières semaines.', 'C’est la troisième fois ce mois-ci.'],
		resolutions: ['Appel de la responsable, geste commercial accordé.', 'Plan d’action envoyé au client.'],
	},
};
