import { defineOperationApp } from '@directus/extensions-sdk';

export default defineOperationApp({
	id: 'orchestre-document-read',
	name: 'Lire des documents',
	icon: 'document_scanner',
	description: 'Sur un fichier déposé : en fait un document et le lit. Par un bouton : relit les documents choisis, sauf ceux qui sont classés.',
	overview: () => [],
	options: [],
});
