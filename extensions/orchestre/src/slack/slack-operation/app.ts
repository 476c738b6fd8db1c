import { defineOperationApp } from '@directus/extensions-sdk';

type Options = { channel?: string; user?: string; text?: string };

export default defineOperationApp({
	id: 'orchestre-slack',
	name: 'Envoyer un message Slack',
	icon: 'tag',
	description: 'Écrit dans un canal Slack ou à une personne, par la file des travaux. Sans Slack configuré, le message est ignoré et l’étape le dit.',
	overview: ({ channel, user, text }: Options) => [
		{ label: 'À', text: channel || user || 'à choisir' },
		{ label: 'Message', text: text ?? '' },
	],
	options: [
		{
			field: 'channel',
			name: 'Canal',
			type: 'string',
			meta: { width: 'half', interface: 'input', note: 'Nom (#ventes) ou identifiant. Laissez vide pour écrire à une personne.', options: { iconLeft: 'tag' } },
		},
		{
			field: 'user',
			name: 'Personne',
			type: 'string',
			meta: {
				width: 'half',
				interface: 'input',
				note: 'Identifiant d’un utilisateur d’Orchestre, par exemple {{$trigger.payload.owner}}. Il est trouvé dans Slack par son e-mail.',
				options: { iconLeft: 'person' },
			},
		},
		{
			field: 'text',
			name: 'Message',
			type: 'text',
			meta: {
				width: 'full',
				required: true,
				interface: 'input-multiline',
				note: 'Texte simple ; un lien vers la fiche est ajouté quand le flux porte sur une seule fiche.',
			},
		},
	],
});
