import { defineOperationApp } from '@directus/extensions-sdk';

export default defineOperationApp({
	id: 'orchestre-enrich',
	name: 'Enrichir',
	icon: 'travel_explore',
	description: 'Complète les champs vides d’entreprises, de leads ou de contacts avec le registre public et les annuaires configurés.',
	overview: () => [],
	options: [],
});
