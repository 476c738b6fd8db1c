import { defineModule } from '@directus/extensions-sdk';
import ForecastPage from './forecast-page.vue';

export default defineModule({
	id: 'orchestre-forecast',
	name: 'Prévision',
	icon: 'query_stats',
	routes: [{ path: '', component: ForecastPage }],
	// Whoever reads forecasts finds the page; a reseller does not.
	preRegisterCheck: (user, permissions) => Boolean(user['admin_access']) || (permissions['forecasts']?.['read']?.access ?? 'none') !== 'none',
});
