import { defineOperationApp } from '@directus/extensions-sdk';

export default defineOperationApp({
	id: 'orchestre-connection-test',
	name: 'Tester une connexion',
	icon: 'network_check',
	description: 'Fait un appel sans effet au service de la connexion choisie et écrit sur sa fiche ce qui en ressort. Réservé aux administrateurs.',
	overview: () => [],
	options: [],
});
