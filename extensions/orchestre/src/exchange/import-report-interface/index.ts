import { defineInterface } from '@directus/extensions-sdk';
import ImportReport from './import-report.vue';

export default defineInterface({
	id: 'orchestre-import-report',
	name: 'Compte rendu d’import',
	description: 'L’avancement d’un import, ses erreurs par ligne et par colonne, et ses boutons.',
	icon: 'upload_file',
	component: ImportReport,
	types: ['alias'],
	localTypes: ['presentation'],
	group: 'presentation',
	options: null,
	hideLoader: true,
});
