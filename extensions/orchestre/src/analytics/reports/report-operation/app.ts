import { defineOperationApp } from '@directus/extensions-sdk';

export default defineOperationApp({
	id: 'orchestre-report',
	name: 'Produire un rapport',
	icon: 'summarize',
	description: 'Produit tout de suite le rapport de la personne qui appuie sur le bouton, avec les chiffres du moment.',
	overview: () => [],
	options: [],
});
