import { defineModule } from '@directus/extensions-sdk';
import DayPage from './day-page.vue';

export default defineModule({
	id: 'orchestre-day',
	name: 'Ma journée',
	icon: 'today',
	routes: [{ path: '', component: DayPage }],
	// Whoever may answer insights has a day; a reseller has none.
	preRegisterCheck: (user, permissions) => Boolean(user['admin_access']) || (permissions['insights']?.['update']?.access ?? 'none') !== 'none',
});
