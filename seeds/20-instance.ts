import type { SeedSource } from '../scripts/seed/format.ts';

/** The instance in French, with the product's name and colour. Settings that are not named here are the administrator's. */
const seed: SeedSource = {
	collection: 'directus_settings',
	rows: [
		{
			project_name: 'Orchestre',
			project_descriptor: 'Un CRM qui pense pour vous, pas contre vous',
			project_color: '#2F6FED',
			// Neither the browser's language nor DEFAULT_LANGUAGE changes the app's: only this does.
			default_language: 'fr-FR',
			default_appearance: 'auto',
			default_theme_light: null,
			default_theme_dark: null,
			// Length protects, composition only annoys: ten characters, where Directus asks for nothing.
			auth_password_policy: '/^.{10,}$/',
			auth_login_attempts: 10,
			public_registration: false,
			public_registration_verify_email: true,
			// What is not filed is seen by who uploaded it: see rights/directus.ts.
			storage_default_folder: null,
			storage_asset_transform: 'all',
			module_bar: [
				{ type: 'module', id: 'orchestre-day', enabled: true },
				{ type: 'module', id: 'content', enabled: true },
				{ type: 'module', id: 'insights', enabled: true },
				{ type: 'module', id: 'orchestre-forecast', enabled: true },
				{ type: 'module', id: 'orchestre-documents', enabled: true },
				{ type: 'module', id: 'visual', enabled: false },
				{ type: 'module', id: 'users', enabled: true },
				{ type: 'module', id: 'files', enabled: true },
				{ type: 'module', id: 'deployments', enabled: false },
				{ type: 'module', id: 'settings', enabled: true, locked: true },
			],
			mcp_enabled: false,
			collaborative_editing_enabled: false,
		},
	],
};

export default seed;
