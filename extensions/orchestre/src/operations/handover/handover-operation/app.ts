import { defineOperationApp } from '@directus/extensions-sdk';
import { actionOption } from '../../../platform/action-option.ts';

export default defineOperationApp({
	id: 'orchestre-handover',
	name: 'Transmettre un portefeuille',
	icon: 'move_up',
	description: 'Confie à quelqu’un d’autre les leads, affaires, clients et tâches d’une personne, ou annule cette transmission.',
	...actionOption([
		{ value: 'prepare', text: 'Préparer (aperçu à relire)' },
		{ value: 'hand_over', text: 'Transmettre tout de suite' },
		{ value: 'carry_out', text: 'Transmettre ce qui est préparé' },
		{ value: 'undo', text: 'Annuler' },
	]),
});
