import { defineHook } from '@directus/extensions-sdk';
import { noteConfigurations, useConnectorEnv } from './index.ts';

/** Wiring of outside services (docs/decisions/108, 115): each room registers its own when it is loaded. */
export default defineHook(({ init }, { env, database }) => {
	useConnectorEnv(env);
	init('app.after', () => noteConfigurations(database));
});
