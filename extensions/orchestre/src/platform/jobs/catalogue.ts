/**
 * Kinds of jobs and their French titles, for people and for the flow editor. Plain data: the app side imports it too.
 * A room adds a line here and defines the work with `defineJob`.
 */
export const jobTitles: Readonly<Record<string, string>> = {
	'leads.announce': 'Prévenir le responsable d’un nouveau lead',
	'leads.grade_changed': 'Prévenir d’un changement de note',
	'leads.flag_duplicates': 'Signaler un doublon possible',
	'leads.escalate': 'Relancer les leads sans contact',
	'leads.decay': 'Renoter les leads ouverts',
	'leads.rescore': 'Renoter une partie des leads',
	'pipeline.health': 'Contrôler la santé des affaires ouvertes',
	'pipeline.health_part': 'Contrôler la santé d’une partie des affaires',
	'pipeline.act': 'Chercher le goulot et relancer les alertes sans suite',
	'pipeline.digest': 'Envoyer le point du matin sur les affaires',
	'pipeline.pushed': 'Signaler une signature repoussée',
	'pipeline.next_step': 'Demander la prochaine étape',
	'pipeline.won': 'Annoncer une affaire gagnée',
	'pipeline.lost': 'Tirer les leçons d’une affaire perdue',
	'predictions.train': 'Entraîner un modèle',
	'predictions.retrain': 'Réentraîner les modèles',
	'predictions.refresh': 'Recalculer les probabilités',
	'predictions.nightly': 'Recalculer les probabilités de la nuit',
	'predictions.touch': 'Actualiser les probabilités des fiches modifiées',
	'platform.backup': 'Sauvegarder la base et les fichiers',
	'exchange.check': 'Vérifier un fichier à importer',
	'exchange.write': 'Importer un lot de lignes',
	'exchange.undo': 'Défaire un lot importé',
	'exchange.tell': 'Annoncer un import terminé',
	'duplicates.check': 'Chercher les doublons partout',
	'duplicates.recheck': 'Chercher les doublons des fiches modifiées',
	'platform.prune_jobs': 'Effacer les anciens travaux terminés',
};
