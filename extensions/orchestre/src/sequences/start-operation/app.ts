import { defineOperationApp } from '@directus/extensions-sdk';
import { actionOption } from '../../platform/action-option.ts';

export default defineOperationApp({
	id: 'orchestre-sequence',
	name: 'Lancer ou arrêter une séquence',
	icon: 'schedule_send',
	description: 'Lance une séquence de relance pour des leads ou des contacts, ou arrête celles qui sont en cours.',
	...actionOption([
		{ value: 'start', text: 'Lancer une séquence' },
		{ value: 'stop', text: 'Arrêter la séquence' },
	]),
});
