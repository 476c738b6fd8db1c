import { defineModule } from '@directus/extensions-sdk';
import DocumentPage from './document-page.vue';
import QueuePage from './queue-page.vue';

export default defineModule({
	id: 'orchestre-documents',
	name: 'Documents à vérifier',
	icon: 'fact_check',
	routes: [
		{ path: '', component: QueuePage },
		{ path: ':id', component: DocumentPage, props: true },
	],
	// Whoever may change documents reviews them; a reseller has none.
	preRegisterCheck: (user, permissions) => Boolean(user['admin_access']) || (permissions['documents']?.['update']?.access ?? 'none') !== 'none',
});
