import { defineOperationApp } from '@directus/extensions-sdk';
import { actionOption } from '../../platform/action-option.ts';

export default defineOperationApp({
	id: 'orchestre-predictions',
	name: 'Entraîner les modèles',
	icon: 'model_training',
	description:
		'Apprend de l’historique quels leads se convertissent, quelles affaires se gagnent et quels clients partent, et met en service ce qui a fait ses preuves.',
	...actionOption([{ value: 'train', text: 'Entraîner maintenant' }]),
});
