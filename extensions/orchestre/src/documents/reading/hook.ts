import { defineHook } from '@directus/extensions-sdk';
import { roomLogger } from '../../platform/log.ts';
import { missingPackages } from './packages.ts';

/** Says at boot what reading lacks. The server goes on without: whoever drops a file is told the same on the document. */
export default defineHook(({ action }, { logger }) => {
	action('server.start', () => {
		const missing = missingPackages();
		if (missing) roomLogger(logger, 'documents').error(missing);
	});
});
