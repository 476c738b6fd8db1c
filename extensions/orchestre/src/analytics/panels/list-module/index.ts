import { defineModule } from '@directus/extensions-sdk';
import OpenList from './open-list.vue';
import './phone-start.ts';

/** No page of its own, and not in the bar: the address `/orchestre-list/<collection>?filter=…` of the rows behind a figure. */
export default defineModule({
	id: 'orchestre-list',
	name: 'Liste derrière un chiffre',
	icon: 'filter_alt',
	hidden: true,
	routes: [{ path: ':collection', component: OpenList, props: true }],
});
