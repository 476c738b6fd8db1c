import { definePanel } from '@directus/extensions-sdk';
import { choiceOption } from '../panels/parts/options.ts';
import Panel from './models-panel.vue';

export default definePanel({
	id: 'orchestre-models',
	name: 'Qualité des modèles',
	icon: 'model_training',
	description: 'État de chaque modèle, et si les probabilités annoncées se réalisent.',
	component: Panel,
	minWidth: 14,
	minHeight: 10,
	options: [
		choiceOption('target', 'Probabilités', 'Gagner une affaire', {
			deal_win: 'Gagner une affaire',
			lead_conversion: 'Convertir un lead',
			churn: 'Perdre un client',
			upsell: 'Vente additionnelle',
		}),
	],
});
