import { defineHook } from '@directus/extensions-sdk';
import type { Request } from 'express';
import { choiceFaults } from '../../platform/choices.ts';
import { now } from '../../platform/clock.ts';
import { isSystem, type Accountability, type FilterContext } from '../../platform/directus.ts';
import { forLog, roomLogger } from '../../platform/log.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { notFound } from '../../platform/errors.ts';
import { addRoutes, asyncRoute, type Routes } from '../../platform/routes.ts';
import { plainLine } from '../../platform/text.ts';
import { guardInput, treatWritten } from '../../platform/written.ts';
import { readAgain } from './again.ts';
import { computedDocumentFields } from './fields.ts';
import { fileFaults } from './file-in-reach.ts';
import { takeIn, treatDocuments } from './intake.ts';
import { readHeldUp } from './own-company.ts';
import { openResumableUploads } from './resumable.ts';
import { removeOldCopies } from './store.ts';
import './jobs/index.ts';

/** POST /orchestre/documents/:id/read → { data: { queued } }: another reading. 403, 404, 409 when it is filed. */
const routes: Routes = (router, context) => {
	router.post(
		'/documents/:id/read',
		asyncRoute(async (request: Request, response) => {
			const { id } = request.params;
			if (!isUuid(id)) throw notFound('Ce document n’existe pas.');
			response.json({ data: await readAgain(context, (request as unknown as { accountability: Accountability | null }).accountability, [id]) });
		}),
	);
};

addRoutes('documents.filing', routes);

/** Wiring of the filing of documents: files that are uploaded become documents, documents become records (docs/decisions/123). */
export default defineHook(({ filter, action, init }, context) => {
	const logger = roomLogger(context.logger, 'documents');
	openResumableUploads(init, context);
	// What lies there since before a restart need not wait for the sweep.
	action('server.start', async () => {
		// Copies of a server that was killed lie on this machine: whoever claims the sweep may run on another.
		await removeOldCopies(now()).catch((error: unknown) => logger.error({ err: forLog(error) }, 'copies of a dead process could not be removed'));
		await enqueue(context.database, [{ kind: 'documents.sweep', key: `documents.sweep:start:${now().toISOString().slice(0, 16)}` }]).catch((error: unknown) => logger.error({ err: forLog(error) }, 'the sweep at the start could not be queued')); // prettier-ignore
	});
	guardInput(filter, 'documents', computedDocumentFields, async (payload, keys, filterContext: FilterContext) =>
		isSystem(filterContext.accountability)
			? {}
			: {
					...(typeof payload['title'] === 'string' && { values: { title: plainLine(payload['title']) } }),
					faults: [
						...(await choiceFaults('documents', ['type'], payload, filterContext)),
						...(await fileFaults(context.services, payload, keys, filterContext)),
					],
				},
	);
	treatWritten(filter, 'documents', treatDocuments);
	treatWritten(filter, 'company_profile', readHeldUp);
	// Of an upload Directus tells by this action alone, however it came; what a crash loses before it is found by the sweep.
	action('files.upload', async ({ key }) => {
		try {
			await takeIn(context, [String(key)]);
		} catch (error) {
			logger.error({ file: String(key), err: forLog(error) }, 'an uploaded file could not be taken in; the sweep will find it');
		}
	});
});
