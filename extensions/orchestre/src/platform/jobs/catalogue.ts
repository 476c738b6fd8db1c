/**
 * Kinds of jobs and their French titles, for people and for the flow editor. Plain data: the app side imports it too.
 * A room adds a line here and defines the work with `defineJob`.
 */
export const jobTitles: Readonly<Record<string, string>> = {
	'platform.prune-jobs': 'Effacer les anciens travaux terminés',
};
